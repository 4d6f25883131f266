"""Spans of days, as the ledger speaks of them: a year, a quarter, a month, or from one day to another."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

QUARTER_NAMES = ("一", "二", "三", "四")


@lru_cache(maxsize=600)
def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``start`` to ``end``, both included. Raises ValueError when ``end`` lies before ``start``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """``half`` is 1 (January to June) or 2 (July to December)."""
        if half not in (1, 2):
            raise ValueError(f"a year has no half {half}")
        return cls(date(year, 1, 1), date(year, 6, 30)) if half == 1 else cls(date(year, 7, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """``quarter`` is 1 to 4."""
        last = quarter * 3
        return cls(date(year, last - 2, 1), _last_of(year, last))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), _last_of(year, month))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def months(self) -> tuple[Period, ...]:
        """Every calendar month the period touches, whole."""
        return tuple(Period.month(year, month) for year, month in self._months())

    def quarters(self) -> tuple[Period, ...]:
        """Every calendar quarter the period touches, whole."""
        seen = dict.fromkeys((year, (month + 2) // 3) for year, month in self._months())
        return tuple(Period.quarter(year, quarter) for year, quarter in seen)

    def years(self) -> tuple[int, ...]:
        return tuple(range(self.start.year, self.end.year + 1))

    def _months(self) -> Iterator[tuple[int, int]]:
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.end.year, self.end.month):
            yield year, month
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def clipped(self, until: date) -> Period | None:
        """The part up to ``until``; None when nothing of it has come yet."""
        if until < self.start:
            return None
        return self if self.end <= until else Period(self.start, until)

    def overlap(self, other: Period) -> Period | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def day_after(self) -> date:
        return self.end + timedelta(days=1)

    @property
    def label(self) -> str:
        """As a clerk would write it: 2023年, 2023年第三季度, 2023年5月, 2023年1月1日至5月3日."""
        year = self.start.year
        if self == Period.year(year):
            return f"{year}年"
        if self == Period.month(year, self.start.month):
            return f"{year}年{self.start.month}月"
        quarter = (self.start.month + 2) // 3
        if self == Period.quarter(year, quarter):
            return f"{year}年第{QUARTER_NAMES[quarter - 1]}季度"
        first = chinese_date(self.start)
        if self.start == self.end:
            return first
        last = chinese_date(self.end) if self.end.year != year else f"{self.end.month}月{self.end.day}日"
        return f"{first}至{last}"


def chinese_date(day: date) -> str:
    """2026年3月5日: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
