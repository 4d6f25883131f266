"""Plain values of notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LONGEST_TITLE, LONGEST_TEXT, LONGEST_BASIS, LONGEST_REASON = 80, 500, 120, 200
MOST_CHOSEN = 200  # a longer list is a subtree; a write never touches more units than this


@dataclass(frozen=True)
class NoticeDraft:
    """What the unit above types. ``unit_ids`` empty: every branch below it, those opened later included."""

    title: str
    text: str
    due_on: date
    basis: str = ""
    kinds: tuple[str, ...] = ()
    unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counted:
    """How far a notice has come."""

    reached: int
    replied: int

    @property
    def missing(self) -> int:
        return max(0, self.reached - self.replied)
