"""Undoing what cleaning did, one removal at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.library.cleaning.rules import clean
from youju.library.cleaning.values import Cleaned
from youju.library.documents.actions import next_serials
from youju.library.documents.models import Document, Mark, Removal, Text
from youju.library.intake.preparing import NOTHING_LEFT
from youju.library.reading.sections import sections


def put_back(*, removal: Removal, by: Actor | None, at: datetime) -> Document:
    """放回: the words stand in the text again. Raises Refusal."""
    return _settle(removal, back=True, by=by, at=at)


def take_off(*, removal: Removal, by: Actor | None, at: datetime) -> Document:
    """再次清除 what was put back. Raises Refusal."""
    return _settle(removal, back=False, by=by, at=at)


def _settle(removal: Removal, *, back: bool, by: Actor | None, at: datetime) -> Document:
    with transaction.atomic():
        document = Document.objects.select_for_update(no_key=True).get(pk=removal.document_id)
        if document.removed_at:
            raise Refusal("", "这篇素材已经移出素材库。")
        row = Removal.objects.filter(pk=removal.pk).first()
        if row is None or (row.put_back_at is not None) is back:
            raise Refusal("", "这一处已经放回了。" if back else "这一处没有放回过。")
        row.put_back_at = at if back else None
        row.save(update_fields=["put_back_at"])
        _clean_again(document)
        journal.write_line(
            by=by, at=at, verb="放回清除的内容" if back else "再次清除", room="library", noun="document",
            object_id=document.pk, unit_id=document.unit_id, summary=f"{row.kind} {row.start}–{row.end}",
        )  # fmt: skip
    return document


def _clean_again(document: Document) -> None:
    """The text as cleaning gives it with all that is put back; spans, marks and sections follow it."""
    text = Text.objects.get(pk=document.pk)
    kept = document.removals.filter(put_back_at__isnull=False).values_list("start", "end")
    cleaned = clean(text.raw, keep=frozenset(kept))
    if not cleaned.whole.strip():
        raise Refusal("", NOTHING_LEFT)
    digest = sha256_hex(cleaned.whole.encode())
    (document.changed,) = next_serials(1)  # from here on nobody else puts the same words there
    if Document.objects.standing().filter(digest=digest, unit=document.unit_id).exclude(pk=document.pk).exists():
        raise Refusal("", "这样改了以后，和同一范围里的另一篇一字不差，没有改。")
    text.whole = cleaned.whole
    text.restricted = [[span.start, span.end] for span in cleaned.restricted]
    text.sections = [[one.start, one.end, one.level, one.heading] for one in sections(cleaned.whole)]
    text.save()
    _renew(document, cleaned)
    document.digest, document.characters = digest, len(cleaned.whole)
    document.has_restricted = bool(cleaned.restricted)
    document.save(update_fields=["digest", "characters", "has_restricted", "changed"])


def _renew(document: Document, cleaned: Cleaned) -> None:
    """Removals that stand keep their rows, so that a page that lists them still knows them."""
    found = {(one.kind, one.start, one.end) for one in cleaned.removals}
    standing = {(row.kind, row.start, row.end): row for row in document.removals.filter(put_back_at=None)}
    Removal.objects.filter(pk__in=[row.pk for key, row in standing.items() if key not in found]).delete()
    Removal.objects.bulk_create(
        Removal(document=document, kind=kind, start=start, end=end)
        for kind, start, end in sorted(found - standing.keys())
    )
    document.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(document=document, kind=one.kind, start=one.start, end=one.end) for one in cleaned.marks
    )
