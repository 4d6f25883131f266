"""学时 on its pages: everybody in the order of the roster, the rows behind one line, each his own, and nobody else's."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.study.making import account_of
from tests.web.forms import signed_in
from youju.people.looks.models import Look
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.models import Member
from youju.people.roles.rules import Role
from youju.records.activities.actions import plan_session, record_activity
from youju.records.activities.values import ActivityDraft, PlanDraft, RosterEntry
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Of nine: the first has enough, the second was excused once, the others have six hours of three sessions."""
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    cast = standing_cast()
    for month in (3, 5, 9):
        make.activity(cast.branch, "group_study", date(2026, month, 6), title=f"{month}月学习", hours=2)
    alone = (RosterEntry(cast.people[0].pk),)
    for day in range(1, 5):
        make.activity(cast.branch, "training", date(2026, 4, day), title=f"培训{day}", hours=9, roster=alone)
    excused = make.everyone(cast.branch, ["party_meeting"], date(2026, 6, 1), exempt=[cast.people[1]])
    make.activity(cast.branch, "party_meeting", date(2026, 6, 1), roster=excused)
    return cast


def without_end(cast: Cast) -> None:
    day = date(2026, 10, 9)
    roster = make.everyone(cast.branch, ["seminar"], day)
    draft = ActivityDraft(("seminar",), "忘了写结束", make.moment(day), roster=roster)
    record_activity(unit=cast.branch, draft=draft, by=None, at=AT)


def page(cast: Cast, url: str = "/study/hours/", who: str = "clerk") -> str:
    return signed_in(getattr(cast, who)).get(url).content.decode()


def his(cast: Cast, person: Member) -> str:
    return f"/study/hours/{cast.branch.pk}/{person.pk}/"


def record(cast: Cast, number: str) -> str:
    return reverse("ledger:record", args=[cast.branch.pk, number])


def test_everybody_stands_in_the_order_of_the_roster(cast: Cast) -> None:
    text = page(cast)
    places = [text.index(f">{person.name}</a>") for person in cast.people]
    assert places == sorted(places)  # the first has most, the last as little as the others
    assert "9 人中" not in text and "8 人中 7 人还差" in text and "还差26学时" in text and "免于要求" in text
    assert "8人中7人不足，共差182学时；另1人免于要求" in text  # the words of the due itself
    assert text.count("还差26学时") == 7
    short = page(cast, "/study/hours/?short=1")
    assert f">{cast.people[0].name}</a>" not in short and short.count("还差26学时") == 7
    assert cast.people[1].name not in short


def test_the_rows_behind_a_line(cast: Cast) -> None:
    text = page(cast, his(cast, cast.people[0]))
    assert "<b>38</b> / 32" in text and text.count("一天最多计8学时") >= 4  # four days of nine hours
    assert text.index("3月学习") < text.index("培训1") < text.index("9月学习")
    assert "15:00—17:00" in text and record(cast, "2026-培训-01") in text
    assert "培训1" not in page(cast, his(cast, cast.people[2]))
    assert signed_in(cast.clerk).get(his(cast, cast.people[0]) + "?year=2024").status_code == 200
    stranger = make.member(cast.other)
    assert signed_in(cast.clerk).get(his(cast, stranger)).status_code == 404
    assert signed_in(cast.other_clerk).get(his(cast, cast.people[0])).status_code == 404


def test_what_does_not_count_is_listed_to_be_mended(cast: Cast) -> None:
    assert "没有计入的" not in page(cast)
    without_end(cast)
    text = page(cast)
    assert "没有计入的" in text and f'<a href="{record(cast, "2026-研讨-01")}">忘了写结束</a>' in text
    assert "不计（没有结束时间）" in page(cast, his(cast, cast.people[2])) and "还差26学时" in text


def test_what_would_close_the_gap(cast: Cast) -> None:
    one = his(cast, cast.people[2])
    assert "按今年每次约2学时" not in page(cast, one).replace("按今年每次约8学时", "")
    for month in (7, 8):
        make.activity(cast.branch, "theme_day", date(2026, month, 6), hours=2)
    assert "按今年每次约2学时，还要11次" in page(cast, one)  # 22 are left; of nine sessions five had two hours
    assert "还没有排下计学时的活动" in page(cast)
    for kind, title, day in (
        ("group_study", "十二月学习", date(2026, 12, 8)), ("committee_meeting", "十二月支委会", date(2026, 12, 9)),
        ("group_study", "明年的学习", date(2027, 1, 8)),
    ):  # fmt: skip
        plan_session(unit=cast.branch, draft=PlanDraft((kind,), title, make.moment(day)), by=None, at=AT)
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    for month, title in ((10, "过去的单元"), (12, "要学的单元")):
        draft = UnitDraft(title, date(2026, month, 1), date(2026, month, 28), "seminar", topic.pk)
        add_unit(unit=cast.branch, draft=draft, by=None, at=AT)
    for text in (page(cast), page(cast, one)):
        assert "十二月学习" in text and "12月8日" in text and "要学的单元" in text and "12月28日前　专题研讨" in text
        assert "十二月支委会" not in text and "明年的学习" not in text and "过去的单元" not in text
    assert "十二月学习" not in page(cast, his(cast, cast.people[0]))  # he has enough


def test_who_moved_on_is_told_as_such(cast: Cast) -> None:
    mover = cast.people[5]
    change_membership(member=mover, unit=cast.other, standing=Standing.FORMAL, since=date(2026, 7, 1), by=None, at=AT)
    assert "已转到别的支部" in page(cast)
    other = signed_in(cast.other_clerk).get(f"/study/hours/{cast.other.pk}/{mover.pk}/").content.decode()
    assert "<b>6</b> / 32" in other and "3月学习" in other and f"/ledger/{cast.branch.pk}/" not in other
    newcomer = make.member(cast.branch, since=date(2026, 7, 1))
    assert "按在册天数折算，全年32" in page(cast, his(cast, newcomer))


def test_it_goes_along_as_excel_and_both_are_noted(cast: Cast) -> None:
    without_end(cast)
    answer = signed_in(cast.clerk).get("/study/hours/export.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book["学时"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [person.name for person in cast.people]
    assert rows[0][1:5] == (32, 38, None, "够了") and rows[1][4] == "免于要求" and rows[2][1:4] == (32, 6, 26)
    assert [row[2] for row in book["没有计入的活动"].iter_rows(min_row=2, values_only=True)] == ["忘了写结束"]
    assert Look.objects.filter(place="hours").count() == len(cast.people)
    page(cast, his(cast, cast.people[3]), "secretary")
    assert Look.objects.get(viewer=cast.secretary).member == cast.people[3]


def test_a_year_without_a_branch_says_so(cast: Cast) -> None:
    clerk = make.user("工委党务员", unit=cast.above, role=Role.CLERK)
    text = signed_in(clerk).get(f"/study/hours/?unit={cast.above.pk}").content.decode()
    assert "学时按党支部算" in text
    assert signed_in(clerk).get(f"/study/hours/export.xlsx?unit={cast.above.pk}").status_code == 200


# -- each his own ------------------------------------------------------------------------------------------------------


def test_each_reads_his_own_and_nobody_elses(cast: Cast) -> None:
    last = cast.people[-1]
    text = page(cast, "/study/mine/hours/", "member")
    assert "<b>6</b> / 32" in text and "3月学习" in text and "还差26学时" in text
    assert all(person.name not in text for person in cast.people[:-1]) and "/ledger/" not in text
    assert "2026年" in text and "还没有计学时的活动" in page(cast, "/study/mine/hours/?year=2024", "member")
    assert not Look.objects.filter(member=last).exists()  # of himself nothing is noted
    assert signed_in(cast.member).get(his(cast, last)).status_code == 403


def test_of_sessions_to_come_he_hears_where_he_is_expected(cast: Cast) -> None:
    for kind, title in (("group_study", "大家的学习"), ("training", "另外的培训")):
        plan_session(
            unit=cast.branch, draft=PlanDraft((kind,), title, make.moment(TODAY + timedelta(days=8))), by=None, at=AT
        )
    assert "大家的学习" in page(cast, "/study/mine/hours/", "member")


def test_who_is_in_no_branch_has_no_hours(cast: Cast) -> None:
    assert signed_in(cast.stranger).get("/study/mine/hours/").status_code == 404
    person = make.member(cast.other, since=date(2020, 1, 1))
    account = account_of(person, cast.other)
    make.leave(person, on=date(2025, 3, 1))
    assert "2026年没有您的学时" in signed_in(account).get("/study/mine/hours/").content.decode()


def test_a_plain_member_who_opens_study_is_led_to_his_own(cast: Cast) -> None:
    client = signed_in(cast.member)
    assert client.get("/study/")["Location"] == "/study/mine/"
    assert client.get(f"/study/?unit={cast.branch.pk}").status_code == 403
    assert signed_in(cast.stranger).get("/study/").status_code == 403
    assert signed_in(cast.clerk).get("/study/").status_code == 200


def test_his_own_page_tells_what_his_branch_will_study(cast: Cast) -> None:
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    for month, leader in ((10, None), (11, cast.people[-1].pk), (12, cast.people[0].pk)):
        draft = UnitDraft(
            f"{month}月单元", date(2026, month, 1), date(2026, month, 28), "seminar", topic.pk, (), leader
        )
        add_unit(unit=cast.branch, draft=draft, by=None, at=AT)
    text = page(cast, "/study/mine/", "member")
    assert "10月单元" not in text and "11月单元" in text and "12月单元" in text
    assert text.count("由您领学") == 1 and cast.people[0].name not in text and "/study/mine/hours/" in text
    mine = page(cast, "/me/", "member")
    assert "领学的单元" in mine and "11月单元" in mine and "12月单元" not in mine and "/study/mine/hours/" in mine
    away = account_of(make.member(cast.other), cast.other)
    assert "11月单元" not in signed_in(away).get("/study/mine/").content.decode()
