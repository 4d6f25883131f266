"""题库 and 自测 as the clerk works on them."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.study.making import DAY, LAST, answered, published, question, questions
from tests.web.forms import Fields, signed_in
from tests.web.tables import Hidden, cells, confirmed, table, upload
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.models import Question, SelfTest
from youju.study.questions.values import QUESTION_COLUMNS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    return standing_cast()


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
    client.post(made["Location"] + "publish/")
    answered(cast.people[0], test, [1, 1], day=TODAY)
    page = client.get(made["Location"]).content.decode()
    assert '<b class="big">1</b> 人答完，在册 9 人' in page and "还有 8 人没答完，其中 7 人没有账号" in page
    assert not any(person.name in page for person in cast.people)
    client.post(made["Location"] + "remind/")
    assert "今天已提醒 8 人" in client.get(made["Location"]).content.decode()
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
    assert "答完的不到五人，不显示" in signed_in(cast.clerk).get(url).content.decode()
    answered(cast.people[4], test, [1, 1, 1], day=DAY)
    page = signed_in(cast.committee).get(url).content.decode()
    assert page.count("半数以上答错") == 1 and "三成以上答错" not in page
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-30")
    assert "半数以上答错" not in signed_in(cast.clerk).get(url).content.decode()
