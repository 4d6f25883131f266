"""Plain values of talks: who there was, who talked with whom and when, and what is owed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

KIND = "heart_talk"


class Requirement(StrEnum):
    """What is asked each year (《支部工作条例》 19): 委员之间, 委员和党员之间, 党员和党员之间."""

    COMMITTEE = "committee"
    WITH_COMMITTEE = "with_committee"
    MEMBERS = "members"

    @property
    def zh(self) -> str:
        return {"committee": "委员之间", "with_committee": "委员与党员", "members": "党员之间"}[self]

    @property
    def says(self) -> str:
        return {
            "committee": "委员两两之间，每年至少谈一次",
            "with_committee": "每名党员至少与一名委员谈一次",
            "members": "每名党员至少与一名党员谈一次",
        }[self]


ALL = frozenset(Requirement)
Spans = tuple[tuple[date | None, date | None], ...]  # from the first up to, not including, the second


@dataclass(frozen=True)
class Person:
    """A member with the days on which he belonged to the branch, or sat on its committee."""

    id: int
    spans: Spans

    def on(self, day: date) -> bool:
        return any((since is None or since <= day) and (until is None or day < until) for since, until in self.spans)


@dataclass(frozen=True)
class Talk:
    """One talk that was held: who took part. ``chair`` is among them."""

    day: date
    people: frozenset[int]
    chair: int | None = None


class Standing(StrEnum):
    """Whether a member is asked in a year, and if not, why."""

    OWED = "owed"
    CAME = "came"
    LEFT = "left"
    EXEMPT = "exempt"

    @property
    def zh(self) -> str:
        return {"owed": "", "came": "年内转入，本年不作要求", "left": "年内转出，不再要求", "exempt": "免于要求"}[self]


@dataclass(frozen=True)
class Need:
    """One thing owed: a pair of the committee, or one member. ``days`` are those on which it was met."""

    requirement: Requirement
    who: tuple[int, ...]
    days: tuple[date, ...] = ()

    @property
    def met(self) -> bool:
        return bool(self.days)


@dataclass(frozen=True)
class Year:
    """A branch's talks of a year: all that is owed, and how it stands with each person."""

    needs: tuple[Need, ...]
    met: Mapping[frozenset[int], tuple[date, ...]]  # pair → days
    standing: Mapping[int, Standing] = field(default_factory=dict)
    committee: tuple[int, ...] = ()  # who is asked as one of the committee

    def of(self, requirement: Requirement) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.requirement is requirement)

    @property
    def short(self) -> dict[int, tuple[Need, ...]]:
        """Whom something is still owed of, and what; a pair stands with both."""
        found: dict[int, tuple[Need, ...]] = {}
        for need in self.needs:
            if not need.met:
                for who in need.who:
                    found[who] = (*found.get(who, ()), need)
        return found
