"""Questions about requests for a correction."""

from __future__ import annotations

from django.db.models import QuerySet

from youju.kit.zone import local_day
from youju.people.corrections.models import Correction
from youju.people.members.models import Member
from youju.people.units.models import Unit
from youju.people.written_once import Rows, rows_once, written_once

ABOUT_HIMSELF = "本人情况"


def open_count(unit: Unit) -> int:
    """How many wait for an answer of this unit."""
    return sum(1 for _ in _open(unit.pk))


@written_once
def _open(unit: int) -> Rows:
    return Correction.objects.open().filter(unit_id=unit).values_list("pk")


def corrections_of(unit: Unit) -> list[Correction]:
    """What was asked of a unit: the open ones first, the longest waiting on top; then the answered, latest first."""
    rows = list(Correction.objects.filter(unit=unit).select_related("member").order_by("pk"))
    waiting = [row for row in rows if row.answered_at is None and row.member.forgotten_at is None]
    answered = [row for row in rows if row.answered_at is not None]
    return waiting + sorted(answered, key=lambda row: (row.answered_at, row.pk), reverse=True)


@rows_once
def _asked_by(member: int) -> QuerySet[Correction]:
    return Correction.objects.filter(member_id=member).order_by("asked_at", "pk")


@rows_once
def waiting_of(member: int) -> QuerySet[Correction]:
    """What a member asked that nobody has answered yet."""
    return Correction.objects.open().filter(member_id=member)


def about(member: Member) -> dict[str, object]:
    """Everything a member asked, with its answer."""
    return {
        "更正请求": [
            {
                "提出": local_day(row.asked_at),
                "关于": row.record or ABOUT_HIMSELF,
                "哪里不对": row.text,
                "处理": row.get_outcome_display() or "待答复",
                "答复": row.answer,
            }
            for row in _asked_by(member.pk)
        ]
    }
