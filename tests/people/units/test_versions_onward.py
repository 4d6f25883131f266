"""A dated state is read in every later year: what is kept of those years hears of its change."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.people.units.actions import bump
from youju.people.units.queries import version

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
