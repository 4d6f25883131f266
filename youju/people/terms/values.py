"""Plain values of terms of office."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

LONGEST_TERM = 5  # 村、社区 (《支部工作条例》 21)
USUAL_TERM = 3
MOST_EXTENSION = 1  # 延长期限一般不超过1年


@dataclass(frozen=True)
class TermFact:
    """One term: from the day it began up to the next one. ``years`` None: a temporary branch, which elects nobody."""

    id: int
    since: date
    years: int | None
    extended_until: date | None = None
    note: str = ""
    unit_id: int = 0

    @property
    def temporary(self) -> bool:
        return self.years is None

    @property
    def ends_on(self) -> date | None:
        """届满之日, without the extension."""
        return years_after(self.since, self.years) if self.years else None

    @property
    def owed_by(self) -> date | None:
        """By when the next election is owed, the extension included."""
        return self.extended_until or self.ends_on


def years_after(day: date, years: int) -> date:
    """The same day some years later; of 29 February, the 28th."""
    return _on(day.year + years, day.month, day.day)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return _on(year, month + 1, day.day)


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
