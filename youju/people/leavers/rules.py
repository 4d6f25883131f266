"""When a name is due to be forgotten."""

from __future__ import annotations

from datetime import date

LEAP_DAY = (2, 29)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the first of March where a leap day has none."""
    if (day.month, day.day) == LEAP_DAY and not _is_leap(day.year + years):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
