"""Plain values of projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How a project stands on a day. 逾期: its last day, or that of a milestone, is over."""

    LATE = "late"
    GOING = "going"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def zh(self) -> str:
        return {"late": "逾期", "going": "进行中", "done": "已完成", "stopped": "中止"}[self]


@dataclass(frozen=True)
class AimDraft:
    """分目标: a name and what it asks (示范学：班子带头)."""

    name: str
    text: str = ""


@dataclass(frozen=True)
class ProjectDraft:
    kind: str
    title: str
    goal: str
    since: date
    until: date | None = None
    owner_id: int | None = None
    business: str = ""
    aims: tuple[AimDraft, ...] = ()
