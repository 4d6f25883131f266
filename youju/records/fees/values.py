"""Plain values of 党费."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FeeState(StrEnum):
    PAID = "paid"
    UNPAID = "unpaid"
    EXEMPT = "exempt"

    @property
    def zh(self) -> str:
        return {"paid": "已交", "unpaid": "未交", "exempt": "免交"}[self]


@dataclass(frozen=True)
class FeeRow:
    """One member in the sheet of a year. ``states`` has a place for each month: None where nothing was marked.

    ``expected`` says in which months he belonged to the unit, so that an empty place is a gap only there.
    """

    member_id: int
    name: str
    unit_name: str
    states: tuple[FeeState | None, ...]
    expected: tuple[bool, ...]


@dataclass(frozen=True)
class FeeSheet:
    """The sheet of a unit and year; ``revisions`` by month, 0 where nothing was marked."""

    year: int
    rows: tuple[FeeRow, ...]
    revisions: tuple[int, ...]
