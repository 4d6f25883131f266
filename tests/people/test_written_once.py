"""Questions whose SQL is written once: they answer as Django's own would, whatever is filled in."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from youju.people.listed import Listed, ListedWords
from youju.people.models import Membership, Unit
from youju.people.written_once import Rows, written_once

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
