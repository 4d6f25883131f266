"""A record that answers a due: ``?due=notice/12`` in the address of 记一次 says which, and stays there while it is typed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from youju.duties.queries import standing_by_key
from youju.duties.replies.actions import answer_with
from youju.duties.replies.values import ANSWERED, LONGEST_KEY
from youju.duties.values import Standing
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.web.shared import clock


def due_named(request: HttpRequest, ledger: Unit) -> Standing | None:
    """The due that the address names, if the unit owes it and a record may answer it."""
    key = request.GET.get("due", "")
    found = standing_by_key(ledger, key, on=clock.today()) if 0 < len(key) <= LONGEST_KEY else None
    return found if found and found.due.verb in ANSWERED else None


def answer_due(request: HttpRequest, standing: Standing | None, session: Session) -> None:
    """The saved record becomes the reply. Where it cannot, it stays a record, and why it is none is said."""
    if standing is None:
        return
    due = standing.due
    try:
        answer_with(
            unit=session.ledger, key=due.key, session=session, kinds=due.kinds, years={due.owed_by.year},
            by=request.user, at=clock.now(),
        )  # fmt: skip
        messages.success(request, f"“{due.title}”已有这条记录回应。")
    except Refusal as refusal:
        messages.warning(request, f"记录已保存，还不能回应“{due.title}”：{refusal.sentence}")
