"""From 我的 a member says what is wrong; the clerk is told at home, answers, and the member reads it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.duties.workdays.queries import workdays
from youju.people.corrections.actions import ask
from youju.people.models import Correction

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 11, 5), date(2026, 11, 20)
NEW, LIST = reverse("me:correct"), reverse("people:corrections")


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    return standing_cast(groups=2)


@pytest.fixture
def session(cast):
    roster = make.everyone(cast.branch, ["party_meeting"], DAY, absent=[cast.people[-1]])
    return make.activity(cast.branch, "party_meeting", DAY, title="第四季度大会", roster=roster)


def text(answer):
    return answer.content.decode()


def waiting(cast, days):
    at = make.moment(TODAY - timedelta(days=days))
    return ask(member=cast.people[-1], unit=cast.branch, record="", text="姓名写错了", by=cast.member, at=at)


def test_asked_answered_and_read(cast, session):
    mine, clerk = signed_in(cast.member), signed_in(cast.clerk)
    assert NEW in text(mine.get("/me/"))
    assert "第四季度大会" in text(mine.get(NEW))
    key = f"{cast.branch.pk}/{session.number}"
    answer = mine.post(NEW, {"about": key, "text": "那天我到会了"})
    assert answer["Location"] == "/me/"
    page = text(mine.get("/me/"))
    assert "那天我到会了" in page and "待答复" in page

    assert "1 条更正请求" in text(clerk.get("/"))
    assert "更正请求 1" in text(clerk.get("/people/"))
    row = Correction.objects.get()
    url = reverse("people:correction", args=[row.pk])
    assert url in text(clerk.get(LIST))
    assert reverse("ledger:record", args=[cast.branch.pk, session.number]) in text(clerk.get(url))
    answer = clerk.post(url, {"outcome": "kept", "answer": "签到表上没有您的名字"})
    assert answer["Location"] == LIST
    assert "条更正请求" not in text(clerk.get("/"))
    page = text(mine.get("/me/"))
    assert "不改" in page and "签到表上没有您的名字" in page
    assert "签到表上没有您的名字" in text(mine.get("/me/export.json"))


def test_about_himself_goes_to_his_own_branch(cast):
    signed_in(cast.member).post(NEW, {"about": "", "text": "转正日期不对"})
    row = Correction.objects.get()
    assert (row.unit, row.record, row.member) == (cast.branch, "", cast.people[-1])


def test_faults_stand_beside_their_fields_and_nothing_is_lost(cast, session):
    mine = signed_in(cast.member)
    answer = mine.post(NEW, {"about": "", "text": ""})
    assert answer.status_code == 422 and "请写哪里不对。" in text(answer)
    answer = mine.post(NEW, {"about": "", "text": "长" * 301})
    assert answer.status_code == 422 and "长" * 301 in text(answer)
    mine.post(NEW, {"about": "", "text": "转正日期不对"})
    answer = mine.post(NEW, {"about": "", "text": "转正日期不对"})
    assert answer.status_code == 422 and "已经提过" in text(answer)
    assert Correction.objects.count() == 1


def test_only_records_that_name_him_can_be_meant(cast):
    other = make.activity(cast.other, "party_meeting", DAY, title="别支部的会")
    mine = signed_in(cast.member)
    assert "别支部的会" not in text(mine.get(NEW))
    answer = mine.post(NEW, {"about": f"{cast.other.pk}/{other.number}", "text": "我不在"})
    assert answer.status_code == 422 and not Correction.objects.exists()


def test_an_account_without_a_member_has_nothing_to_correct(cast):
    for who in (cast.clerk, cast.stranger, cast.superior):
        assert signed_in(who).get(NEW).status_code == 404
        assert signed_in(who).post(NEW, {"text": "不对"}).status_code == 404


def test_what_waits_too_long_is_shown_plainly(cast):
    waiting(cast, 21)
    clerk, mine = signed_in(cast.clerk), signed_in(cast.member)
    assert "已超过" not in text(clerk.get(LIST)) and "还没有答复" not in text(mine.get("/me/"))
    Correction.objects.update(asked_at=make.moment(TODAY - timedelta(days=22)))
    assert "其中 1 条已超过 15 个工作日" in text(clerk.get(LIST)) and "已等 16 个工作日" in text(clerk.get(LIST))
    assert "已等了 16 个工作日，还没有答复" in text(mine.get("/me/"))


def test_a_holiday_is_no_working_day(cast, monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", "2026-10-16")
    ask(member=cast.people[-1], unit=cast.branch, record="", text="不对", by=None, at=make.moment(date(2026, 9, 21)))
    days = [date(2026, 9, 21) + timedelta(days=n) for n in range(1, 26)]
    worked = sum(not workdays().off(day) for day in days)
    assert worked < sum(day.weekday() < 5 for day in days)
    page = text(signed_in(cast.clerk).get(reverse("people:correction", args=[Correction.objects.get().pk])))
    assert f"已等 {worked} 个工作日" in page


def test_it_is_answered_once_and_with_a_sentence(cast):
    row = waiting(cast, 1)
    url = reverse("people:correction", args=[row.pk])
    clerk = signed_in(cast.clerk)
    answer = clerk.post(url, {"outcome": "", "answer": ""})
    assert answer.status_code == 422 and "请选已改还是不改。" in text(answer) and "请写答复。" in text(answer)
    clerk.post(url, {"outcome": "changed", "answer": "已改"})
    answer = signed_in(cast.secretary).post(url, {"outcome": "kept", "answer": "不改"})
    assert answer.status_code == 422 and "已经答复过了：已改" in text(answer)
    assert Correction.objects.get().answer == "已改"


def test_the_committee_and_the_superior_are_not_told(cast):
    waiting(cast, 1)
    assert "条更正请求" not in text(signed_in(cast.committee).get("/"))
    assert "更正请求" not in text(signed_in(cast.committee).get("/people/"))
    for who in (cast.superior, cast.other_clerk, cast.member):
        url = reverse("people:correction", args=[Correction.objects.get().pk])
        assert signed_in(who).get(url).status_code in (403, 404)
