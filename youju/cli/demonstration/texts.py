"""The texts of the demonstration as data, held to a schema; a fault names file, line and key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from youju.kit.schema import Strict, validated
from youju.records.facets.values import Facets

HERE = Path(__file__).parent
FIRST_YEAR = 2022
T = TypeVar("T")


class Entry(Strict):
    """One session as it would stand in the ledger. ``agenda`` is item → what was said; ``decision`` ends the last item."""

    title: str
    place: str = ""  # filled when it was held elsewhere
    agenda: dict[str, str] = {}
    decision: str = ""
    outcome: str = ""
    forms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    business: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()  # what was studied: 《名称》篇目
    masses: int = 0  # how many of the public were there

    @property
    def facets(self) -> Facets:
        return Facets(self.forms, self.topics, self.groups, self.business)


class Matter(Strict):
    """One matter before a committee."""

    title: str
    note: str
    decision: str = ""


class Fix(Strict):
    """A measure: ``done`` is the proof that is written when it has been carried out."""

    text: str
    owner: str
    month: int
    done: str


class Trouble(Strict):
    title: str
    cause: str
    fixes: tuple[Fix, ...]
    note: str = ""


class Themes(Strict):
    months: dict[int, tuple[Entry, ...]]


class Studies(Strict):
    fixed: tuple[Entry, ...]
    group: tuple[Entry, ...]
    seminars: tuple[Entry, ...]


class Meetings(Strict):
    first_topics: tuple[Matter, ...]
    committee: dict[int, tuple[Matter, ...]]
    ideology: tuple[Matter, ...]
    party: dict[int, tuple[Entry, ...]]
    groups: tuple[Entry, ...]
    deployment: tuple[Entry, ...]
    org_life: tuple[Entry, ...]
    special_life: tuple[Entry, ...]
    self_checks: tuple[Entry, ...]


class Fieldwork(Strict):
    lectures: dict[int, tuple[Entry, ...]]
    member_days: dict[int, tuple[Entry, ...]]
    visits: tuple[Entry, ...]
    research: tuple[Entry, ...]
    outreach: tuple[Entry, ...]
    training: tuple[Entry, ...]
    volunteer: tuple[Entry, ...]
    warning: tuple[Entry, ...]


class Troubles(Strict):
    """Problems by year of the cycle: named at the appraisal, and found by the branch itself."""

    appraisal: tuple[tuple[Trouble, ...], ...]
    found: tuple[tuple[Trouble, ...], ...]


class Branch(Strict):
    """A smaller branch in one file: pools by kind, and its problems."""

    first_topics: tuple[Matter, ...] = ()
    matters: tuple[Matter, ...] = ()
    pools: dict[str, tuple[Entry, ...]]
    found: tuple[tuple[Trouble, ...], ...]


class UnitText(Strict):
    key: str
    above: str | None = None
    kind: Literal["committee", "branch", "group"]
    name: str
    short_name: str
    code: str
    opened_on: date


class Change(Strict):
    """A change of standing or a leaving, and the day it was entered (approval takes its time)."""

    day: date
    recorded: date
    to: Literal["formal", "out"]


class Person(Strict):
    name: str
    unit: str
    since: date
    recorded: date | None = None
    standing: Literal["formal", "probationary"] = "formal"
    changes: tuple[Change, ...] = ()
    away: int = 4  # of a hundred sessions, how many he asks leave for
    why: Literal["duty", "sick", "personal", "away", "other"] = "duty"
    exempt_since: date | None = None


class Office(Strict):
    unit: str
    title: str
    name: str
    since: date
    until: date | None = None


class Account(Strict):
    username: str
    name: str
    unit: str
    role: str
    member: bool = True
    link: str = ""  # how the sign-in link is called; empty when none is printed


class People(Strict):
    units: tuple[UnitText, ...]
    people: tuple[Person, ...]
    offices: tuple[Office, ...]
    accounts: tuple[Account, ...]


@cache
def people() -> People:
    return validated(HERE / "people.yaml", People)[0]


@cache
def themes() -> Themes:
    return validated(HERE / "themes.yaml", Themes)[0]


@cache
def studies() -> Studies:
    return validated(HERE / "studies.yaml", Studies)[0]


@cache
def meetings() -> Meetings:
    return validated(HERE / "meetings.yaml", Meetings)[0]


@cache
def fieldwork() -> Fieldwork:
    return validated(HERE / "fieldwork.yaml", Fieldwork)[0]


@cache
def troubles() -> Troubles:
    return validated(HERE / "troubles.yaml", Troubles)[0]


@cache
def branch(name: str) -> Branch:
    return validated(HERE / f"{name}.yaml", Branch)[0]


def of_year(pool: Sequence[T], year: int, number: int, *, a_year: int) -> T:
    """The ``number``-th (from 0) text of a year: nothing comes twice in a year while the pool is that long."""
    return pool[((year - FIRST_YEAR) * a_year + number) % len(pool)]
