"""Handing in. Only the reports room calls it: what is handed in is a report that was made final there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.records.numbering import next_number
from youju.records.submissions.models import Submission
from youju.records.submissions.queries import body_of
from youju.records.submissions.values import Handed
from youju.store.actions import keep

CODE = "述职"


def submit(*, unit: Unit, handed: Handed, by: Actor | None, at: datetime) -> Submission:
    """报送 to the unit above. Raises Refusal when there is none above."""
    above = unit.parent
    if above is None:
        raise Refusal("", f"{unit.name}没有上级组织，不用报送。")
    with transaction.atomic():
        file = keep(data=handed.data, by=by, at=at)
        row = Submission.objects.create(
            unit=unit, to=above, number=next_number(unit, handed.year, CODE), year=handed.year, title=handed.title,
            text=handed.text, file=file, digest=sha256_hex(handed.data), seal=handed.seal,
            submitted_on=local_day(at), submitted_at=at,
        )  # fmt: skip
        bump(unit_id=unit.pk, years={handed.year, local_day(at).year})
        body, texts = body_of(row)
        journal.write_revision(owner=Owner("records", "submission", row.pk), body=body, texts=texts, by=by, at=at)
        journal.write_line(
            by=by, at=at, verb="报送", room="records", noun="submission", object_id=row.pk, unit_id=unit.pk,
            summary=row.number,
        )  # fmt: skip
    return row
