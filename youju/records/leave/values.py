"""Plain values of leave asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from youju.records.activities.values import LeaveCategory


@dataclass(frozen=True)
class Asked:
    """One person's leave from one session, as it stands."""

    id: int
    member_id: int
    name: str
    category: LeaveCategory
    asked_at: datetime
    by_himself: bool  # False: the clerk wrote it down for him
