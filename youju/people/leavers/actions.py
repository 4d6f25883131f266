"""Keeping the report of a forgetting. The journal's own line is written where the name goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from youju.people.leavers.models import Forgetting


def keep_report(
    *,
    member_number: int,
    unit_id: int,
    left_on: date,
    removed: Sequence[tuple[str, int]],
    stays: Sequence[tuple[str, int, str]],
    by_hand: Sequence[str],
    at: datetime,
) -> Forgetting:
    """遗忘报告, inside the transaction that forgets."""
    return Forgetting.objects.create(
        member_number=member_number, unit_id=unit_id, left_on=left_on, at=at, removed=list(map(list, removed)),
        stays=list(map(list, stays)), by_hand=list(by_hand),
    )  # fmt: skip
