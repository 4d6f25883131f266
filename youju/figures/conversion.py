"""学时: how attendance becomes hours, as ``hours.yaml`` states it. Pure, read and checked once at start-up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import Field

from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated
from youju.prose.vocabulary import KINDS

HOURS_FILE = Path(__file__).with_name("hours.yaml")


class Conversion(Strict):
    """The stated conversion: which sessions count, and what an hour of them is worth."""

    kinds: tuple[str, ...] = Field(min_length=1)
    minutes_an_hour: int = Field(ge=30, le=120)
    most_a_day: int = Field(ge=1, le=24)
    share_rounding: Literal["down", "up"]
    no_end: str
    basis: str

    def of_session(self, starts_at: datetime, ends_at: datetime | None) -> dict[date, Fraction] | None:
        """学时 of each day of a session; None when nobody wrote down when it ended."""
        if ends_at is None:
            return None
        found: dict[date, Fraction] = {}
        day = starts_at.date()
        while day <= ends_at.date():
            begins = max(starts_at, datetime.combine(day, time.min, starts_at.tzinfo))
            stops = min(ends_at, datetime.combine(day + timedelta(days=1), time.min, ends_at.tzinfo))
            minutes = Fraction((stops - begins) // timedelta(minutes=1))
            if minutes > 0:
                found[day] = min(Fraction(self.most_a_day), minutes / self.minutes_an_hour)
            day += timedelta(days=1)
        return found

    def uncut(self, starts_at: datetime, ends_at: datetime) -> Fraction:
        """学时 of a session as if a day had no most, to say where it was cut."""
        return Fraction((ends_at - starts_at) // timedelta(minutes=1), self.minutes_an_hour)

    def share_of(self, hours: int, days: int, of_days: int) -> int:
        """What is owed by somebody who was here for a part of the year."""
        return -(-hours * days // of_days) if self.share_rounding == "up" else hours * days // of_days


def read_conversion(path: Path) -> Conversion:
    """The conversion of a file. Raises DataFault naming file, line and key."""
    conversion, located = validated(path, Conversion)
    _check_kinds(conversion, located)
    return conversion


def _check_kinds(conversion: Conversion, located: Located) -> None:
    for at, kind in enumerate(conversion.kinds):
        if kind not in KINDS:
            raise located.fault(("kinds", at), f"没有 {kind} 这个种类，种类见词表 kinds.yaml。")


HOURS: Conversion = read_conversion(HOURS_FILE)
