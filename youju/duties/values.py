"""Plain values: dated facts of a unit, what is owed, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from youju.duties.rulebook import Rule, UnitRule
from youju.figures.values import Answer
from youju.kit.periods import QUARTER_NAMES, Period
from youju.people.terms.values import TermFact
from youju.records.talks.values import Need


class Status(StrEnum):
    """How a due stands on a day."""

    DONE = "done"
    PART = "part"
    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    WAIVED = "waived"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"  # before the ledger begins: nothing can be said, and that is not a miss

    @property
    def zh(self) -> str:
        return STATUS_ZH[self]


STATUS_ZH = {
    Status.DONE: "已办",
    Status.PART: "办了一部分",
    Status.PLANNED: "已排期",
    Status.OPEN: "待办",
    Status.LATE: "逾期",
    Status.WAIVED: "已豁免",
    Status.NOT_YET: "未到期",
    Status.UNKNOWN: "无记录",
}
SETTLED = frozenset({Status.DONE, Status.WAIVED})
REPEATED = frozenset({"monthly", "quarterly", "half_yearly", "yearly"})
TO_DO = frozenset({Status.PART, Status.PLANNED, Status.OPEN})


@dataclass(frozen=True)
class Days:
    """From ``since`` up to, not including, ``until``; None is open."""

    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def common(self, other: Days) -> Days | None:
        """The days of both; None when there is none."""
        since = max((day for day in (self.since, other.since) if day is not None), default=None)
        until = min((day for day in (self.until, other.until) if day is not None), default=None)
        return None if since is not None and until is not None and since >= until else Days(since, until)

    def clipped(self, period: Period) -> tuple[date, int] | None:
        """The first day within the period and how many there are; None when there is none."""
        first = max(self.since or period.start, period.start)
        last = min((self.until or date.max) - timedelta(days=1), period.end)
        return (first, (last - first).days + 1) if first <= last else None


@dataclass(frozen=True)
class Dated:
    """A person or a group, with the days on which it counts."""

    id: int
    name: str
    days: tuple[Days, ...]
    target: int | None = None  # what is owed of this one, when it is not the same for all
    note: str = field(default="", compare=False)  # how it stands with this one: 差6学时

    def on(self, day: date) -> bool:
        return any(span.on(day) for span in self.days)

    def within(self, period: Period) -> int:
        """How many days of the period it counts."""
        spans = [span for span in (days.clipped(period) for days in self.days) if span]
        if len(spans) == 1:  # nearly everybody: no need to look at single days
            return spans[0][1]
        return len({start + timedelta(days=n) for start, days in spans for n in range(days)})

    def through(self, period: Period) -> bool:
        """On the first and on the last day of the period."""
        return self.on(period.start) and self.on(period.end)


@dataclass(frozen=True)
class Choice:
    """A unit's own word on one rule: from ``since`` on it holds, or it does not."""

    rule_id: str
    on: bool
    since: date
    basis: str = ""


@dataclass(frozen=True)
class Version:
    """A rule that a unit made for itself and all under it, as it stood over some days."""

    rule: UnitRule
    days: Days
    unit_id: int


@dataclass(frozen=True)
class UnitFacts:
    """What decides which rules bind a branch, day by day."""

    unit_id: int
    open: Days = Days()
    members: tuple[Dated, ...] = ()
    formal: tuple[Dated, ...] = ()
    committee: tuple[Dated, ...] = ()
    groups: tuple[Dated, ...] = ()
    choices: tuple[Choice, ...] = ()
    terms: tuple[TermFact, ...] = ()  # earliest first
    versions: tuple[Version, ...] = ()  # of the rules made here or above, earliest first
    elsewhere: Mapping[int, tuple[Days, ...]] = field(default_factory=dict)  # member → when he belonged to another unit
    exempt: Mapping[int, tuple[date, ...]] = field(default_factory=dict)  # member → days on which he was 免于要求
    exempt_years: Mapping[int, frozenset[int]] = field(default_factory=dict)  # member → years through which he was

    def temporary_on(self, day: date) -> bool:
        """临时党支部: a unit that says nothing is none."""
        begun = [term for term in self.terms if term.since <= day]
        return bool(begun) and begun[-1].temporary

    def committee_on(self, day: date) -> bool:
        """A committee has three members at least (《支部工作条例》 20); a secretary alone is none."""
        return sum(person.on(day) for person in self.committee) >= 3

    def groups_on(self, day: date) -> bool:
        return any(group.on(day) for group in self.groups)

    def formal_enough(self, number: int, day: date) -> bool:
        """Whether there are as many formal members."""
        return sum(person.on(day) for person in self.formal) >= number

    def choice_on(self, rule_id: str, day: date) -> Choice | None:
        """The last word that was in force on the day."""
        if not self.choices:  # so it is with most, and each due asks three times
            return None
        said = [choice for choice in self.choices if choice.rule_id == rule_id and choice.since <= day]
        return max(said, key=lambda choice: choice.since, default=None)


@dataclass(frozen=True)
class Due:
    """一次应做: what, on what ground, for which period, by when, and which form settles it.

    It says by itself how it is to be judged, whatever it comes from: a rule, a plan line, a notice, a measure, a task.
    """

    source: str  # rule · plan · notice · measure · task · milestone · campaign_task · item · request
    source_id: str  # id of the rule, or of the row it comes from
    title: str
    basis: str
    period: Period
    opens_on: date
    owed_by: date
    unit_id: int
    verb: str
    label: str = ""  # the name where there is little room
    rule: Rule | None = None
    rhythm: str = "once"  # monthly · quarterly · half_yearly · yearly · state · once
    each: int = 1  # how many are wanted: of every part, or in all
    over: str = "own"  # own · each_group · each_member
    kinds: tuple[str, ...] = ()  # a session of these serves it
    window: int | None = None  # the quarter in which it is usually held
    hours: bool = False  # asked in 学时 of each member
    grace: bool = False  # the meeting of a year may be held in the next
    soft: bool = False
    parts: tuple[Dated, ...] = ()  # every group or member it is owed of; empty: the unit as a whole
    note: str = ""

    def laid_on(self, unit_id: int, parts: tuple[Dated, ...]) -> Due:
        """The same, owed by this unit.

        Copied whole: ``replace`` hands over two dozen values one by one, and each of 100,000 units owes some forty dues.
        """
        other = Due.__new__(Due)
        other.__dict__.update(self.__dict__, unit_id=unit_id, parts=parts)
        return other

    @property
    def key(self) -> str:
        """rule/theme_day/2026-11, measure/34: the same due has the same key in every listing."""
        repeated = "" if self.rhythm == "once" and self.source != "rule" else f"/{self.code}"
        return f"{self.source}/{self.source_id}{repeated}"

    @property
    def ends(self) -> date | None:
        """With its first day this tells the periods of a rule apart. The last day of a state or a term may still move."""
        return self.period.end if self.rhythm in REPEATED else None

    @property
    def state(self) -> bool:
        """Not a number of times but a state, such as having a committee."""
        return self.rhythm == "state"

    @property
    def target(self) -> int:
        if not self.parts:
            return self.each
        return sum(self.each if part.target is None else part.target for part in self.parts)

    @property
    def code(self) -> str:
        """The period as an address says it: 2026-11, 2026-Q3, 2026. What is owed once has the year it is owed in."""
        return f"{self.owed_by.year}" if self.rhythm == "once" else period_code(self.period)

    @property
    def when(self) -> str:
        """The period in few words: 11月, 第三季度, 上半年, 2026年."""
        start = self.period.start
        if self.period == Period.month(start.year, start.month):
            return f"{start.month}月"
        if self.period == Period.quarter(start.year, (start.month + 2) // 3):
            return f"第{QUARTER_NAMES[(start.month - 1) // 3]}季度"
        if self.period == Period.half(start.year, half_of(self.period)):
            return "上半年" if half_of(self.period) == 1 else "下半年"
        return f"{start.year}年"


def half_of(period: Period) -> int:
    """The half of the year a period begins in: 1 or 2."""
    return 1 if period.start.month <= 6 else 2


@lru_cache(maxsize=1000)
def period_code(period: Period) -> str:
    start = period.start
    if period == Period.month(start.year, start.month):
        return f"{start.year}-{start.month:02d}"
    quarter = (start.month + 2) // 3
    if period == Period.quarter(start.year, quarter):
        return f"{start.year}-Q{quarter}"
    if period == Period.half(start.year, half_of(period)):
        return f"{start.year}-H{half_of(period)}"
    return f"{start.year}"


@dataclass(frozen=True)
class Planned:
    """A session that is planned: 已排期 is not yet 已办."""

    id: int
    number: str
    title: str
    kinds: tuple[str, ...]
    unit_id: int
    starts_at: datetime
    day: date
    place: str = ""


@dataclass(frozen=True)
class Waived:
    """豁免 with its reason and basis."""

    reason: str
    basis: str


@dataclass(frozen=True)
class Around:
    """What else a standing looks at beside the answer."""

    planned: tuple[Planned, ...] = ()
    waived: Waived | None = None
    reach: Mapping[int, frozenset[int]] = field(default_factory=dict)  # record → the members it reached
    ledger_since: date | None = date.min  # first month with a record; None: the ledger is empty
    told: bool = True  # with its day, its sentence and the values a form begins with; a score is never read aloud
    short: Mapping[int, tuple[Need, ...]] | None = None  # of talks: member → what is still owed of him


@dataclass(frozen=True)
class Standing:
    """状态 of one due on one day. Quotable: it carries its Answer, and the due its rule."""

    due: Due
    on: date
    status: Status
    done: int
    answer: Answer | None = None
    day: date | None = None  # of the act that settled it, or of the one planned
    sentence: str = ""
    missing: tuple[Dated, ...] = ()
    planned: Planned | None = None
    waived: Waived | None = None
    initial: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> int:
        return self.due.target

    @property
    def days_late(self) -> int:
        return max(0, (self.on - self.due.owed_by).days)

    @property
    def days_left(self) -> int:
        return (self.due.owed_by - self.on).days
