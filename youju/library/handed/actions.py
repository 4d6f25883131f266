"""Keeping the texts of reports handed in. Only the reports room calls it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.library.documents.actions import next_serials
from youju.library.handed.models import HandedText
from youju.people.units.models import Unit


def keep_handed(
    *, unit: Unit, submission: int, year: int, title: str, handed_on: date, text: str, by: Actor | None, at: datetime
) -> HandedText:
    """The text of a report as it was handed in, once a submission."""
    with transaction.atomic():
        (serial,) = next_serials(1)
        row, fresh = HandedText.objects.get_or_create(
            submission=submission,
            defaults={
                "unit": unit, "year": year, "title": title, "handed_on": handed_on, "text": text, "changed": serial
            },
        )  # fmt: skip
        if fresh:
            journal.write_line(
                by=by, at=at, verb="报送文本入库", room="library", noun="handed_text", object_id=row.pk,
                unit_id=unit.pk, summary=str(submission),
            )  # fmt: skip
    return row
