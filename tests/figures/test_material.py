"""Rosters are counted by the database: the same numbers as counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.figures.material import load
from youju.kit.periods import Period
from youju.records.activities.values import RosterEntry

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 6)


def fact_of(unit):
    (fact,) = load(unit, Period.year(2026)).activities
    return fact


def test_who_came_who_was_expected_and_who_is_exempt():
    cast = standing_cast(formal=9)
    one, two, three, four = cast.people[:4]
    roster = make.everyone(cast.branch, ["theme_day"], DAY, leave=[one], absent=[two], exempt=[three])
    make.activity(cast.branch, "theme_day", DAY, roster=roster, chair_id=four.pk)
    fact = fact_of(cast.branch)
    assert (fact.came, fact.expected, fact.others) == (6, 8, 5)


@pytest.mark.parametrize(("chaired", "others"), [(True, 1), (False, 2)])
def test_the_chair_is_not_one_of_the_others(chaired, others):
    cast = standing_cast()
    one, two = cast.people[:2]
    pair = (RosterEntry(one.pk), RosterEntry(two.pk))
    make.activity(cast.branch, "heart_talk", DAY, roster=pair, chair_id=one.pk if chaired else None)
    assert fact_of(cast.branch).others == others


def test_a_session_without_a_roster_counts_nobody():
    cast = standing_cast()
    make.activity(cast.branch, "visit", DAY, roster=())
    fact = fact_of(cast.branch)
    assert (fact.came, fact.expected, fact.others) == (0, 0, 0)


def test_of_a_joint_session_each_branch_counts_its_own():
    cast = standing_cast(formal=4)
    roster = make.everyone(cast.branch, ["theme_day"], DAY) + make.everyone(cast.other, ["theme_day"], DAY)
    make.activity(cast.branch, "theme_day", DAY, roster=roster, joining_unit_ids=(cast.other.pk,))
    assert fact_of(cast.branch).expected == 4
    assert fact_of(cast.other).expected == 3
    assert fact_of(cast.above).expected == 7
