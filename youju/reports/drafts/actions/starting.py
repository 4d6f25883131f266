"""起草: composed once from the ledger, then stored."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from youju.journal.values import Actor
from youju.people.models import Unit
from youju.reports.drafts.actions.citing import cite
from youju.reports.drafts.actions.noting import note
from youju.reports.drafts.models import Draft, Passage
from youju.reports.drafts.queries import open_draft
from youju.reports.drafts.resolving import Asker, hosts_of
from youju.reports.drafts.rules import joined, pieces
from youju.reports.drafts.spelling import spelled
from youju.reports.queries import DEFAULT_OUTLINE, report_of
from youju.reports.values import Cited, Told


def start(
    *, unit: Unit, year: int, outline: str = DEFAULT_OUTLINE, as_of: date, by: Actor | None, at: datetime
) -> Draft:
    """The draft of a unit's year by an outline: composed and stored, or the one that is there already.

    Raises Refusal as ``report_of`` does.
    """
    there = open_draft(unit, year, outline)
    if there:
        return there
    report = report_of(unit, year, as_of=as_of, outline=outline)
    hosts = hosts_of((s.session_id for p in report.passages for s in p.spans if isinstance(s, Told)), unit)
    asker = Asker(unit, year, outline, report.as_of)
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                unit=unit, year=year, outline=outline, title=report.title, byline=report.byline,
                signed_by=report.signed_by, as_of=report.as_of, started_at=at, changed_at=at,
            )  # fmt: skip
            written = []
            for position, passage in enumerate(report.passages):
                parts = pieces(spelled(passage, hosts, year=year))
                row = Passage.objects.create(
                    draft=draft, position=position, level=passage.level, share=passage.share, text=joined(parts)
                )
                cite(row, parts, asker, answers=[span.answer for span in passage.spans if isinstance(span, Cited)])
                written.append(row)
            note(draft, verb="起草", changed=written, by=by, at=at)
    except IntegrityError:
        there = open_draft(unit, year, outline)  # somebody else pressed it in the same moment
        if there is None:
            raise
        return there
    return draft
