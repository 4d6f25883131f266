"""Plain values of a plan: its lines, where each came from, how often and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from youju.kit.periods import Period

#: Meetings that may adopt a branch's plan. Units above a branch have no such kinds of their own; there any record may.
ADOPTING_KINDS = ("committee_meeting", "party_meeting")
MOST_LINES = 80


class Status(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"

    @property
    def zh(self) -> str:
        return {"draft": "草拟", "adopted": "已通过"}[self]


class Source(StrEnum):
    """Where a line came from."""

    RULE = "rule"
    PROBLEM = "problem"
    SUPERIOR = "superior"
    LAST = "last"
    OWN = "own"

    @property
    def zh(self) -> str:
        return SOURCES_ZH[self]

    @property
    def heading(self) -> str:
        """The group a line of this source stands in until somebody says otherwise."""
        return HEADINGS[self]


SOURCES_ZH = {
    Source.RULE: "规则",
    Source.PROBLEM: "未完成的问题",
    Source.SUPERIOR: "上级要点",
    Source.LAST: "上年计划",
    Source.OWN: "自定",
}
HEADINGS = {
    Source.RULE: "组织生活",
    Source.PROBLEM: "问题整改",
    Source.SUPERIOR: "上级部署",
    Source.LAST: "重点工作",
    Source.OWN: "重点工作",
}


class Rhythm(StrEnum):
    """How often: in every part of the year, in the months named, or once by a day."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    MONTHS = "months"
    DAY = "day"

    @property
    def zh(self) -> str:
        return RHYTHMS_ZH[self]

    def periods(self, year: int, months: tuple[int, ...], by_day: date | None) -> tuple[Period, ...]:
        whole = Period.year(year)
        if self is Rhythm.MONTHLY:
            return whole.months()
        if self is Rhythm.QUARTERLY:
            return whole.quarters()
        if self is Rhythm.HALF_YEARLY:
            return (Period.half(year, 1), Period.half(year, 2))
        if self is Rhythm.MONTHS:
            return tuple(Period.month(year, month) for month in months)
        return (Period(whole.start, by_day),) if self is Rhythm.DAY and by_day else (whole,)


RHYTHMS_ZH = {
    Rhythm.MONTHLY: "每月",
    Rhythm.QUARTERLY: "每季度",
    Rhythm.HALF_YEARLY: "每半年",
    Rhythm.YEARLY: "全年",
    Rhythm.MONTHS: "指定月份",
    Rhythm.DAY: "指定日期前",
}


@dataclass(frozen=True)
class LineDraft:
    """One line as a form hands it in. ``id`` names the line it changes; without one it is new."""

    title: str
    heading: str = ""
    source: Source = Source.OWN
    source_note: str = ""
    rule_id: str = ""
    problem_id: int | None = None
    above_id: int | None = None  # the line of a unit above that is carried out here
    figure: str = ""
    target: int | None = None
    rhythm: Rhythm = Rhythm.YEARLY
    months: tuple[int, ...] = ()
    by_day: date | None = None
    owner_id: int | None = None
    note: str = ""
    for_below: bool = False  # 下发: units below are offered it for their own plans
    id: int | None = None


@dataclass(frozen=True)
class Carried:
    """The problem a line came from: what settles it is its closing, and dated measures are owed by themselves."""

    number: str
    closed_on: date | None
    has_dated_measures: bool


@dataclass(frozen=True)
class Line:
    """A line as rules look at it."""

    id: int
    year: int
    title: str
    heading: str
    source: Source
    source_note: str
    rule_id: str
    figure: str
    target: int
    rhythm: Rhythm
    months: tuple[int, ...]
    by_day: date | None
    owner_id: int | None
    owner_name: str
    note: str
    for_below: bool = False
    problem: Carried | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.rhythm.periods(self.year, self.months, self.by_day)


@dataclass(frozen=True)
class OpenMeasure:
    text: str
    due_on: date | None
    owner_id: int | None


@dataclass(frozen=True)
class OpenProblem:
    """A problem that is not closed, with the measures still to be carried out."""

    id: int
    number: str
    title: str
    measures: tuple[OpenMeasure, ...] = ()


@dataclass(frozen=True)
class Point:
    """上级要点: a line that a unit above has adopted and marked 下发."""

    line: Line
    unit_name: str


@dataclass(frozen=True)
class Proposal:
    """A line that is offered, with the words in which it says why."""

    key: str  # rule:theme_day, problem:12, superior:34, last:56
    draft: LineDraft
    why: str


@dataclass(frozen=True)
class Taken:
    """What a plan has already, so that nothing is offered twice."""

    rules: frozenset[str] = frozenset()
    problems: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offer:
    """What a plan may start from."""

    proposals: Mapping[Source, tuple[Proposal, ...]] = field(default_factory=dict)

    def named(self, keys: frozenset[str]) -> tuple[LineDraft, ...]:
        """The drafts with these keys, in the order in which they were offered."""
        return tuple(p.draft for found in self.proposals.values() for p in found if p.key in keys)

    @property
    def count(self) -> int:
        return sum(map(len, self.proposals.values()))
