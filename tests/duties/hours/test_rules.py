"""How each member stands with his hours, in the ledger's own words, and what would close the gap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.duties import ledger
from youju.duties.hours.rules import lines_of, tallied, typical_of
from youju.duties.hours.values import Line, Stands, Typical
from youju.duties.values import Dated
from youju.figures.values import Row

BEGUN = "2025-01-08 记 主题党日\n2020-01-01 党员 甲 乙\n"
DAY = date(2026, 3, 6)


def row(pk: int, day: date = DAY, **shares: float) -> Row:
    """One session by what it gave to whom: 甲=2, by the order of their names."""
    given = tuple((10 + "甲乙丙".index(who), hours) for who, hours in shares.items())
    return Row("activity", pk, "", day, "学习", 1, amount=sum(hours for _, hours in given), shares=given)


def lines(text: str, on: str = "2026-11-20") -> dict[str, Line]:
    read = ledger.read(text)
    day = date.fromisoformat(on)
    standings = [one for one in read.standings(2026, on) if one.due.hours]
    rows = standings[0].answer.rows if standings and standings[0].answer else ()
    found = lines_of(read.facts.members, standings, rows, read.facts.elsewhere, last=min(day, date(2026, 12, 31)))
    return {line.person.name: line for line in found}


def test_each_stands_as_the_due_says() -> None:
    found = lines(BEGUN + "2026-03-06 学 甲,乙 8\n2026-06-06 学 甲 24")
    assert list(found) == ["甲", "乙"]
    assert found["甲"].stands is Stands.ENOUGH and found["甲"].reached.full_on == date(2026, 6, 6)
    assert found["乙"].stands is Stands.SHORT and found["乙"].reached.owed == 32 and found["乙"].reached.gap == 24
    assert not found["乙"].in_proportion


def test_who_has_more_than_one_due_stands_by_the_one_that_asks_most() -> None:
    text = BEGUN + "2020-01-01 党员 丙 丁\n2020-01-01 支委会 甲 乙 丙\n2025-01-01 启用 班子学时\n2026-03-06 学 甲,丁 40"
    found = lines(text)
    assert [(name, line.reached.owed, line.stands) for name, line in found.items()] == [
        ("甲", 56, Stands.SHORT), ("乙", 56, Stands.SHORT), ("丙", 56, Stands.SHORT), ("丁", 32, Stands.ENOUGH),
    ]  # fmt: skip
    assert found["甲"].reached.gap == 16 and found["甲"].standing is not None
    assert found["甲"].standing.due.label == "班子学时"


def test_who_came_left_or_was_excused_is_listed_as_such() -> None:
    text = BEGUN + (
        "2026-07-01 党员 丙\n2026-12-28 党员 丁\n2026-03-06 学 甲,乙 3\n2026-03-07 免 甲\n"
        "2026-04-01 离开 乙\n2026-04-01 别处 乙\n2026-02-01 党员 戊\n2026-02-05 离开 戊"
    )
    found = lines(text)
    assert found["甲"].stands is Stands.EXEMPT and found["甲"].reached.got == 3
    assert found["乙"].stands is Stands.ELSEWHERE and found["乙"].reached.got == 3
    assert found["丙"].stands is Stands.SHORT and found["丙"].reached.owed == 16 and found["丙"].in_proportion
    assert found["戊"].stands is Stands.GONE
    assert "丁" not in found  # not come yet
    assert lines(text, "2027-01-01")["丁"].stands is Stands.FREE


def test_what_was_waived_or_cannot_be_said_is_no_shortfall() -> None:
    waived = lines(BEGUN + "2026-12-01 豁免 学时 2026", "2027-01-05")
    assert {line.stands for line in waived.values()} == {Stands.WAIVED}
    late = "2020-01-01 党员 甲\n2026-03-06 记 主题党日\n"
    assert lines(late, "2027-01-05")["甲"].stands is Stands.UNSAID
    assert lines(late, "2026-11-20")["甲"].stands is Stands.SHORT  # there is time yet


def test_without_a_rule_nothing_is_asked() -> None:
    found = lines(BEGUN + "2025-02-01 停用 学时\n2026-03-06 学 甲 3")
    assert found["甲"].stands is Stands.FREE and found["甲"].reached.owed == 0


def test_the_usual_length_is_the_median_and_needs_three() -> None:
    two = [Fraction(2), Fraction(8)]
    assert typical_of(two) is None
    assert typical_of([*two, Fraction(3, 2)]) == Typical(Fraction(2), 3)
    assert typical_of([*two, Fraction(1), Fraction(3, 2)]) == Typical(Fraction(7, 4), 4)


@pytest.mark.parametrize(
    ("gap", "times"), [(Fraction(1, 10), 1), (Fraction(2), 1), (Fraction(21, 10), 2), (Fraction(6), 3)]
)
def test_so_many_more_of_that_length_close_the_gap(gap: Fraction, times: int) -> None:
    assert Typical(Fraction(2), 5).times(gap) == times


@given(
    st.lists(st.tuples(st.integers(1, 9), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 8 * 60)), max_size=12),
    st.integers(0, 40),
)  # fmt: skip
def test_what_is_lacking_and_what_one_has_make_what_is_owed(given_: list[tuple[int, date, int]], owed: int) -> None:
    rows = [
        Row("activity", pk, "", day, "", 1, minutes / 60, shares=((10, minutes / 60),)) for pk, day, minutes in given_
    ]
    (reached,) = tallied((Dated(10, "甲", (), owed),), 99, rows).values()
    assert reached.got == Fraction(sum(minutes for _, _, minutes in given_), 60)
    assert reached.lacks == (owed > reached.got) and reached.gap == max(0, owed - reached.got)
    assert reached.lacks or not rows or owed == 0 or reached.full_on in {day for _, day, _ in given_}
