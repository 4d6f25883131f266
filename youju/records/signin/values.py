"""Plain values of sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = 30  # seconds a code on the screen stands
PAST_STEPS = 2  # codes already gone from the screen that still count: a slow phone needs them
LATE_AFTER = 10  # minutes, until a unit says otherwise
MOST_LATE_AFTER = 120


@dataclass(frozen=True)
class Choice:
    """What a unit has chosen; nothing chosen is off."""

    on: bool = False
    late_after: int = LATE_AFTER


@dataclass(frozen=True)
class Sheet:
    """The list of one session, open or closed; ``late_after`` as it was when the list was opened."""

    session_id: int
    starts_at: datetime
    late_after: int
    opened_at: datetime
    closed_at: datetime | None

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def late_from(self) -> datetime:
        """Who signs after this moment is late."""
        return self.starts_at + timedelta(minutes=self.late_after)


@dataclass(frozen=True)
class Person:
    """Who may sign in to a session, as the phone shows him."""

    member_id: int
    name: str
    unit_id: int
    unit_name: str


@dataclass(frozen=True)
class Signature:
    """Who has signed in, and when."""

    member_id: int
    name: str
    at: datetime
    late: bool
    for_other: bool
