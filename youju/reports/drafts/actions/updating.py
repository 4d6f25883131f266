"""更新: a citation takes the answer of today, one or all; nobody but a person's button does it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from youju.journal.values import Actor
from youju.reports.drafts.actions.citing import write
from youju.reports.drafts.actions.noting import locked, note
from youju.reports.drafts.models import Citation, Draft, Passage
from youju.reports.drafts.queries import drift


def update_citations(
    *, draft: Draft, only: Collection[int] | None = None, on: date, by: Actor | None, at: datetime
) -> int:
    """Brings citations that moved up to date, all or ``only`` some. Returns how many; none is no change.

    The report is then one of that day: it is judged as of it, so what was not updated shows.
    """
    with transaction.atomic():
        owner = locked(draft)
        moved = drift(owner, on=on)
        wanted = [found for found in moved if only is None or found.drift.citation_id in only]
        if not wanted:
            return 0
        for found in wanted:
            write(Citation.objects.get(pk=found.drift.citation_id), found.answer)
        touched = Citation.objects.filter(pk__in=[found.drift.citation_id for found in wanted])
        if len(wanted) == len(moved):  # what had not moved answers the same today
            touched = Citation.objects.filter(passage__draft=owner)
            touched.update(as_of=wanted[0].answer.as_of)
        passages = Passage.objects.filter(citations__in=touched).distinct().order_by("position")
        owner.as_of = wanted[0].answer.as_of
        note(owner, verb="更新数字", changed=passages, by=by, at=at)
    return len(wanted)
