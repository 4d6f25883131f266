"""A term is stated, prolonged and taken back; each change has its basis, its line and its version."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.models import Term
from youju.people.terms.actions import extend_term, state_term, withdraw_term
from youju.people.terms.queries import term_on, terms_of
from youju.people.terms.values import months_before, years_after
from youju.people.units.queries import version

pytestmark = pytest.mark.django_db
ELECTED = date(2024, 3, 10)
AT = make.moment(date(2026, 11, 20))


def stated(unit, elected_on=ELECTED, years=3, basis="工委批复〔2024〕6号"):
    return state_term(unit=unit, elected_on=elected_on, years=years, basis=basis, by=None, at=AT)


def test_a_stated_term_is_read_until_the_year_in_which_it_ends():
    cast = standing_cast()
    before = [version(cast.branch, year) for year in range(2023, 2029)]
    row = stated(cast.branch)
    after = [version(cast.branch, year) for year in range(2023, 2029)]
    assert [b - a for a, b in zip(before, after, strict=True)] == [0, 1, 1, 1, 1, 0]
    assert row.fact.ends_on == date(2027, 3, 10) == row.fact.owed_by
    assert Line.objects.get(noun="term").verb == "登记任期"


def test_the_term_of_a_day_is_the_last_one_begun_by_then():
    cast = standing_cast()
    stated(cast.branch), stated(cast.branch, date(2021, 3, 1))
    assert term_on(cast.branch, date(2021, 2, 28)) is None
    assert term_on(cast.branch, date(2024, 3, 9)).elected_on == date(2021, 3, 1)
    assert term_on(cast.branch, ELECTED).elected_on == ELECTED
    assert [fact.since.year for fact in terms_of([cast.branch, cast.other])[cast.branch.pk]] == [2021, 2024]


def test_a_temporary_branch_has_no_end_and_is_not_prolonged():
    cast = standing_cast()
    row = stated(cast.branch, years=None)
    assert row.fact.temporary and row.fact.owed_by is None
    with pytest.raises(Refusal, match="没有届满日期"):
        extend_term(term=row, until=date(2027, 1, 1), basis="批复", by=None, at=AT)


def test_an_extension_is_within_a_year_and_has_its_approval():
    row = stated(standing_cast().branch)
    for until in (date(2027, 3, 10), date(2028, 3, 11)):
        with pytest.raises(Refusal) as caught:
            extend_term(term=row, until=until, basis="工委批复", by=None, at=AT)
        assert caught.value.field == "until"
    with pytest.raises(Refusal) as caught:
        extend_term(term=row, until=date(2027, 9, 1), basis=" ", by=None, at=AT)
    assert caught.value.field == "basis"
    assert extend_term(term=row, until=date(2028, 3, 10), basis="工委批复", by=None, at=AT).fact.owed_by.year == 2028


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"elected_on": date(2026, 11, 21)}, "elected_on"),
        ({"elected_on": date(2014, 1, 1)}, "elected_on"),
        ({"years": 0}, "years"),
        ({"years": 6}, "years"),
        ({"basis": " "}, "basis"),
        ({"basis": "据" * 121}, "basis"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(more, field):
    with pytest.raises(Refusal) as caught:
        stated(standing_cast().branch, **more)
    assert caught.value.field == field and not Term.objects.exists()


def test_a_group_has_no_term_and_one_day_has_one():
    cast = standing_cast(groups=1)
    with pytest.raises(Refusal, match="党小组"):
        stated(cast.groups[0])
    first = stated(cast.branch)
    with pytest.raises(Refusal, match="已经登记"):
        stated(cast.branch)
    withdraw_term(term=first, by=None, at=AT)
    assert stated(cast.branch).pk != first.pk
    with pytest.raises(Refusal, match="已经撤回"):
        withdraw_term(term=first, by=None, at=AT)


def test_days_that_a_month_or_year_lacks():
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 10), 6) == date(2025, 9, 10)
