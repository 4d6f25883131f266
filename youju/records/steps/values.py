"""Plain values of steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StepDraft:
    """A step as it is set. ``due_on`` None: nothing is owed by a day."""

    text: str
    due_on: date | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Pace:
    """How steps stand together on a day."""

    total: int
    done: int
    late: int
    next_due: date | None

    @property
    def to_do(self) -> int:
        return self.total - self.done
