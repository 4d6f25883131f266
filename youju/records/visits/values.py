"""Plain values of visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: The topic under which a visit written on the phone keeps what was heard.
HEARD = "听到的情况"


@dataclass(frozen=True)
class VisitDraft:
    """记一户: who was visited, when, who went, what was said."""

    subject_id: int
    day: date
    member_ids: tuple[int, ...]
    said: str = ""
    place: str = ""


@dataclass(frozen=True)
class Reach:
    """How one entry of a register was reached in a period: the days, earliest first."""

    subject_id: int
    days: tuple[date, ...]
