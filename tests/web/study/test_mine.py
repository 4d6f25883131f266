"""我的自测和温故: one question a screen, explained at once, taken up where one left off, harmless when sent twice."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast
from tests.study.making import DAY, LAST, answered, published, question, questions
from tests.web.days import TODAY
from tests.web.forms import signed_in
from youju.people.members.actions import forget
from youju.study.actions import forget as forget_answers
from youju.study.models import Picked, Recall, SelfTest, Sitting
from youju.study.questions.actions import correct_question, retire_question, write_question
from youju.study.questions.values import QuestionDraft
from youju.study.selftests.actions import change_test, draw_up_test, drop_test, remind
from youju.study.selftests.values import TestDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cast: Cast) -> SelfTest:
    judge = QuestionDraft("judge", "预备党员有表决权。", (), (1,), "预备党员没有表决权、选举权和被选举权。")
    asked = [
        question(cast.branch), question(cast.branch, "哪几项？", correct=(0, 2)),
        write_question(unit=cast.branch, draft=judge, by=None, at=make.moment(DAY)),
    ]  # fmt: skip
    return published(cast.branch, asked)


def test_from_the_first_question_to_the_last(cast: Cast, running: SelfTest) -> None:
    client = signed_in(cast.member)
    sheet, first, second, third = (f"/study/mine/{running.pk}/{end}" for end in ("", "1/", "2/", "3/"))
    assert f'href="{sheet}"' in client.get("/me/").content.decode()
    assert f'href="{first}">开始答' in client.get(sheet).content.decode()
    page = client.get(first).content.decode()
    assert "第 1 题" in page and 'type="radio"' in page and "的解析" not in page and "data-once" not in page
    assert client.post(first, {"pick": "2"})["Location"] == first
    page = client.get(first).content.decode()
    assert "答案是 B" in page and "党员大会多久召开一次？的解析。" in page and f'href="{second}">下一题' in page
    assert 'type="checkbox"' in client.get(second).content.decode()
    client.post(second, {"pick": ["0", "2"]})
    assert "答对了" in client.get(second).content.decode()
    assert f'href="{third}">接着答' in client.get(sheet).content.decode()  # gone away and come back
    page = client.get(third).content.decode()
    assert "正确" in page and "<b>A</b>" not in page
    client.post(third, {"pick": "0"})
    page = client.get(third).content.decode()
    assert "答案是 错误" in page and "看看答得怎么样" in page
    assert "<b>1</b> / 3 题答对" in client.get(sheet).content.decode()
    assert "等您答" not in client.get("/me/").content.decode()


def test_two_taps_and_a_resend_are_one_answer(cast: Cast, running: SelfTest) -> None:
    client, url = signed_in(cast.member), f"/study/mine/{running.pk}/1/"
    for pick in ("1", "0", "1", ""):
        assert client.post(url, {"pick": pick}).status_code == 302
    assert Picked.objects.get().picks == [1]


def test_what_was_not_picked_is_said_and_nothing_is_lost(cast: Cast, running: SelfTest) -> None:
    client, url = signed_in(cast.member), f"/study/mine/{running.pk}/1/"
    for data in ({}, {"pick": "7"}, {"pick": "x"}, {"pick": ["0", "1"]}):
        answer = client.post(url, data)
        assert answer.status_code == 422 and "还没有记下" in answer.content.decode()
        assert 'type="radio"' in answer.content.decode()
    assert not Sitting.objects.exists()
    for wrong in ("0/", "4/", "99/"):
        assert client.get(f"/study/mine/{running.pk}/{wrong}").status_code == 404


def test_after_the_end_there_is_nothing_to_answer(
    cast: Cast, running: SelfTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast.people[-1], running, [1])
    monkeypatch.setenv("YOUJU_TODAY", "2026-12-01")
    client = signed_in(cast.member)
    assert "已经截止" in client.get(f"/study/mine/{running.pk}/").content.decode()
    assert client.get(f"/study/mine/{running.pk}/2/")["Location"] == f"/study/mine/{running.pk}/"
    late = client.post(f"/study/mine/{running.pk}/2/", {"pick": "0"})
    assert late.status_code == 422 and "已经截止" in late.content.decode()
    assert "的解析" in client.get(f"/study/mine/{running.pk}/1/").content.decode()


def test_a_test_taken_off_while_he_is_at_it_leads_back_with_a_sentence(cast: Cast, running: SelfTest) -> None:
    client, sheet = signed_in(cast.member), f"/study/mine/{running.pk}/"
    client.post(f"{sheet}1/", {"pick": "1"})
    drop_test(test=running, by=cast.clerk, at=make.moment(TODAY))
    for ask, url in ((client.post, f"{sheet}2/"), (client.get, f"{sheet}2/"), (client.get, sheet)):
        sent = ask(url, {"pick": "0"})
        assert sent.status_code == 302 and sent["Location"] == "/study/mine/"
        assert "这次自测已经撤下，不用再答" in client.get(sent["Location"]).content.decode()
    assert Picked.objects.get().picks == [1] and Recall.objects.count() == 1  # what he answered stays his
    assert signed_in(cast.clerk).get(sheet).status_code == 404
    draft = draw_up_test(unit=cast.branch, draft=TestDraft("没发布", DAY, LAST), by=None, at=make.moment(DAY))
    drop_test(test=draft, by=None, at=make.moment(DAY))
    assert client.get(f"/study/mine/{draft.pk}/").status_code == 404  # which he never saw


def test_two_windows_keep_what_came_first_and_show_it(cast: Cast, running: SelfTest) -> None:
    """The second window, opened before, sends another answer: it is shown what stands."""
    one, other, url = signed_in(cast.member), signed_in(cast.member), f"/study/mine/{running.pk}/1/"
    assert 'type="radio"' in one.get(url).content.decode() and 'type="radio"' in other.get(url).content.decode()
    assert one.post(url, {"pick": "1"}).status_code == other.post(url, {"pick": "2"}).status_code == 302
    assert "答对了" in other.get(url).content.decode() and Picked.objects.get().picks == [1]


def test_what_the_unit_changes_meanwhile_takes_nothing_from_him(cast: Cast, running: SelfTest) -> None:
    """A question retired and one corrected while he answers; a name and a last day changed."""
    client, sheet = signed_in(cast.member), f"/study/mine/{running.pk}/"
    first, second, _ = (row.question for row in running.asked.order_by("position"))
    retire_question(question=second, by=None, at=make.moment(TODAY))
    client.post(f"{sheet}1/", {"pick": "2"})
    assert client.post(f"{sheet}2/", {"pick": ["0", "2"]})["Location"] == f"{sheet}2/"
    assert "答对了" in client.get(f"{sheet}2/").content.decode()
    better = QuestionDraft(first.kind, first.stem, tuple(first.choices), (2,), "更正过的解析")
    correct_question(question=first, draft=better, revision=first.revision, by=None, at=make.moment(TODAY))
    later = TestDraft("改了名", DAY, TODAY)
    change_test(test=running, draft=later, revision=running.revision, by=None, at=make.moment(TODAY))
    page = client.get(f"{sheet}1/").content.decode()
    assert "答对了" in page and "更正过的解析" in page and "改了名" in page
    client.post(f"{sheet}3/", {"pick": "1"})
    assert "<b>3</b> / 3 题答对" in client.get(sheet).content.decode()


def test_who_is_forgotten_in_the_middle_has_nothing_left_to_answer(cast: Cast, running: SelfTest) -> None:
    client, url = signed_in(cast.member), f"/study/mine/{running.pk}/1/"
    client.post(url, {"pick": "1"})
    person = cast.people[-1]
    forget_answers(member=person, by=None, at=make.moment(TODAY))
    forget(member=person, by=None, at=make.moment(TODAY))
    assert client.post(url, {"pick": "2"}).status_code in (302, 404)
    assert client.get(url).status_code in (302, 404) and not Picked.objects.exists() and not Sitting.objects.exists()


def test_nothing_of_an_answer_stands_in_an_address_or_is_kept_by_a_browser(cast: Cast, running: SelfTest) -> None:
    client = signed_in(cast.member)
    sent = client.post(f"/study/mine/{running.pk}/1/", {"pick": "2"})
    shown = client.get(sent["Location"])
    assert "?" not in sent["Location"] and "no-store" in shown["Cache-Control"] and "messages" not in shown.cookies


def test_a_reminder_shows_on_the_first_page_of_who_has_not_finished(cast: Cast, running: SelfTest) -> None:
    remind(test=running, by=cast.clerk, at=make.moment(TODAY))
    assert "支部提醒：十一月自测等您答" in signed_in(cast.member).get("/me/").content.decode()
    make.link_account(member=cast.people[0], user=cast.clerk, by=None, at=make.START)
    assert "支部提醒：十一月自测等您答" in signed_in(cast.clerk).get("/").content.decode()
    client = signed_in(cast.member)
    for position, pick in ((1, ["1"]), (2, ["0", "2"]), (3, ["1"])):
        client.post(f"/study/mine/{running.pk}/{position}/", {"pick": pick})
    assert "支部提醒" not in client.get("/me/").content.decode()
    assert "等您答" not in signed_in(cast.secretary).get("/").content.decode()


def test_what_was_answered_comes_back_when_it_is_due(cast: Cast, running: SelfTest) -> None:
    client = signed_in(cast.member)
    assert "温一温" not in client.get("/study/mine/").content.decode()
    answered(cast.people[-1], running, [2, 0])
    first, second = Recall.objects.order_by("due_on", "pk")
    assert client.get("/study/mine/again/")["Location"] == f"/study/mine/again/{first.question_id}/"
    url = f"/study/mine/again/{first.question_id}/"
    assert "的解析" not in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422
    client.post(url, {"pick": "1"})
    client.post(url, {"pick": "0"})
    page = client.get(url).content.decode()
    assert "答对了" in page and "再问一次" in page
    client.post(f"/study/mine/again/{second.question_id}/", {"pick": ["0", "2"]})
    assert client.get("/study/mine/again/")["Location"] == "/study/mine/"
    assert "下一次：" in client.get("/study/mine/").content.decode()
    other = Recall.objects.exclude(member=cast.people[-1]).first()
    assert other is None and client.get("/study/mine/again/999999/").status_code == 404


def test_one_may_erase_ones_answers(cast: Cast, running: SelfTest) -> None:
    for person in cast.people[-2:]:
        answered(person, running, [1, 0, 1])
    client = signed_in(cast.member)
    assert "清除我的作答" in client.get("/study/mine/").content.decode()
    assert client.post("/study/mine/erase/")["Location"] == "/study/mine/"
    assert set(Picked.objects.values_list("sitting__member_id", flat=True)) == {cast.people[-2].pk}
    page = client.get(f"/study/mine/{running.pk}/").content.decode()
    assert "题答对" not in page


def test_a_member_who_has_left_keeps_what_he_answered(cast: Cast, running: SelfTest) -> None:
    answered(cast.people[-1], running, [1])
    make.leave(cast.people[-1], on=date(2026, 11, 10))
    fresh = published(cast.branch, questions(cast.branch, 1), title="走后才发的", last=LAST)
    page = signed_in(cast.member).get("/study/mine/").content.decode()
    assert "十一月自测" in page and "走后才发的" not in page
    assert signed_in(cast.member).get(f"/study/mine/{fresh.pk}/").status_code == 404
