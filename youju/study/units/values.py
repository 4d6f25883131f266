"""Plain values of the year's units of study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: Kinds of sessions as which a unit may be held, in the order in which a drafted year takes turns.
UNIT_KINDS = ("group_study", "seminar", "party_lecture", "online_study", "field_study", "fixed_study_day", "theme_day")
#: Of these a drafted year takes turns: one kind a month.
IN_TURN = ("group_study", "seminar", "group_study", "party_lecture")


class Stage(StrEnum):
    """How a unit stands on a day."""

    LATE = "late"
    NOW = "now"
    AHEAD = "ahead"
    DONE = "done"

    @property
    def zh(self) -> str:
        return {"late": "过了时间还没学", "now": "正在时段里", "ahead": "还没到", "done": "已学"}[self]


@dataclass(frozen=True)
class UnitDraft:
    """What is written of one unit. It speaks of a topic, of materials, or of both."""

    title: str
    starts_on: date
    ends_on: date
    kind: str = "group_study"
    topic_id: int | None = None
    source_ids: tuple[int, ...] = ()
    leader_id: int | None = None


@dataclass(frozen=True)
class Asked:
    """What would fulfil a unit: its days, its materials, its topic with all that stands under it."""

    starts_on: date
    ends_on: date
    source_ids: frozenset[int]
    topic_ids: frozenset[int]


@dataclass(frozen=True)
class Learned:
    """A session, or a reading of one's own, in what a unit asks of it."""

    day: date
    source_ids: frozenset[int]
    topic_ids: frozenset[int]


@dataclass(frozen=True)
class Seat:
    """How one member stood in one session that fulfils a unit."""

    member_id: int
    came: bool
    expected: bool  # on its roster, and not 免于要求


@dataclass(frozen=True)
class MadeUp:
    """补学: who was away, and the day on which he caught up, if he has."""

    member_id: int
    on: date | None
