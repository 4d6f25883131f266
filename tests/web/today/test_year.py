"""年历: who may look, what stands on its days, filters in the address, and few queries however full the year is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from tests.web.today.test_home import busy, text
from youju.duties.notices.actions import send_notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.workdays.actions import set_day
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def month_of(response, number: int):
    return response.context["page"].months[number - 1]


def test_who_may_look():
    cast = standing_cast()
    where = f"/today/year/?unit={cast.branch.pk}"
    wanted = dict.fromkeys(("clerk", "secretary", "committee"), 200) | dict.fromkeys(("member", "superior"), 403)
    wanted |= dict.fromkeys(("other_clerk", "stranger", "admin"), 404)
    for who, status in wanted.items():
        assert signed_in(getattr(cast, who)).get(where).status_code == status, who
        assert signed_in(getattr(cast, who)).post(where).status_code == 405
    assert Client().get(where).status_code == 302
    above = make.user("工委党务员", unit=make.unit(name="另一工委", kind=UnitKind.COMMITTEE), role=Role.CLERK)
    assert "不是党支部" in text(signed_in(above).get("/today/year/"))


def test_sessions_plans_and_last_days_stand_on_their_days():
    cast = busy()
    send_notice(
        sender=cast.above, draft=NoticeDraft("报送总结", "", date(2026, 12, 10)), by=None, at=make.moment(ON, 8)
    )
    response = signed_in(cast.clerk).get("/today/year/")
    november, december = month_of(response, 11), month_of(response, 12)
    assert any(entry.day == date(2026, 11, 6) and entry.title.startswith("支委会") for entry in november.held)
    plan = next(entry for entry in november.ahead if entry.mark == "plan" and entry.time)
    assert (plan.day, plan.time) == (date(2026, 11, 25), "15:00") and "随手查" in plan.title
    assert ("报送总结", date(2026, 12, 10)) in [(entry.title, entry.day) for entry in december.ahead]
    late = [entry for number in range(1, 13) for entry in month_of(response, number).ahead if entry.mark == "late"]
    assert {entry.label for entry in late} == {"逾期"} and any("第三季度党课" in entry.title for entry in late)
    (today,) = [square for week in november.weeks for square in week if square.today]
    assert today.day == ON and november.now and not december.now


def test_what_may_be_held_until_march_stands_in_the_calendar_of_that_march(monkeypatch):
    cast = busy()
    page = signed_in(cast.clerk).get("/today/year/?year=2027")
    march = {(entry.title, entry.day) for entry in month_of(page, 3).ahead}
    assert ("民主评议党员", date(2027, 3, 31)) in march
    monkeypatch.setenv("YOUJU_TODAY", "2027-04-02")
    late = {(entry.title, entry.label) for entry in month_of(signed_in(cast.clerk).get("/today/year/"), 3).ahead}
    assert ("2026年民主评议党员", "逾期") in late
    only = signed_in(cast.clerk).get("/today/year/?year=2027&matter=rule/theme_day")
    assert not any("民主评议" in entry.title for entry in month_of(only, 3).ahead)


def test_holidays_and_what_the_site_says_of_a_day():
    cast = standing_cast()
    set_day(day=date(2026, 11, 12), off=True, name="县庆", basis="县政府通知", by=None, at=make.moment(ON))
    response = signed_in(cast.clerk).get("/today/year/")
    assert ("国庆节", "1—7日") in month_of(response, 10).holidays and ("调休上班", "10日") in month_of(
        response, 10
    ).holidays
    assert month_of(response, 11).holidays == (("县庆", "12日"),)
    assert "只按周末算" not in text(response)
    assert "只按周末算" in text(signed_in(cast.clerk).get("/today/year/?year=2027"))


def test_filters_live_in_the_address():
    cast = busy()
    client = signed_in(cast.clerk)
    response = client.get("/today/year/?year=2026&matter=rule/theme_day")
    page = response.context["page"]
    assert [line.key for line in page.strip.lines] == ["rule/theme_day"] and page.matter.label == "主题党日"
    assert all("主题党日" in entry.title for month in page.months for entry in (*month.held, *month.ahead))
    assert client.get("/today/year/?year=2025").context["page"].year == 2025
    for wrong in ("year=abc", "year=9999", "year=1", "matter=nothing"):
        page = client.get(f"/today/year/?{wrong}").context["page"]
        assert page.year == 2026 and page.matter is None


def test_every_month_has_whole_weeks():
    response = signed_in(standing_cast().clerk).get("/today/year/?year=2026")
    for month in response.context["page"].months:
        assert all(len(week) == 7 for week in month.weeks)
        days = [square.day for week in month.weeks for square in week if square.day]
        assert days[0].day == 1 and len(days) == days[-1].day
        assert all(square.day.weekday() == at for week in month.weeks for at, square in enumerate(week) if square.day)


def test_a_fuller_year_asks_no_more(django_assert_max_num_queries):
    cast = busy()
    client = signed_in(cast.clerk)
    client.get("/today/year/")
    with django_assert_max_num_queries(40):
        client.get("/today/year/")
