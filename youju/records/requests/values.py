"""Plain values of requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RequestDraft:
    """What was asked for. ``session_id`` is the visit at which it came up, ``subject_id`` the entry of a register it concerns."""

    text: str
    raised_on: date
    session_id: int | None = None
    subject_id: int | None = None


@dataclass(frozen=True)
class ActionDraft:
    """办理: what will be done, by whom, until when."""

    plan: str
    owner_id: int | None = None
    due_on: date | None = None
