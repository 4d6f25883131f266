"""Plain values of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    LATE = "late"
    OPEN = "open"
    DONE = "done"

    @property
    def zh(self) -> str:
        return {"late": "逾期", "open": "进行中", "done": "已落实"}[self]


@dataclass(frozen=True)
class TaskDraft:
    """One task under its resolution. ``task_id`` names the one that stands already; without words it is dropped."""

    text: str
    owner_id: int | None = None
    due_on: date | None = None
    task_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Under which resolution a task stands: the positions of the item and of the resolution."""

    item: int
    resolution: int
