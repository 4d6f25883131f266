"""Plain values of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LONGEST_NAME, LONGEST_BASIS = 20, 120


@dataclass(frozen=True)
class Override:
    """What this site says of one day, against the published arrangement or ahead of it."""

    day: date
    off: bool
    name: str
    basis: str


@dataclass(frozen=True)
class DayKind:
    """One day: off or not, and why it is other than its weekday says (国庆节, 调休上班)."""

    day: date
    off: bool
    name: str = ""

    @property
    def weekend(self) -> bool:
        return self.day.weekday() >= 5


Overrides = Mapping[date, Override]
