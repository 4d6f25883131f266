"""Plain values: what a figure is asked of, the rows that answer it, and the answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import floor
from operator import attrgetter
from typing import NamedTuple

from youju.figures.figure import STATES, UNRECORDED, Figure, Measure
from youju.kit.digests import canonical, sha256_hex
from youju.kit.periods import Period
from youju.people.terms.values import TermFact
from youju.prose.say import Statement, say


class Row(NamedTuple):
    """One thing that makes an answer: an activity, a problem, a person on a day. A tuple: a register makes thousands."""

    noun: str
    id: int
    number: str
    day: date
    title: str
    unit_id: int
    amount: float = 1
    base: float = 1
    note: str = ""
    kinds: tuple[str, ...] = ()
    entered_on: date | None = None
    shares: tuple[tuple[int, float], ...] = ()  # of hours: how many of them are each member's


@dataclass(frozen=True)
class Answer:
    """A figure's answer: the value is computed from the rows, so the number and the list cannot disagree."""

    figure: Figure
    unit_id: int
    period: Period
    as_of: date
    rows: tuple[Row, ...]
    records_in_period: int  # ledger entries of any kind: without one, nothing can be said (无记录), and it is not 0

    @property
    def value(self) -> int | float:
        if self.figure.measure is Measure.COUNT:
            return len(self.rows)
        amount = total(row.amount for row in self.rows)
        if self.figure.measure is Measure.SUM:
            return rounded(amount)
        base = total(row.base for row in self.rows)
        return rounded(100 * amount / base) if base else 0

    @property
    def known(self) -> bool:
        """Whether the ledger can say anything: unknown is not 0, and a share of nothing is no share."""
        if self.figure.measure is Measure.SHARE:
            bare = (
                self.figure.of in UNRECORDED and not self.records_in_period and not any(row.amount for row in self.rows)
            )
            return not bare and any(row.base for row in self.rows)
        # A meeting of the year that was held in the next one's spring is a record too; a name on the roster is not.
        return self.records_in_period > 0 or (bool(self.rows) and self.figure.of not in STATES)

    def split(self, parts: tuple[Period, ...]) -> list[tuple[Period, Answer]]:
        """The same question asked of each part of the period, from the rows at hand.

        A state (who is on the roster) is known for its own day only: other parts are left out, for unknown is not 0.
        What was reached (村村到) counts in the part in which it first was, and of a share the base stays the whole.
        """
        if self.figure.of in STATES:
            day = min(self.period.end, self.as_of)
            parts = tuple(part for part in parts if day in part)
        return [
            (
                part,
                Answer(
                    self.figure,
                    self.unit_id,
                    part,
                    self.as_of,
                    # A year's own meeting held in the next spring lies in no part, but it is the whole period's.
                    self.rows if part == self.period else tuple(self._rows_in(part)),
                    self.records_in_period,
                ),
            )
            for part in parts
        ]

    def _rows_in(self, part: Period) -> Iterator[Row]:
        whole_base = self.figure.amount == "reached" and self.figure.measure is Measure.SHARE
        for row in self.rows:
            if row.day in part:
                yield row
            elif whole_base:
                yield row._replace(amount=0.0)

    def by_month(self) -> list[tuple[Period, Answer]]:
        return self.split(self.period.months())

    def by_quarter(self) -> list[tuple[Period, Answer]]:
        return self.split(self.period.quarters())

    @property
    def entered_late(self) -> tuple[Row, ...]:
        """Rows written down after the day of asking: they count, and are named (补录)."""
        return tuple(row for row in self.rows if row.entered_on and row.entered_on > self.as_of)

    @property
    def ways(self) -> list[tuple[str, int]]:
        """怎么算的: how many rows have each kind; together they are the number of rows and the ``overlap``."""
        return [(kind, sum(kind in row.kinds for row in self.rows)) for kind in self.figure.kinds]

    @property
    def overlap(self) -> int:
        """How many counts fall away because one session of several kinds counts once."""
        return sum(sum(kind in self.figure.kinds for kind in row.kinds) - 1 for row in self.rows if self.figure.kinds)

    def statement(self) -> Statement:
        """The answer as the writer says it and the reader reads it back."""
        return Statement(self.figure.id, "eq", self.value, None, self.figure.unit, None)

    def said(self) -> str:
        """The answer in the words of the catalogue: 召开支委会12次."""
        return say(self.statement(), self.figure.say)

    @property
    def digest(self) -> str:
        """Short proof of what was answered: figure, period and row ids."""
        body = [
            self.figure.id,
            self.unit_id,
            self.period.start,
            self.period.end,
            [[row.noun, row.id] for row in self.rows],
        ]
        return sha256_hex(canonical(body))[:16]


def total(amounts: Iterable[float]) -> Fraction:
    """Exactly. Most amounts are whole, and to add thousands of fractions one by one would cost more than all the rest."""
    whole, parts = 0, Fraction(0)
    for amount in amounts:
        if amount == int(amount):
            whole += int(amount)
        else:
            parts += Fraction(amount)
    return whole + parts


def rounded(exact: Fraction) -> int | float:
    """To one decimal, halves up, as a clerk rounds: 12.25 is 12.3. Whole numbers come without a decimal."""
    tenths = floor(exact * 10 + Fraction(1, 2))
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


class ActivityFact(NamedTuple):
    """An activity in what figures need of it. A tuple: a look over many units makes tens of thousands of them."""

    id: int
    number: str
    title: str
    held_on: date
    for_year: int
    entered_on: date
    unit_id: int
    kinds: tuple[str, ...]
    came: int
    expected: int
    others: int
    by_secretary: bool
    first_topics: tuple[tuple[int, str], ...]
    resolutions: tuple[tuple[int, str], ...]
    chair_id: int | None = None


@dataclass(frozen=True)
class PersonFact:
    """A member, or an office on the committee, with its days."""

    id: int
    member_id: int
    name: str
    unit_id: int
    since: date
    until: date | None
    standing: str

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class ProblemFact:
    id: int
    number: str
    title: str
    found_on: date
    for_year: int
    closed_on: date | None
    entered_on: date
    unit_id: int
    measures: tuple[tuple[int, str], ...]


class EntryFact(NamedTuple):
    """One thing the ledger keeps beside its sessions (a project, a household, an item of a list), in what figures need of it.

    ``day`` is the day it is dated by (of a subject: since when it is on its register) and ``closed_on`` the day it was
    finished (of a subject: from which it is no more on it). ``touched`` are the days on which something reached it within
    the material's period: visits to a household, checks of an item. ``amount`` is what a sum adds up.
    """

    id: int
    number: str
    kind: str
    title: str
    day: date
    for_year: int
    unit_id: int
    entered_on: date
    closed_on: date | None = None
    touched: tuple[date, ...] = ()
    amount: float = 1
    note: str = ""


@dataclass(frozen=True)
class Attended:
    """A session that counts as 学时, and who came. ``by_day`` None: nobody wrote down when it ended, so it counts nothing."""

    id: int
    number: str
    title: str
    held_on: date
    unit_id: int
    kinds: tuple[str, ...]
    entered_on: date
    by_day: tuple[tuple[date, Fraction], ...] | None
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Told:
    """What sessions say beside their kinds, and who came to them."""

    facets: Mapping[int, frozenset[tuple[str, str]]]  # session → (facet, value)
    guests: Mapping[int, int]  # session → how many of its own guests
    came: Mapping[int, frozenset[int]]  # member → sessions
    excused: Mapping[int, frozenset[int]]  # member → sessions of which he was 免于要求
    led: Mapping[int, int] = field(default_factory=dict)  # session → how many of its own led
    spoke: Mapping[int, int] = field(default_factory=dict)  # session → how many of its own spoke


@dataclass(frozen=True)
class Material:
    """Everything figures may ask of one scope and period."""

    unit_id: int
    period: Period
    activities: tuple[ActivityFact, ...]
    people: tuple[PersonFact, ...]
    committee: tuple[PersonFact, ...]
    problems: tuple[ProblemFact, ...]
    attended: tuple[Attended, ...] | None = None  # None: not loaded, since no figure asked for hours
    terms: tuple[TermFact, ...] | None = None  # None: not loaded
    entries: Mapping[str, tuple[EntryFact, ...]] = field(default_factory=dict)  # by row type; what lacks was not loaded
    told: Told | None = None  # None: not loaded, since no figure asked for it

    def of_kinds(self, kinds: tuple[str, ...]) -> Sequence[ActivityFact]:
        """Activities of any of these kinds, by their days; of all when none is named."""
        return self._dated(kinds)[0]

    def held_in(self, kinds: tuple[str, ...], period: Period) -> Sequence[ActivityFact]:
        """Those of them held in these days. Sixty dues ask for the same few kinds, month by month."""
        facts, days = self._dated(kinds)
        return facts[bisect_left(days, period.start) : bisect_right(days, period.end)]

    def _dated(self, kinds: tuple[str, ...]) -> tuple[Sequence[ActivityFact], list[date]]:
        if kinds not in self._of_kinds:
            facts = self._by_kind.get(kinds[0], ()) if len(kinds) == 1 else self._of_any(kinds)
            self._of_kinds[kinds] = facts, [fact.held_on for fact in facts]
        return self._of_kinds[kinds]

    def _of_any(self, kinds: tuple[str, ...]) -> list[ActivityFact]:
        wanted = frozenset(kinds)
        return [fact for fact in self._by_day if not kinds or not wanted.isdisjoint(fact.kinds)]

    def records_in(self, period: Period) -> int:
        """Ledger entries of any kind in these days."""
        return bisect_right(self._days, period.end) - bisect_left(self._days, period.start)

    @cached_property
    def crowded_days(self) -> frozenset[date]:
        """On which more than one session counts as 学时, so that a day's most may be reached."""
        held = Counter(day for session in self.attended or () for day, _ in session.by_day or ())
        return frozenset(day for day, many in held.items() if many > 1)

    @cached_property
    def _of_kinds(self) -> dict[tuple[str, ...], tuple[Sequence[ActivityFact], list[date]]]:
        return {}

    @cached_property
    def _by_kind(self) -> dict[str, list[ActivityFact]]:
        """A dozen figures ask for one kind each: all are sorted out in one walk."""
        found: defaultdict[str, list[ActivityFact]] = defaultdict(list)
        for fact in self._by_day:
            for kind in fact.kinds:
                found[kind].append(fact)
        return found

    @cached_property
    def _by_day(self) -> list[ActivityFact]:
        return sorted(self.activities, key=attrgetter("held_on"))

    @cached_property
    def _days(self) -> list[date]:
        return sorted([fact.held_on for fact in self.activities] + [fact.found_on for fact in self.problems])
