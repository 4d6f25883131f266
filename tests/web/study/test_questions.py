"""题库 and 自测 as the clerk works on them."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

import pytest

from tests import make
from tests.cast import Cast
from tests.study.making import DAY, LAST, answered, published, question, questions
from tests.web.days import TODAY
from tests.web.forms import Fields, signed_in
from tests.web.tables import Hidden, cells, confirmed, table, upload
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.curriculum.actions import add_topic, place_source
from youju.study.curriculum.values import TopicDraft
from youju.study.models import Question, SelfTest
from youju.study.questions.values import QUESTION_COLUMNS
from youju.study.selftests.actions import settle_over

pytestmark = pytest.mark.django_db


def test_a_question_is_written_beside_its_text(cast: Cast) -> None:
    text = enter_source(unit=cast.branch, draft=SourceDraft("支部工作条例"), by=None, at=make.START)
    client = signed_in(cast.clerk)
    there = f"/study/questions/new/?unit={cast.branch.pk}&source={text.number}"
    assert "出题" in client.get(f"/ledger/studies/{cast.branch.pk}/{text.number}/").content.decode()
    typed = Fields(client.get(there).content.decode()).data
    assert typed["source"] == [str(text.pk)] and typed["kind"] == ["single"]
    wrong = client.post(there, typed | {"stem": ["多久开一次？"], "choices": ["每月\n每季度"], "correct": ["C"]})
    assert wrong.status_code == 422 and Fields(wrong.content.decode()).data["choices"] == ["每月\n每季度"]
    done = client.post(there, typed | {"stem": ["多久开一次？"], "choices": ["每月\n每季度"], "correct": ["b"]})
    assert done.status_code == 302 and f"source={quote(text.number)}" in done["Location"]
    one = Question.objects.get()
    assert (one.choices, one.correct, one.source_id) == (["每月", "每季度"], [1], text.pk)
    twice = client.post(there, typed | {"stem": ["多久开一次？"], "choices": ["每月\n每年"], "correct": ["A"]})
    assert twice.status_code == 422 and "已经有这道题" in twice.content.decode()
    listed = client.get(f"/study/questions/?source={text.number}").content.decode()
    assert "多久开一次？" in listed and "没有符合条件" in client.get("/study/questions/?q=别的").content.decode()


def test_a_correction_that_came_second_is_told_so(cast: Cast) -> None:
    one = question(cast.branch)
    client, url = signed_in(cast.clerk), f"/study/questions/{cast.branch.pk}/{one.pk}/change/"
    typed = Fields(client.get(url).content.decode()).data
    assert typed["correct"] == ["B"]
    assert client.post(url, typed | {"correct": ["C"], "reason": ["写错"]}).status_code == 302
    second = client.post(url, typed | {"correct": ["A"]})
    assert second.status_code == 422 and "刚刚被别人改过" in second.content.decode()
    one.refresh_from_db()
    assert one.correct == [2]
    client.post(f"/study/questions/{cast.branch.pk}/{one.pk}/retire/")
    assert "已停用" in client.get(f"/study/questions/{cast.branch.pk}/{one.pk}/").content.decode()


def test_a_table_is_taken_over_and_its_faults_are_told(cast: Cast) -> None:
    client, url = signed_in(cast.clerk), f"/study/questions/import/?unit={cast.branch.pk}"
    sheet = table(
        ["题型", "题目", "A", "B", "C", "正确答案", "答案解析"], ["单选题", "一", "甲", "乙", "", "A", "因为"],
        ["", "二", "", "", "", "错误", ""], ["单选题", "三", "甲", "乙", "", "D", ""],
    )  # fmt: skip
    checked = client.post(url, upload(sheet)).content.decode()
    assert "答案不在选项里" in checked and not Question.objects.exists()
    assert "导入 <b>2</b> 行" in confirmed(client, url, Hidden(checked).data)
    assert set(Question.objects.values_list("stem", "kind")) == {("一", "single"), ("二", "judge")}
    head, *rows = cells(client.get(f"/study/questions/export.xlsx?unit={cast.branch.pk}").content)
    assert head == [column.zh for column in QUESTION_COLUMNS] and len(rows) == 2
    again = client.post(url, upload(client.get(f"/study/questions/export.xlsx?unit={cast.branch.pk}").content))
    assert "已有这道题" in again.content.decode() or "跳过" in again.content.decode()


def test_a_test_is_drawn_up_published_and_counted(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert "先有题，再自测" in client.get("/study/tests/").content.decode()
    asked = questions(cast.branch)
    url = f"/study/tests/new/?unit={cast.branch.pk}"
    typed = Fields(client.get(url).content.decode()).data
    assert typed["opens_on"] == ["2026-11-20"] and typed["title"] == ["11月学习自测"]
    assert client.post(url, typed | {"closes_on": ["2026-11-01"]}).status_code == 422
    made = client.post(url, typed | {"questions": [str(one.pk) for one in asked[:2]]})
    test = SelfTest.objects.get()
    assert made["Location"] == f"/study/tests/{cast.branch.pk}/{test.pk}/"
    assert "发布以后，党员才看得到" in client.get(made["Location"]).content.decode()
    assert "11月学习自测" not in signed_in(cast.member).get("/study/mine/").content.decode()
    SelfTest.objects.update(revision=2)  # a colleague has changed it since the page was read
    overtaken = client.post(made["Location"] + "publish/", {"revision": "1"}, follow=True)
    assert "请看一遍再发布" in overtaken.content.decode() and SelfTest.objects.get().published_at is None
    assert 'name="revision" value="2"' in overtaken.content.decode()
    client.post(made["Location"] + "publish/", {"revision": "2"})
    answered(cast.people[0], test, [1, 1], day=TODAY)
    page = client.get(made["Location"]).content.decode()
    assert (
        '<b class="big">1</b> 人答完，在册 9 人' in page and "其中 8 人没有账号" in page and "还有 8 人没答完" in page
    )
    assert not any(person.name in page for person in cast.people)
    client.post(made["Location"] + "remind/")
    assert "今天提醒过，那时还有 8 人没答完" in client.get(made["Location"]).content.decode()
    changed = Fields(client.get(made["Location"] + "change/").content.decode()).data
    assert "questions" not in changed and "opens_on" not in changed
    assert client.post(made["Location"] + "change/", changed | {"closes_on": ["2026-12-05"]}).status_code == 302
    test.refresh_from_db()
    assert test.closes_on == date(2026, 12, 5)
    client.post(made["Location"] + "drop/")
    assert client.get(made["Location"]).status_code == 404


def test_what_is_often_missed_shows_after_the_end_and_of_five(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    test = published(cast.branch, questions(cast.branch), last=LAST)
    url = f"/study/tests/{cast.branch.pk}/{test.pk}/"
    for person in cast.people[:4]:
        answered(person, test, [2, 1, 1], day=DAY)
    monkeypatch.setenv("YOUJU_TODAY", "2026-12-01")
    answered(cast.people[4], test, [1, 1, 1], day=DAY)
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-30")
    assert "半数以上答错" not in signed_in(cast.clerk).get(url).content.decode()
    monkeypatch.setenv("YOUJU_TODAY", "2026-12-01")
    early = signed_in(cast.committee).get(url).content.decode()
    assert "还没有统计" in early and "不到五份" not in early
    assert not SelfTest.objects.filter(settled_on__isnull=False).exists()  # who looks counts nothing
    settle_over(at=make.moment(date(2026, 12, 1)))
    page = signed_in(cast.committee).get(url).content.decode()
    assert page.count("半数以上答错") == 1 and "三成以上答错" not in page


def test_questions_for_a_test_are_found_and_what_is_ticked_stays(cast: Cast) -> None:
    """Narrowed by sending the form, so it works without a script; nothing is saved by it, and nothing ticked is lost."""
    text = enter_source(unit=cast.branch, draft=SourceDraft("支部工作条例"), by=None, at=make.START)
    tree = add_topic(unit=cast.branch, draft=TopicDraft("党内法规", ("条例",)), parent_id=None, by=None, at=make.START)
    under = add_topic(unit=cast.branch, draft=TopicDraft("组织法规"), parent_id=tree.pk, by=None, at=make.START)
    place_source(source=text, topic_ids=(under.pk,), seen=(), by=None, at=make.START)
    word = question(cast.branch, "问条例的", topic="条例")
    beside = question(cast.branch, "问材料的", source_id=text.pk)
    several = question(cast.branch, "问几项的", correct=(0, 2), topic="别的词")
    used = questions(cast.branch, 1)[0]
    published(cast.branch, [used])
    client, url = signed_in(cast.clerk), f"/study/tests/new/?unit={cast.branch.pk}"
    typed = Fields(client.get(url).content.decode()).data | {"title": ["十二月自测"], "questions": [str(several.pk)]}

    def offered(**asked: str) -> set[str]:
        answer = client.post(url, typed | {"narrow": ["1"]} | {key: [value] for key, value in asked.items()})
        body = answer.content.decode()
        assert answer.status_code == 200 and "已勾选 1 道" in body and "错误" not in body
        again = Fields(body).data
        assert again["title"] == ["十二月自测"] and again["questions"] == [str(several.pk)]
        every = {str(one.pk): one.stem for one in (word, beside, several, used)}
        return {
            every[pk]
            for pk in re.findall(r'name="questions"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="questions"', body)
            for pk in pk
            if pk
        }

    ticked = several.stem
    assert offered() == {word.stem, beside.stem, ticked, used.stem}
    assert offered(topic=str(tree.pk)) == {word.stem, beside.stem, ticked}  # by its word, and by what stands below it
    assert offered(topic=str(under.pk)) == offered(source=text.number) == {beside.stem, ticked}
    assert offered(topic="别的词") == {ticked} and offered(kind="multiple") == {ticked}
    assert offered(unused="1") == {word.stem, beside.stem, ticked} and offered(q="条例") == {word.stem, ticked}
    assert offered(topic="9" * 30, kind="x", unused="x", source="x") == {ticked}
    assert SelfTest.objects.count() == 1
    made = client.post(url, typed | {"topic": [str(tree.pk)], "questions": [str(several.pk), str(used.pk)]})
    test = SelfTest.objects.get(title="十二月自测")
    assert made.status_code == 302 and [row.question_id for row in test.asked.all()] == [several.pk, used.pk]
    foreign = question(cast.other, "别家的题")
    assert client.post(url, typed | {"questions": [str(foreign.pk)]}).status_code == 422


def test_questions_stand_beside_their_text_and_their_topic(cast: Cast) -> None:
    text = enter_source(unit=cast.branch, draft=SourceDraft("支部工作条例"), by=None, at=make.START)
    topic = add_topic(unit=cast.branch, draft=TopicDraft("组织法规"), parent_id=None, by=None, at=make.START)
    for number in range(6):
        question(cast.branch, f"问条例第{number}条", source_id=text.pk, topic="组织法规")
    client = signed_in(cast.clerk)
    there = (f"/ledger/studies/{cast.branch.pk}/{text.number}/", f"/study/curriculum/{cast.branch.pk}/{topic.pk}/")
    for url in there:
        body = client.get(url).content.decode()
        assert "问条例第5条" in body and "问条例第0条" not in body and "另有 1 道" in body
        assert "出题" in body and "出题</a>" not in signed_in(cast.committee).get(url).content.decode()
    new = re.search(r'href="(/study/questions/new/[^"]*topic=[^"]*)"', client.get(there[1]).content.decode())
    assert new and Fields(client.get(new[1].replace("&amp;", "&")).content.decode()).data["topic"] == ["组织法规"]
    assert "问条例第0条" in client.get(f"/study/questions/?topic={topic.pk}").content.decode()


def test_of_four_nothing_is_told_then_or_later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    test = published(cast.branch, questions(cast.branch), last=LAST)
    for person in cast.people[:4]:
        answered(person, test, [2, 1, 1], day=DAY)
    monkeypatch.setenv("YOUJU_TODAY", "2026-12-01")
    settle_over(at=make.moment(date(2026, 12, 1)))
    client, url = signed_in(cast.clerk), f"/study/tests/{cast.branch.pk}/{test.pk}/"
    assert "作答不到五份，不显示" in client.get(url).content.decode()
    answered(cast.people[4], test, [1, 1, 1], day=DAY)
    assert "作答不到五份，不显示" in client.get(url).content.decode()
    change = client.get(url + "change/").content.decode()
    typed = Fields(change).data | {"closes_on": ["2026-12-31"], "title": ["改了名"]}
    assert "要再测，请另出一次" in change and client.post(url + "change/", typed).status_code == 302
    test.refresh_from_db()
    assert (test.title, test.closes_on) == ("改了名", LAST)
