"""Questions about requests."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.models import Session
from youju.records.requests.models import Request


def requests_of(unit: Unit, *, year: int | None = None) -> list[Request]:
    """The requests in a unit's own list; of a year: raised in it, or still open when it began."""
    rows = Request.objects.filter(unit=unit).select_related("owner", "subject__place", "session")
    if year is not None:
        rows = rows.filter(raised_on__year__lte=year).exclude(closed_on__year__lt=year)
    return list(rows.order_by("raised_on", "pk"))


def find(unit: Unit, number: str) -> Request | None:
    rows = Request.objects.filter(unit=unit, number=number)
    return rows.select_related("unit", "owner", "subject__place", "session").first()


def requests_at(session: Session) -> list[Request]:
    """What came up at a visit."""
    return list(Request.objects.filter(session=session).order_by("pk"))


def body_of(request: Request) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision holds: plain data with persons as ids, and texts by key."""
    body = {
        "number": request.number, "unit": request.unit_id, "raised_on": request.raised_on, "session": request.session_id,
        "subject": request.subject_id, "owner": request.owner_id, "due_on": request.due_on,
        "replied_on": request.replied_on, "closed_on": request.closed_on,
    }  # fmt: skip
    return body, {"text": request.text, "plan": request.plan, "reply": request.reply}


@rows_once
def _owned_by(member: int) -> QuerySet[Request]:
    return Request.objects.filter(owner_id=member).order_by("pk")


def about(member: Member) -> dict[str, object]:
    """Requests a member answers for."""
    return {
        "负责办理的诉求": [
            {"编号": row.number, "措施": row.plan, "时限": row.due_on, "答复": row.replied_on}
            for row in _owned_by(member.pk)
        ]
    }
