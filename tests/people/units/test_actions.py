"""The tree of units, its paths, and the version of each unit and year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.records.together import together
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.models import Unit, UnitYear
from youju.people.units.actions import bump, close_unit, open_unit
from youju.people.units.queries import find_unit, groups_of, ledger_unit, version
from youju.people.units.values import UnitKind, after_subtree, ancestors

DAY = date(2026, 3, 5)
AT = make.moment(DAY)
segments = st.sampled_from(["0001", "0002", "0010", "9998", "9999"])
paths = st.lists(segments, min_size=1, max_size=4).map("".join)


@given(paths, paths)
def test_the_range_of_a_path_holds_exactly_its_subtree(one, other):
    assert (one <= other < after_subtree(one)) == other.startswith(one)


@given(paths)
def test_ancestors_run_from_the_root_to_the_unit(path):
    found = ancestors(path)
    assert found[-1] == path and all(path.startswith(above) for above in found)


def opened(parent=None, kind=UnitKind.BRANCH, name="青禾支部", code="Q1", **more):
    words = {"short_name": "", "on": None, "by": None, "at": AT} | more
    return open_unit(parent=parent, kind=kind, name=name, code=code, **words)


@pytest.mark.django_db
class TestTree:
    def test_a_unit_stands_under_its_parent_with_one_line_and_a_bump(self):
        top = opened(kind=UnitKind.COMMITTEE, code="T")
        branch = opened(top, code="B")
        group = opened(branch, UnitKind.GROUP, code="G")
        assert list(Unit.objects.below(top)) == [top, branch, group]
        assert list(Unit.objects.above(group)) == [top, branch, group]
        assert ledger_unit(group) == branch and group.ledger_path == branch.path
        assert Line.objects.count() == 3 and version(branch, 2026) == 2

    @pytest.mark.parametrize(
        ("above", "kind"),
        [
            (None, UnitKind.GROUP),
            (UnitKind.COMMITTEE, UnitKind.GROUP),
            (UnitKind.BRANCH, UnitKind.BRANCH),
            (UnitKind.BRANCH, UnitKind.COMMITTEE),
        ],
    )
    def test_a_unit_cannot_stand_where_there_is_no_place_for_it(self, above, kind):
        parent = opened(kind=above, code="A") if above else None
        with pytest.raises(Refusal) as caught:
            opened(parent, kind, code="X")
        assert caught.value.field == "kind"

    @pytest.mark.parametrize(
        ("words", "field"),
        [
            ({"name": " "}, "name"),
            ({"name": "长" * 81}, "name"),
            ({"code": ""}, "code"),
            ({"code": "x" * 41}, "code"),
            ({"short_name": "长" * 41}, "short_name"),
        ],
    )
    def test_a_wrong_input_is_refused(self, words, field):
        with pytest.raises(Refusal) as caught:
            opened(**words)
        assert caught.value.field == field and not Unit.objects.exists()

    def test_a_code_is_given_once(self):
        opened()
        with pytest.raises(Refusal, match="已经用了"):
            opened(name="柳溪")

    def test_the_last_child_is_the_9999th_and_is_no_neighbours(self):
        top, beside = opened(kind=UnitKind.COMMITTEE, code="T"), opened(kind=UnitKind.COMMITTEE, code="N")
        Unit.objects.filter(pk=top.pk).update(children_made=9998)
        last = opened(top, code="L")
        assert last.path.endswith("9999") and list(Unit.objects.below(last)) == [last]
        assert beside not in Unit.objects.below(top)
        with pytest.raises(Refusal, match="9999"):
            opened(top, code="M")
        Unit.objects.filter(pk=beside.pk).update(path="9999")
        with pytest.raises(Refusal, match="9999"):
            opened(kind=UnitKind.COMMITTEE, code="R")

    def test_the_tree_is_not_endless(self):
        parent = None
        for level in range(16):
            parent = opened(parent, UnitKind.COMMITTEE, code=f"L{level}")
        with pytest.raises(Refusal, match="最多设 16 级"):
            opened(parent, UnitKind.COMMITTEE, code="deep")

    def test_a_closed_unit_is_kept_with_its_successor(self):
        old, new = opened(code="O"), opened(code="N", name="新支部")
        close_unit(unit=old, on=DAY, successor=new, by=None, at=AT)
        kept = Unit.objects.get(pk=old.pk)
        assert (kept.closed_on, kept.successor) == (DAY, new)
        assert list(Unit.objects.open_on(DAY)) == [new]
        assert old in Unit.objects.open_on(date(2026, 3, 4))
        for again in (
            lambda: close_unit(unit=old, on=DAY, successor=None, by=None, at=AT),
            lambda: opened(old, UnitKind.GROUP, code="G"),
        ):
            with pytest.raises(Refusal):
                again()

    def test_a_unit_cannot_follow_itself(self):
        unit = opened()
        with pytest.raises(Refusal) as caught:
            close_unit(unit=unit, on=DAY, successor=unit, by=None, at=AT)
        assert caught.value.field == "successor" and Unit.objects.get().closed_on is None

    def test_a_unit_cannot_close_before_it_was_opened(self):
        with pytest.raises(Refusal, match="早于成立"):
            close_unit(unit=opened(on=DAY), on=date(2026, 3, 4), successor=None, by=None, at=AT)

    def test_groups_of_a_day(self):
        branch = opened()
        one = opened(branch, UnitKind.GROUP, name="一组", code="G1")
        opened(branch, UnitKind.GROUP, name="二组", code="G2", on=date(2026, 6, 1))
        assert groups_of(branch, on=DAY) == [one]

    def test_a_unit_is_found_by_code_name_part_or_id(self):
        one, two = opened(name="青禾县第一支部", code="Q1"), opened(name="青禾县第二支部", code="Q2")
        assert find_unit("Q2") == find_unit("第二") == find_unit(str(two.pk)) == two
        assert find_unit("青禾县第一支部") == one
        for text in ("青禾", "没有"):
            with pytest.raises(Refusal):
                find_unit(text)

    def test_a_bump_counts_each_unit_and_year_apart(self):
        unit = opened()
        before = version(unit, 2026)
        bump(unit_id=unit.pk, years={2025, 2026})
        bump(unit_id=unit.pk, years={2026})
        assert (version(unit, 2026) - before, version(unit, 2025), version(unit, 2024)) == (2, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_who_bump_at_once_are_both_counted():
    unit = opened()

    def often():
        for _ in range(5):
            bump(unit_id=unit.pk, years={2031, 2032})

    together(often, often)
    assert [row.version for row in UnitYear.objects.filter(year__in=(2031, 2032))] == [10, 10]


@pytest.mark.django_db(transaction=True)
def test_two_units_opened_at_once_have_two_paths():
    top = opened(kind=UnitKind.COMMITTEE, code="T")
    together(lambda: opened(top, code="A"), lambda: opened(top, code="B"))
    assert sorted(Unit.objects.filter(parent=top).values_list("path", flat=True)) == [
        top.path + "0001",
        top.path + "0002",
    ]
