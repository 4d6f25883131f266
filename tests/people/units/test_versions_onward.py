"""A dated state is read in every later year: what is kept of those years hears of its change."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.people.units.actions import bump, move_unit
from youju.people.units.queries import version
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db


def test_who_joins_this_year_is_read_in_the_next_too():
    branch = standing_cast().branch
    bump(unit_id=branch.pk, years={2027})  # a session is planned for January
    before = version(branch, 2027)
    make.member(branch, since=date(2026, 3, 1))
    assert version(branch, 2027) == before + 1


def test_a_change_of_one_year_is_nothing_to_the_next():
    branch = standing_cast().branch
    bump(unit_id=branch.pk, years={2027})
    before = version(branch, 2027)
    bump(unit_id=branch.pk, years={2026})
    assert version(branch, 2027) == before


def test_a_move_is_told_to_every_year_between():
    cast = standing_cast()
    office = make.unit(name="教育局党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    before = {year: version(cast.other, year) for year in (2024, 2025, 2026)}
    move_unit(unit=cast.other, parent=office, by=None, at=make.moment(date(2026, 11, 20)))
    assert {year: version(cast.other, year) for year in before} == {year: times + 1 for year, times in before.items()}
