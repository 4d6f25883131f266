"""Writers and followers at the same time: nobody waits in a ring, and in the end every row is what the ledger says."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.records.together import together
from youju.duties.models import UnitScore
from youju.duties.scores.actions import follow
from youju.duties.scores.checking import differing
from youju.duties.scores.computing import computed
from youju.duties.scores.queries import stale_below, stored_scores
from youju.people.models import Unit
from youju.people.units.actions import close_unit, move_unit
from youju.people.units.values import UnitKind
from youju.records.activities.actions import remove_activity

pytestmark = pytest.mark.django_db(transaction=True)
AT = make.moment(date(2026, 11, 20))


def test_scores_are_whole_after_writers_and_followers_at_once():
    cast = standing_cast()
    office = make.unit(name="教育局党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    school = make.unit(name="中心学校党支部", parent=office)
    make.members(school, 3)
    follow(year=2026)

    def writes(unit, first):
        for month in range(first, first + 4):
            made = make.activity(unit, "theme_day", date(2026, month, 6))
            if month == first:
                remove_activity(session=made, reason="重复", by=None, at=AT)
        make.activity(unit, "org_life_meeting", date(2026, 2, 6), for_year=2025)

    def joins():
        for day in (3, 4, 5):
            roster = make.everyone(cast.branch, ("theme_day",), date(2026, 9, day)) + make.everyone(
                school, ("theme_day",), date(2026, 9, day)
            )
            make.activity(school, "theme_day", date(2026, 9, day), roster=roster, joining_unit_ids=(cast.branch.pk,))

    def moves():
        move_unit(unit=cast.other, parent=office, by=None, at=AT)
        close_unit(unit=cast.other, on=date(2026, 11, 1), successor=school, by=None, at=AT)

    def follows():
        for _ in range(6):
            follow(year=2026)
            follow(year=2025)

    together(lambda: writes(cast.branch, 1), lambda: writes(school, 5), joins, moves, follows, follows)
    for year in (2025, 2026):
        follow(year=year)
        assert stale_below(cast.above.path, year).many == 0
        ids = [unit.pk for unit in Unit.objects.branches()]
        assert stored_scores(ids, year) == {pk: one.score for pk, one in computed(ids, year).items()}
    assert UnitScore.objects.count() == 6 and list(differing()) == []


def test_two_followers_at_once_count_nothing_twice():
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 3, 6))
    together(lambda: follow(year=2026), lambda: follow(year=2026), lambda: follow(year=2026))
    assert UnitScore.objects.count() == 2 and list(differing()) == []
