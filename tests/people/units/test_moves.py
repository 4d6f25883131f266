"""A unit goes to stand under another one, with all under it; what follows the ledger hears of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.records.together import together
from youju.kit.refusal import Refusal
from youju.people.listed import Listed
from youju.people.models import Unit, UnitYear
from youju.people.units.actions import bump_all, close_unit, followed, move_unit
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 11, 20))


def tree():
    """工委 over 教育局党委 (中心学校支部 with one group) and 卫健局党委."""
    root = make.unit(name="青禾县直机关工委", kind=UnitKind.COMMITTEE)
    schools = make.unit(name="教育局党委", kind=UnitKind.COMMITTEE, parent=root)
    health = make.unit(name="卫健局党委", kind=UnitKind.COMMITTEE, parent=root)
    branch = make.unit(name="中心学校党支部", parent=schools)
    group = make.unit(name="第一党小组", kind=UnitKind.GROUP, parent=branch)
    return root, schools, health, branch, group


def versions(unit):
    return dict(UnitYear.objects.filter(unit=unit).values_list("year", "version"))


def test_paths_of_the_whole_subtree_follow_and_every_year_has_changed():
    _root, schools, health, branch, group = tree()
    before = versions(branch)
    move_unit(unit=schools, parent=health, by=None, at=AT)
    for unit in (schools, branch, group):
        unit.refresh_from_db()
    assert schools.parent == health and schools.path.startswith(health.path)
    assert branch.path.startswith(schools.path) and group.path.startswith(branch.path)
    assert versions(branch) == {year: before.get(year, 0) + 1 for year in range(min(before), 2027)}
    assert versions(schools)[2026] == 1 and not UnitYear.objects.filter(unit=group).exists()


def test_a_second_move_finds_a_place_of_its_own():
    root, schools, health, branch, _ = tree()
    move_unit(unit=branch, parent=health, by=None, at=AT)
    move_unit(unit=branch, parent=schools, by=None, at=AT)
    make.unit(name="高级中学党支部", parent=schools)
    paths = list(Unit.objects.values_list("path", flat=True))
    assert len(paths) == len(set(paths)) and Unit.objects.below(root).count() == 6


def test_where_it_cannot_go():
    root, schools, health, branch, group = tree()
    for unit, parent in ((schools, branch), (schools, schools), (schools, root), (group, health), (root, schools)):
        with pytest.raises(Refusal):
            move_unit(unit=unit, parent=parent, by=None, at=AT)
    close_unit(unit=health, on=date(2026, 6, 1), successor=None, by=None, at=AT)
    with pytest.raises(Refusal, match="撤销"):
        move_unit(unit=branch, parent=health, by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_moves_into_each_other_make_no_ring():
    _root, schools, health, _, _ = tree()

    def move(unit, parent):
        try:
            move_unit(unit=unit, parent=parent, by=None, at=AT)
        except Refusal:
            return False
        return True

    assert sorted(together(lambda: move(schools, health), lambda: move(health, schools))) == [False, True]


def test_what_has_followed_is_no_longer_ahead():
    *_, branch, _ = tree()
    version = versions(branch)[2015]
    assert UnitYear.objects.ahead(2015).filter(unit=branch).exists()
    followed(versions={(branch.pk, 2015): version})
    assert not UnitYear.objects.ahead(2015).filter(unit=branch).exists()
    bump_all(unit_ids={branch.pk}, years={2015})
    followed(versions={(branch.pk, 2015): version})  # a follower that comes late takes nothing back
    assert UnitYear.objects.ahead(2015).filter(unit=branch).exists()


def test_a_list_of_ids_has_no_longest_length():
    branch = make.unit()
    assert Unit.objects.filter(pk__in=Listed(range(branch.pk, branch.pk + 100_000))).count() == 1
    assert Unit.objects.filter(pk__in=Listed(())).count() == 0
