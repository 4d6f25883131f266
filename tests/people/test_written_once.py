"""Questions whose SQL is written once: they answer as Django's own would, whatever is filled in."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Count, QuerySet

from tests import make
from youju.kit.telling import Telling
from youju.people.listed import Listed, ListedWords
from youju.people.models import Member, Membership, Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import Rows, growing_once, rows_once, written_once

pytestmark = pytest.mark.django_db
WRITTEN: list[str] = []


@written_once
def joined(units: Listed, start: date, end: date, *, fields: tuple[str, ...]) -> Rows:
    WRITTEN.append("joined")
    rows = Membership.objects.filter(unit_id__in=units, since__gte=start, since__lte=end)
    return rows.order_by("pk").values_list(*fields)


@written_once
def named(names: ListedWords, most: int, path: str) -> Rows:
    return Unit.objects.filter(name__in=names, pk__lte=most, path__gt=path).order_by("pk").values_list("name")


def test_the_values_of_each_time_are_filled_in_and_the_sql_is_written_once_for_each_shape():
    first, second = make.unit(name="青石村党支部"), make.unit(name="白鹭村党支部")
    early = make.member(first, since=date(2020, 3, 1))
    late = make.member(second, since=date(2024, 7, 1))
    both = Listed([first.pk, second.pk])
    WRITTEN.clear()
    whom = ("member_id", "since")
    assert list(joined(both, date(2020, 1, 1), date(2024, 12, 31), fields=whom)) == [
        (early.pk, date(2020, 3, 1)),
        (late.pk, date(2024, 7, 1)),
    ]
    assert list(joined(both, date(2021, 1, 1), date(2024, 12, 31), fields=whom)) == [(late.pk, date(2024, 7, 1))]
    assert list(joined(Listed([first.pk]), date(2020, 1, 1), date(2024, 12, 31), fields=whom)) == [
        (early.pk, date(2020, 3, 1))
    ]
    assert list(joined(Listed([]), date(2020, 1, 1), date(2024, 12, 31), fields=whom)) == []
    assert len(WRITTEN) <= 1  # this connection may have asked it before
    assert list(joined(both, date(2021, 1, 1), date(2024, 12, 31), fields=("unit_id",))) == [(second.pk,)]


def test_words_and_numbers_are_values_too_and_no_part_of_the_sql():
    one, other = make.unit(name="青石村党支部"), make.unit(name="白鹭村党支部")
    wanted = ListedWords(["青石村党支部", "白鹭村党支部", "'); DROP TABLE people_unit; --"])
    assert list(named(wanted, other.pk, "")) == [("青石村党支部",), ("白鹭村党支部",)]
    assert list(named(wanted, one.pk, "")) == [("青石村党支部",)]
    assert list(named(wanted, other.pk, one.path)) == [("白鹭村党支部",)]
    assert Unit.objects.count() == 2


def test_it_counts_as_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        list(named(ListedWords(["青石村党支部"]), 1, ""))


def test_a_value_of_another_kind_than_it_was_written_for_is_refused():
    list(named(ListedWords(["青石村党支部"]), 1, ""))
    with pytest.raises(TypeError, match="written for int"):
        named(ListedWords(["青石村党支部"]), None, "")  # type: ignore[arg-type]


@rows_once
def belongings(member: int) -> QuerySet[Membership]:
    WRITTEN.append("belongings")
    rows = Membership.objects.filter(member_id=member).select_related("unit__parent").order_by("since", "pk")
    return rows.annotate(others=Count("unit__memberships"))


@rows_once
def people_with_belongings(names: ListedWords) -> QuerySet[Member]:
    return Member.objects.filter(name__in=names).order_by("pk").prefetch_related("memberships")


@growing_once
def days(unit: int) -> Rows:
    return Membership.objects.filter(unit_id=unit).order_by("since", "pk").values_list("since", "member__name")


def test_whole_rows_come_as_they_are_with_what_stands_beside_them(django_assert_num_queries):
    branch = make.unit(name="青石村党支部")
    group = make.unit(name="第一党小组", kind=UnitKind.GROUP, parent=branch)
    one, other = make.member(group), make.member(group)
    WRITTEN.clear()
    for member in (one, other):
        with django_assert_num_queries(1):
            (row,) = belongings(member.pk)
            assert (row.unit.parent.name, row.others) == ("青石村党支部", 2)
        assert row == Membership.objects.get(member=member) and row.get_standing_display()
        row.save()  # it is known to be in the table
    assert belongings(0) == [] and Membership.objects.count() == 2 and len(WRITTEN) <= 1


def test_what_is_fetched_beside_is_fetched_at_once_and_only_when_rows_were_found(django_assert_num_queries):
    branch = make.unit()
    people = [make.member(branch, name=name) for name in ("江一舟", "林知夏")]
    with django_assert_num_queries(2):
        found = people_with_belongings(ListedWords(["江一舟", "林知夏"]))
        assert found == people and [len(one.memberships.all()) for one in found] == [1, 1]
    with django_assert_num_queries(1):
        assert people_with_belongings(ListedWords(["没有这个人"])) == []


def test_of_what_grows_the_last_few_are_read_and_the_rest_is_counted(django_assert_num_queries):
    branch, empty = make.unit(name="青石村党支部"), make.unit(name="白鹭村党支部")
    for year in (2021, 2020, 2023, 2022):
        make.member(branch, since=date(year, 1, 1))
    told = Telling(days(branch.pk), lambda since, name: {"自": since.year})
    with django_assert_num_queries(2):
        assert told.last(2) == ([{"自": 2022}, {"自": 2023}], 2)
    with django_assert_num_queries(1):
        assert told.last(4)[1] == 0
    assert [row["自"] for row in told] == [2020, 2021, 2022, 2023] and len(told) == 4
    nothing = Telling(days(empty.pk), lambda since, name: {})
    assert len(nothing) == 0 and nothing.last(3) == ([], 0)
