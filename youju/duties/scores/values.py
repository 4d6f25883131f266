"""Plain values: what a unit owed in a year without regard to the day, and how many units stand how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from youju.duties.values import Status
from youju.kit.periods import Period

ONE_DAY = timedelta(days=1)


class Settled(StrEnum):
    """What is true of a due on every day from now on, if nothing more is recorded."""

    DONE = "d"
    WAIVED = "w"
    UNKNOWN = "u"  # before the ledger begins
    NO = "n"


@dataclass(frozen=True)
class Owed:
    """One due without a day: of which matter, for which part of the year, from when till when, and how far it got."""

    matter: str  # the rule, or the source of what is owed once
    code: str  # 11, Q3, H1, or nothing for the year; of what is owed once the month of its day
    opens_on: date
    owed_by: date
    target: int
    done: int
    settled: Settled
    shared: bool = False  # owed of each group or member
    planned_on: date | None = None  # the last session planned that would serve it
    steps: tuple[tuple[date, int], ...] = ()  # of a state: from which day how many

    def status(self, on: date) -> Status:
        """As its standing says on that day or on any later one."""
        if self.steps:
            return Status.DONE if self.done_on(on) >= self.target else self._before(on)
        if self.settled in FIXED:
            return FIXED[self.settled]
        return self._before(on)

    def _before(self, on: date) -> Status:
        if on > self.owed_by:
            return Status.UNKNOWN if self.settled is Settled.UNKNOWN else Status.LATE
        if self.done_on(on):
            return Status.PART
        if self.planned_on and on <= self.planned_on:
            return Status.PLANNED
        return Status.NOT_YET if on < self.opens_on else Status.OPEN

    def done_on(self, on: date) -> int:
        return max((step for step in self.steps if step[0] <= on), default=(on, self.done))[1]

    @property
    def overdue_from(self) -> date | None:
        """The first day on which it is late; a state is never late, it only still lacks."""
        return self.owed_by + ONE_DAY if self.settled is Settled.NO and not self.steps else None

    def in_month(self, month: int) -> bool:
        return month in months_of(self.code)


FIXED = {Settled.DONE: Status.DONE, Settled.WAIVED: Status.WAIVED}


def months_of(code: str) -> range:
    """The months of the year that a code speaks of."""
    if code.isdecimal():
        return range(int(code), int(code) + 1)
    if code.startswith(("Q", "H")):
        length = 3 if code[0] == "Q" else 6
        return range((int(code[1:]) - 1) * length + 1, int(code[1:]) * length + 1)
    return range(1, 13)


@dataclass(frozen=True)
class Score:
    """What a unit owed in a year. ``since`` and ``until`` only when it opened or closed within the year."""

    unit_id: int
    path: str
    year: int
    since: date | None
    until: date | None
    owed: tuple[Owed, ...]
    names: tuple[tuple[str, str], ...]  # matter → its name in few words

    @cached_property
    def overdue_from(self) -> date | None:
        """The first day on which the unit is late if nothing more is recorded."""
        return min((day for day in (one.overdue_from for one in self.owed) if day), default=None)

    @property
    def due(self) -> int:
        return sum(one.settled in (Settled.DONE, Settled.NO) for one in self.owed if not one.steps)

    @property
    def done(self) -> int:
        return sum(one.settled is Settled.DONE for one in self.owed if not one.steps)

    def listed(self, on: date) -> bool:
        """Whether the unit was open on the day, or on the last of the year when that is over."""
        return open_on(self.since, self.until, on, self.year)

    def late(self, on: date) -> list[Owed]:
        return [one for one in self.owed if one.overdue_from and one.overdue_from <= on]

    @cached_property
    def part(self) -> Part:
        """What it adds to the tally of every unit over it."""
        part = Part(units=1)
        if self.overdue_from:
            part.overdue[self.overdue_from] += 1
        first: dict[str, date] = {}
        for one in self.owed:
            if one.steps:
                continue
            part.cells[one.matter, one.code, one.opens_on, one.owed_by, one.settled] += 1
            if one.overdue_from:
                first[one.matter] = min(one.overdue_from, first.get(one.matter, one.overdue_from))
        part.behind.update(first.items())
        return part


def open_on(since: date | None, until: date | None, on: date, year: int) -> bool:
    day = min(on, Period.year(year).end)
    return (since is None or since <= day) and (until is None or day < until)


Span = tuple[date | None, date | None]
Cell = tuple[str, str, date, date, Settled]  # matter, code, opens, owed by, settled


@dataclass
class Part:
    """Units that were open in the same days of the year, counted."""

    units: int = 0
    overdue: Counter[date] = field(default_factory=Counter)  # units by the day from which they are late
    behind: Counter[tuple[str, date]] = field(default_factory=Counter)  # the same for each matter
    cells: Counter[Cell] = field(default_factory=Counter)  # dues

    def __bool__(self) -> bool:
        return any((self.units, self.overdue, self.behind, self.cells))

    def count(self, other: Part, times: int) -> None:
        self.units += times * other.units
        for mine, theirs in ((self.overdue, other.overdue), (self.behind, other.behind), (self.cells, other.cells)):
            for key, many in theirs.items():
                mine[key] += times * many  # type: ignore[index]
                if not mine[key]:  # type: ignore[index]
                    del mine[key]


@dataclass
class Tally:
    """How many units stand how, without a day: tallies of parts add up to that of the whole."""

    parts: dict[Span, Part] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, score: Score, times: int = 1) -> None:
        """``times`` -1 takes it out again."""
        self._count((score.since, score.until), score.part, times)
        self.names.update(score.names)

    def merge(self, other: Tally) -> None:
        for span, part in other.parts.items():
            self._count(span, part, 1)
        self.names.update(other.names)

    def _count(self, span: Span, part: Part, times: int) -> None:
        mine = self.parts.setdefault(span, Part())
        mine.count(part, times)
        if not mine:
            del self.parts[span]

    def __bool__(self) -> bool:
        return bool(self.parts)

    def seen(self, on: date, year: int) -> Iterator[Part]:
        """Of the units open on the day."""
        return (part for span, part in self.parts.items() if open_on(*span, on, year))

    def units(self, on: date, year: int) -> int:
        return sum(part.units for part in self.seen(on, year))

    def late(self, on: date, year: int, *, matter: str = "", month: int = 0) -> int:
        """Units behind; with a month and a matter those that owe the dues of just that month."""
        found = 0
        for part in self.seen(on, year):
            if month:
                found += sum(
                    many for (of, code, _, owed_by, settled), many in part.cells.items()
                    if of == matter and settled is Settled.NO and owed_by < on and month in months_of(code)
                )  # fmt: skip
            elif matter:
                found += sum(many for (of, day), many in part.behind.items() if of == matter and day <= on)
            else:
                found += sum(many for day, many in part.overdue.items() if day <= on)
        return found

    def matters(self, on: date, year: int, *, month: int = 0) -> dict[str, Sum]:
        """Dues of each matter that have begun by the day: how many, done, late."""
        found: dict[str, Sum] = {}
        for part in self.seen(on, year):
            for (matter, code, opens_on, owed_by, settled), many in part.cells.items():
                if month and month not in months_of(code):
                    continue
                before = found.get(matter, Sum())
                found[matter] = before.plus(settled, many, begun=opens_on <= on, over=owed_by < on)
        return found


@dataclass(frozen=True)
class Sum:
    """应办, 已办, 逾期 of one matter, in dues; what was done before it was due counts in both."""

    due: int = 0
    done: int = 0
    late: int = 0

    def plus(self, settled: Settled, many: int, *, begun: bool, over: bool) -> Sum:
        done = many if settled is Settled.DONE else 0
        unsettled = many if settled is Settled.NO or (settled is Settled.UNKNOWN and not over) else 0
        late = many if settled is Settled.NO and over else 0
        return Sum(self.due + done + (unsettled if begun else 0), self.done + done, self.late + late)


def total(sums: Iterable[Sum]) -> Sum:
    rows = list(sums)
    return Sum(sum(row.due for row in rows), sum(row.done for row in rows), sum(row.late for row in rows))
