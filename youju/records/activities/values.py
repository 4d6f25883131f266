"""Plain values of activities: what a form hands in and what a record says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from youju.records.facets.values import NO_FACETS, Facets
from youju.records.followups.values import TaskDraft
from youju.records.sources.values import Said


class Status(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    FILED = "filed"
    CANCELLED = "cancelled"
    REMOVED = "removed"

    @property
    def zh(self) -> str:
        return {"planned": "排期", "held": "已开", "filed": "归档", "cancelled": "取消", "removed": "已删除"}[self]


HAPPENED = (Status.HELD, Status.FILED)


class Attendance(StrEnum):
    """How a person stands on the roster of one session."""

    PRESENT = "present"
    LATE = "late"
    LEAVE = "leave"
    ABSENT = "absent"
    EXEMPT = "exempt"

    @property
    def zh(self) -> str:
        return {"present": "到", "late": "迟到", "leave": "请假", "absent": "缺席", "exempt": "免于要求"}[self]


CAME = (Attendance.PRESENT, Attendance.LATE)


class LeaveCategory(StrEnum):
    """Why leave was asked for: a category, never a diagnosis."""

    DUTY = "duty"
    SICK = "sick"
    PERSONAL = "personal"
    AWAY = "away"
    OTHER = "other"

    @property
    def zh(self) -> str:
        return {"duty": "公出", "sick": "病假", "personal": "事假", "away": "外出流动", "other": "其他"}[self]


class ItemKind(StrEnum):
    ORDINARY = "ordinary"
    FIRST_TOPIC = "first_topic"

    @property
    def zh(self) -> str:
        return {"ordinary": "议题", "first_topic": "第一议题"}[self]


@dataclass(frozen=True)
class RosterEntry:
    """One person on the roster as the clerk marked him."""

    member_id: int
    attendance: Attendance = Attendance.PRESENT
    leave_category: LeaveCategory | None = None
    led: bool = False  # 领学
    spoke: bool = False  # 发言; that he did, and never what he said


@dataclass(frozen=True)
class ResolutionDraft:
    """A decision with its tally; ``rule`` is an id of vote_rules.yaml. Tallies only, never who voted how.

    ``written_yes`` are written opinions handed in before the meeting (admissions only).
    """

    text: str
    rule: str = "ordinary"
    yes: int | None = None
    no: int = 0
    abstain: int = 0
    written_yes: int = 0
    tasks: tuple[TaskDraft, ...] = ()  # what it leaves to be done


@dataclass(frozen=True)
class AgendaDraft:
    title: str
    note: str = ""
    kind: ItemKind = ItemKind.ORDINARY
    resolutions: tuple[ResolutionDraft, ...] = ()


class GuestKind(StrEnum):
    """As what somebody takes part who is not on the roster."""

    SITTING_IN = "sitting_in"
    INVITED = "invited"
    LEAGUE = "league"
    MASSES = "masses"

    @property
    def zh(self) -> str:
        return {"sitting_in": "列席", "invited": "特邀", "league": "团员", "masses": "群众"}[self]


@dataclass(frozen=True)
class GuestDraft:
    """Guests outside 应到: one by name, or some by number alone. The name is a word and never a member."""

    kind: GuestKind = GuestKind.SITTING_IN
    name: str = ""
    unit: str = ""
    count: int = 1
    lectured: bool = False  # 授课: the expert who was asked in


@dataclass(frozen=True)
class PlanDraft:
    """A session to come: kinds, time, place and a draft agenda, and nothing that has not happened yet."""

    kinds: tuple[str, ...]
    title: str
    starts_at: datetime
    place: str = ""
    agenda: tuple[AgendaDraft, ...] = ()


@dataclass(frozen=True)
class ActivityDraft:
    """What the clerk hands in about one activity. ``for_year`` None means the year it was held in."""

    kinds: tuple[str, ...]
    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    chair_id: int | None = None
    recorder_id: int | None = None
    lecturer_id: int | None = None
    for_year: int | None = None
    roster: tuple[RosterEntry, ...] = ()
    agenda: tuple[AgendaDraft, ...] = ()
    outcome: str = ""
    joining_unit_ids: tuple[int, ...] = ()
    guests: tuple[GuestDraft, ...] = ()
    facets: Facets = NO_FACETS
    studied: tuple[Said, ...] = ()
    dropped_task_ids: tuple[int, ...] = ()  # emptied together with the resolution they stood under
    transcribed_from: str = field(default="")  # book and pages, for back years 转录自纸质台账


@dataclass(frozen=True)
class Expected:
    """A person who may stand on the roster of a session on that day, and how he counts there."""

    member_id: int
    name: str
    unit_id: int
    unit_name: str
    votes: bool
    probationary: bool
    counts: bool = True  # towards 应到; a member who sits in on the committee does not
