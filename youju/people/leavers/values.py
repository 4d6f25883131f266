"""Plain values of leavers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Leaver:
    """Who belongs nowhere any more. ``due_on``: from when his name is to go; ``held_back``: what must be done before."""

    member_id: int
    name: str
    unit_id: int
    unit_name: str
    left_on: date
    due_on: date
    held_back: str = ""
