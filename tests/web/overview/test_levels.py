"""总览 of several levels: numbers of what is below, further down with the same filters, and who is behind longest."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import make
from tests.cast import standing_cast
from tests.web.today.test_home import client, text
from youju.duties.models import ScoreTotal, UnitScore
from youju.duties.scores.actions import follow
from youju.people.units.actions import move_unit
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
ON = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def three_levels():
    """工委 over 青禾, 柳溪 and 教育局党委 with two branches, of which 中心学校 has been late since February."""
    cast = standing_cast()
    office = make.unit(name="教育局党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    school, college = (make.unit(name=name, parent=office) for name in ("中心学校党支部", "职业学校党支部"))
    for unit in (school, college):
        make.members(unit, 3)
    for month in (1, 2, 3, 4):
        for unit in (cast.branch, cast.other, college):
            kinds = ("theme_day", "committee_meeting") if unit == cast.branch else "theme_day"
            make.activity(unit, kinds, date(2026, month, 6))
    make.activity(school, "theme_day", date(2026, 1, 6))
    return cast, office, school, college


def page_of(cast, query=""):
    return client(cast.superior).get(f"/overview/{query}").context["page"]


def test_what_is_below_is_told_in_numbers_and_leads_further_down():
    cast, office, school, college = three_levels()
    page = page_of(cast, "?month=0&matter=theme_day")
    (group,) = page.groups
    assert (group.unit, group.branches, group.late) == (office, 2, 1)
    assert [(one.done, one.due, one.late) for one in group.sums] == [(5, 8, 2)]
    assert {line.unit for line in page.lines} == {cast.branch, cast.other} and page.branches == 4
    below = client(cast.superior).get(group.url)
    assert [line.unit for line in below.context["page"].lines] == [school, college]
    assert below.context["page"].filters.matter == "theme_day" and "青禾县直机关工委</a>" in below.content.decode()


def test_only_those_behind():
    cast, office, school, _ = three_levels()
    page = page_of(cast, "?month=0&matter=theme_day&late=1")
    assert [group.unit for group in page.groups] == [office] and page.lines == ()
    page = page_of(cast, f"?unit={office.pk}&month=0&matter=theme_day&late=1")
    assert [line.unit for line in page.lines] == [school]
    page = page_of(cast, f"?unit={office.pk}&month=1&matter=theme_day&late=1")
    assert page.lines == ()
    assert "没有符合条件的组织" in text(
        client(cast.superior).get(f"/overview/?unit={office.pk}&month=1&matter=theme_day&late=1")
    )


def test_filters_are_chips_that_can_be_taken_off():
    cast, *_ = three_levels()
    body = client(cast.superior).get("/overview/?month=0&matter=theme_day&late=1").content.decode()
    assert body.count('class="chip"') == 2 and 'href="?month=0&amp;late=1"' in body


def test_who_is_behind_longest_comes_first():
    cast, _office, school, _ = three_levels()
    worst = page_of(cast).worst
    assert worst[0].unit == school and worst[0].since == date(2026, 2, 28) and worst[0].days == 51
    assert "主题党日缺2次" in worst[0].what
    assert "中心学校党支部" in text(client(cast.superior).get("/overview/"))


def test_pages_of_fifty(monkeypatch):
    cast, office, *_ = three_levels()
    monkeypatch.setattr("youju.web.overview.pages.PAGE", 1)
    assert [group.unit for group in page_of(cast).groups] == [office]
    assert page_of(cast, "?page=2").lines[0].unit == cast.branch
    assert page_of(cast, "?page=99").lines[0].unit == cast.other


def test_the_file_holds_the_whole_listing(monkeypatch):
    cast, *_ = three_levels()
    monkeypatch.setattr("youju.web.overview.pages.PAGE", 1)
    response = client(cast.superior).get("/overview/export.xlsx?month=0")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["下级组织", "党支部", "落后最久"]
    assert [len(list(sheet.iter_rows())) for sheet in book][:2] == [2, 3]


def test_a_get_stores_nothing_and_above_the_limit_it_says_so(monkeypatch):
    cast, *_ = three_levels()
    client(cast.superior).get("/overview/")
    assert not UnitScore.objects.exists() and not ScoreTotal.objects.exists()
    follow(year=2026)
    monkeypatch.setattr("youju.duties.scores.queries.MOST_COMPUTED", 1)
    for unit in (cast.branch, cast.other):
        make.activity(unit, "theme_day", date(2026, 4, 7))
    assert "更新中：2个组织" in text(client(cast.superior).get("/overview/"))


def test_a_unit_that_moved_away_is_seen_where_it_now_stands():
    cast, office, school, _ = three_levels()
    follow(year=2026)
    health = make.unit(name="卫健局党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    move_unit(unit=school, parent=health, by=None, at=make.moment(ON))
    page = page_of(cast)
    assert {group.unit.short_name: group.branches for group in page.groups} == {"教育局党委": 1, "卫健局党委": 1}
    assert page_of(cast, f"?unit={office.pk}").worst == () or school not in [
        one.unit for one in page_of(cast, f"?unit={office.pk}").worst
    ]
    assert page.worst[0].unit == school
