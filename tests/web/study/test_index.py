"""The first page of 学习: the year's numbers lead to their records, and nothing is told of another year or unit."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.records.facets.values import Facets
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def test_an_empty_year_says_what_to_do(cast: Cast) -> None:
    page = signed_in(cast.clerk).get("/study/").content.decode()
    assert "2026年还没有学习的记录" in page and "还没有登记学习材料" in page and "kinds=group_study" in page
    assert "kinds=group_study" not in signed_in(cast.committee).get("/study/").content.decode()


def test_the_year_at_a_glance(cast: Cast) -> None:
    draft = SourceDraft("青禾读本", parts=("第一章", "第二章"))
    enter_source(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 1, 5)))
    for month in (3, 4):
        day = date(2026, month, 5)
        roster = make.everyone(cast.branch, ("group_study",), day, absent=cast.people[:2])
        make.activity(
            cast.branch, "group_study", day, roster=roster, facets=Facets(topics=("廉政",)), studied=(Said("青禾读本", "第一章"),)
        )  # fmt: skip
    make.activity(cast.other, "seminar", date(2026, 5, 5))
    page = signed_in(cast.committee).get("/study/").content.decode()
    assert "<b>2<small>次</small></b><span>集中学习" in page
    assert "<b>0<small>次</small></b><span>专题研讨" in page
    assert f"/ledger/?unit={cast.branch.pk}&amp;year=2026&amp;kind=group_study" in page
    assert "7 / 9" in page and "1 / 2 篇" in page and "<b>28<small>学时" in page
    before = signed_in(cast.committee).get("/study/?year=2025").content.decode()
    assert "2025年还没有学习的记录" in before and "没有写明专题" in before


def test_only_who_may_open_the_readings_is_led_there(cast: Cast) -> None:
    make.activity(cast.branch, "group_study", date(2026, 3, 5))
    assert "/ledger/readings/" in signed_in(cast.clerk).get("/study/").content.decode()
    assert "/ledger/readings/" not in signed_in(cast.committee).get("/study/").content.decode()


@pytest.mark.parametrize("year", ["3000", "x", "-1", "1", "99999999999"])
def test_a_year_that_is_none_is_this_one(cast: Cast, year: str) -> None:
    page = signed_in(cast.clerk).get("/study/", {"year": year})
    assert page.status_code == 200 and "2026年还没有学习的记录" in page.content.decode()


def test_the_rail_leads_here_for_who_may_read(cast: Cast) -> None:
    assert 'href="/study/"' in signed_in(cast.clerk).get("/ledger/").content.decode()
    assert 'href="/study/"' not in signed_in(cast.member).get("/me/").content.decode()
