"""Plain values of the year's units of study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youju.kit.periods import Period

#: Kinds of sessions as which a unit may be held, in the order in which a drafted year takes turns.
UNIT_KINDS = ("group_study", "seminar", "party_lecture", "online_study", "field_study", "fixed_study_day", "theme_day")


class Pace(StrEnum):
    """How a drafted year is cut up."""

    MONTHLY = "month"
    WEEKLY = "week"

    @property
    def zh(self) -> str:
        return {"month": "按月", "week": "按周"}[self]

    def spans(self, year: int) -> tuple[Period, ...]:
        """The days of each unit: the twelve months, or the 52 or 53 weeks."""
        return Period.year(year).months() if self is Pace.MONTHLY else _weeks(year)


def _weeks(year: int) -> tuple[Period, ...]:
    """Monday to Sunday; days of the year in a week that is mostly another year's go with the week beside them."""
    last = date(year, 12, 28).isocalendar().week
    whole = Period.year(year)
    return tuple(
        Period(
            whole.start if week == 1 else date.fromisocalendar(year, week, 1),
            whole.end if week == last else date.fromisocalendar(year, week, 7),
        )
        for week in range(1, last + 1)
    )


#: Kind and 活动形式 in turn, as a drafted year goes through them.
IN_TURN: dict[Pace, tuple[tuple[str, str], ...]] = {
    Pace.MONTHLY: (
        ("group_study", "together"), ("seminar", "round_table"), ("group_study", "watching"), ("party_lecture", ""),
    ),
    Pace.WEEKLY: (
        ("group_study", "together"), ("online_study", "by_oneself_online"), ("group_study", "watching"),
        ("seminar", "round_table"),
    ),
}  # fmt: skip


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
    form: str = ""  # 活动形式, of those a record may name
    above_id: int | None = None  # what a unit above asks, and this one fulfils


@dataclass(frozen=True)
class Wanted:
    """What a unit above asks, in the words of a ledger: its topic by the tree, its material by the register."""

    point_id: int
    title: str
    days: Period
    topic_id: int | None
    source_ids: tuple[int, ...]
    text: str = ""  # its material by name, which is entered when it is taken over

    @property
    def found(self) -> bool:
        """Whether a unit can be made of it as it is."""
        return bool(self.topic_id or self.source_ids or self.text)


@dataclass(frozen=True)
class Asked:
    """What would fulfil a unit: its days, its materials, its topic with all that stands under it."""

    starts_on: date
    ends_on: date
    source_ids: frozenset[int]
    topic_ids: frozenset[int]


@dataclass(frozen=True)
class Learned:
    """A session, a reading of one's own, or what was brought to him, in what a unit asks of it."""

    day: date
    source_ids: frozenset[int]
    topic_ids: frozenset[int]  # those it names
    placed_ids: frozenset[int] = frozenset()  # those at which its materials stand


@dataclass(frozen=True)
class Seat:
    """How one member stood in one session that fulfils a unit."""

    member_id: int
    day: date
    came: bool
    expected: bool  # on its roster, and not 免于要求


@dataclass(frozen=True)
class MadeUp:
    """补学: who was away, and the day on which he caught up, if he has."""

    member_id: int
    on: date | None
