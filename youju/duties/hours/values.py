"""Plain values: what one member has of the hours he owes, and what would close what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from youju.duties.values import Dated, Planned, Standing
from youju.figures.values import Answer, Row


class Reached(NamedTuple):
    """学时 of one member. A tuple: a look over many branches makes one of every member."""

    owed: int
    got: Fraction
    full_on: date | None  # the day on which it was enough

    @property
    def lacks(self) -> bool:
        return self.owed > 0 and self.full_on is None

    @property
    def gap(self) -> Fraction:
        return max(Fraction(0), self.owed - self.got) if self.lacks else Fraction(0)


class Stands(StrEnum):
    """How it is with one member of the year."""

    ENOUGH = "enough"
    SHORT = "short"
    EXEMPT = "exempt"
    WAIVED = "waived"  # what the branch owes of the year was waived
    UNSAID = "unsaid"  # the ledger does not hold the whole year, so nobody can say that it was too little
    ELSEWHERE = "elsewhere"  # another unit has him now, and his hours went with him
    GONE = "gone"
    FREE = "free"  # nothing is asked of him: his days are worth no whole hour, or no rule binds


@dataclass(frozen=True)
class Line:
    """One member of the year. ``standing`` is of the due that asks most of him; None where none asks."""

    person: Dated
    stands: Stands
    reached: Reached
    standing: Standing | None

    @property
    def whole(self) -> int:
        """What the due asks of who was here all year."""
        return self.standing.due.each if self.standing else 0

    @property
    def in_proportion(self) -> bool:
        return 0 < self.reached.owed < self.whole


class Ahead(NamedTuple):
    """A unit of the study plan whose days are not over and that no record fulfils yet."""

    title: str
    ends_on: date
    kind_zh: str


@dataclass(frozen=True)
class Typical:
    """How long a session of this year is: the median of ``sessions`` of them, in 学时."""

    hours: Fraction
    sessions: int

    def times(self, gap: Fraction) -> int:
        """How many more of that length would close a gap."""
        return ceil(gap / self.hours)


@dataclass(frozen=True)
class HoursOfYear:
    """All that is said of the hours of a branch in a year."""

    year: int
    on: date
    lines: tuple[Line, ...]  # in the order of the roster
    standings: tuple[Standing, ...]
    answer: Answer
    unended: tuple[Row, ...]  # sessions that count nothing, since nobody wrote when they ended
    planned: tuple[Planned, ...]  # still ahead in the year, of kinds that count
    units: tuple[Ahead, ...]  # of the year's study plan, which states no hours
    typical: Typical | None  # None: too few to say so

    @property
    def by_id(self) -> Mapping[int, Line]:
        return {line.person.id: line for line in self.lines}

    @property
    def short(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.stands is Stands.SHORT)

    @property
    def owing(self) -> int:
        """Of how many members hours are asked."""
        return sum(line.reached.owed > 0 for line in self.lines)
