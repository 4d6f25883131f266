"""Periods: days in them, their months and quarters, and what a clerk calls them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.kit.periods import Period, chinese_date

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
spans = st.tuples(days, days).map(sorted).map(lambda pair: Period(*pair))


@given(spans, days)
def test_a_day_lies_in_exactly_one_month_of_a_period_or_outside(period, day):
    assert sum(day in month for month in period.months()) == (1 if any(day in m for m in period.months()) else 0)
    if day in period:
        assert sum(day in month for month in period.months()) == 1
        assert sum(day in quarter for quarter in period.quarters()) == 1


@given(spans)
def test_months_follow_each_other_without_gap(period):
    months = period.months()
    assert all(one.day_after == two.start for one, two in pairwise(months))
    assert months[0].start <= period.start and months[-1].end >= period.end


@given(spans, days)
def test_clipped_holds_just_the_days_that_have_come(period, day):
    seen = period.clipped(day)
    assert (seen is None) == (day < period.start)
    if seen:
        assert seen.end == min(period.end, day)


@given(spans, spans)
def test_overlap_is_the_same_from_both_sides(one, two):
    common = one.overlap(two)
    assert common == two.overlap(one)
    if common:
        assert common.start in one and common.start in two and common.end in one and common.end in two


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.year(2023), "2023年"),
        (Period.quarter(2023, 3), "2023年第三季度"),
        (Period.month(2023, 5), "2023年5月"),
        (Period(date(2023, 1, 1), date(2023, 5, 3)), "2023年1月1日至5月3日"),
        (Period(date(2022, 12, 1), date(2023, 5, 3)), "2022年12月1日至2023年5月3日"),
        (Period(date(2024, 2, 29), date(2024, 2, 29)), "2024年2月29日"),
    ],
)
def test_a_period_is_called_as_a_clerk_would_write_it(period, label):
    assert period.label == label


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2023, 2, 1), date(2023, 1, 31))


def test_a_year_has_two_halves_and_no_third():
    assert Period.half(2023, 1).end.month == 6 and Period.half(2023, 2).start.month == 7
    with pytest.raises(ValueError, match="no half"):
        Period.half(2023, 3)


def test_no_leading_zeros_in_a_date():
    assert chinese_date(date(2026, 3, 5)) == "2026年3月5日"
