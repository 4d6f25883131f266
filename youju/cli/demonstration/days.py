"""On which day a meeting falls: workdays only, the same weekday every month, as a clerk keeps it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)

# First and last day off around the Spring Festival; a year not listed is taken as the end of January.
SPRING_FESTIVAL = {
    2022: (date(2022, 1, 31), date(2022, 2, 6)),
    2023: (date(2023, 1, 21), date(2023, 1, 27)),
    2024: (date(2024, 2, 10), date(2024, 2, 17)),
    2025: (date(2025, 1, 28), date(2025, 2, 4)),
    2026: (date(2026, 2, 15), date(2026, 2, 23)),
    2027: (date(2027, 2, 5), date(2027, 2, 12)),
    2028: (date(2028, 1, 25), date(2028, 2, 1)),
}
FIXED_HOLIDAYS = {(1, 1), (1, 2), (1, 3), (4, 4), (4, 5), (4, 6), *((5, day) for day in range(1, 6))} | {
    (10, day) for day in range(1, 8)
}


def is_workday(day: date) -> bool:
    first, last = SPRING_FESTIVAL.get(day.year, (date(day.year, 1, 26), date(day.year, 2, 1)))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS and not first <= day <= last


def near(year: int, month: int, day: int) -> date:
    """The first workday from this day on; where the month ends before one comes, the last workday ahead of it."""
    start = date(year, month, min(day, monthrange(year, month)[1]))
    later = start
    while later.month == month:
        if is_workday(later):
            return later
        later += timedelta(days=1)
    while not is_workday(start):
        start -= timedelta(days=1)
    return start


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The second Friday of a month, or the workday that takes its place."""
    first = date(year, month, 1)
    shift = (weekday - first.weekday()) % 7 + 7 * (number - 1)
    return near(year, month, min(1 + shift, monthrange(year, month)[1]))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def near_after(day: date, workdays: int) -> date:
    """So many workdays later."""
    while workdays:
        day += timedelta(days=1)
        workdays -= is_workday(day)
    return day


def near_before(day: date, count: int) -> date:
    """The last workday that lies at least so many days back."""
    day -= timedelta(days=count)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day
