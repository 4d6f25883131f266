"""Changes of documents: keep, describe anew, take out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Overtaken, Refusal
from youju.library.documents.models import Copy, Document, Mark, Removal, Serial, Text
from youju.library.documents.values import Description, NewCopy, NewDocument


def next_serials(count: int) -> range:
    """The next ``count`` numbers of change. Call it inside the transaction of the change: the row is held until its end."""
    row, _ = Serial.objects.get_or_create(pk=1)
    Serial.objects.filter(pk=row.pk).update(last=F("last") + count)
    last = Serial.objects.values_list("last", flat=True).get(pk=row.pk)
    return range(last - count + 1, last + 1)


def add_documents(*, news: Sequence[NewDocument], by: Actor | None, at: datetime) -> list[tuple[Document, bool]]:
    """Keeps a batch in one transaction, with one line of the journal. Returns each one's document and whether it is new.

    The same words within the same circle are one document; a further file of them is one more copy of it. Raises Refusal
    on ``text`` for an empty one.
    """
    if not news:
        return []
    if any(not new.whole.strip() for new in news):
        raise Refusal("text", "清理后没有剩下正文，没有入库。")
    with transaction.atomic():
        serials = iter(next_serials(len(news)))
        known = _known(news)
        fresh: list[tuple[Document, NewDocument]] = []
        kept: list[tuple[Document, bool]] = []
        for new in news:
            key = (sha256_hex(new.whole.encode()), new.unit_id)
            document = known.get(key)
            if document is None:
                document = known[key] = _document(new, key[0], next(serials), by, at)
                fresh.append((document, new))
                kept.append((document, True))
            else:
                kept.append((document, False))
        _store(fresh)
        Copy.objects.bulk_create(
            [
                Copy(document=document, path=new.path, digest=new.digest, file_id=new.file_id, added_at=at)
                for (document, _), new in zip(kept, news, strict=True)
            ],
            ignore_conflicts=True,
        )
        journal.write_line(
            by=by, at=at, verb="素材入库", room="library", noun="document", object_id=kept[0][0].pk,
            unit_id=news[0].unit_id, summary=f"{len(fresh)} 篇，另有 {len(news) - len(fresh)} 份同文",
        )  # fmt: skip
    return kept


def add_copies(*, copies: Sequence[NewCopy], by: Actor | None, at: datetime) -> None:
    """Notes further places of documents that are known, with one line of the journal. Their words stay as they are."""
    if not copies:
        return
    with transaction.atomic():
        Copy.objects.bulk_create(
            [
                Copy(document_id=one.document_id, path=one.path, digest=one.digest, file_id=one.file_id, added_at=at)
                for one in copies
            ],
            ignore_conflicts=True,
        )
        journal.write_line(
            by=by, at=at, verb="素材添来处", room="library", noun="document", object_id=copies[0].document_id,
            summary=f"{len(copies)} 份",
        )  # fmt: skip


def describe(
    *, document: Document, description: Description, seen: int | None = None, by: Actor | None, at: datetime
) -> Document:
    """Corrects title, genre, year, sector, origin, date or circle. Raises Refusal on the field, and on the whole when
    somebody has changed it since the change numbered ``seen``.
    """
    if not description.title.strip():
        raise Refusal("title", "请写标题。")
    with transaction.atomic():
        row = _standing(document)
        if seen is not None and seen != row.changed:
            raise Overtaken("这篇素材")
        (row.changed,) = next_serials(1)  # from here on nobody else puts the same words there
        twin = Document.objects.standing().filter(digest=row.digest, unit=description.unit_id).exclude(pk=row.pk)
        if twin.exists():
            raise Refusal("unit", "那个范围里已经有同文的一篇。")
        row.title, row.genre, row.year = description.title.strip(), description.genre, description.year
        row.sector, row.origin, row.dated = description.sector, description.origin.value, description.dated
        row.unit_id = description.unit_id
        _save(row, verb="更正素材", by=by, at=at)
    return row


def remove(*, document: Document, by: Actor | None, at: datetime) -> None:
    """移出: it is found by nobody any more; its row stays, so that followers learn of it. Raises Refusal."""
    with transaction.atomic():
        row = _standing(document)
        (row.changed,) = next_serials(1)
        row.removed_at = at
        _save(row, verb="移出素材", by=by, at=at)


def _standing(document: Document) -> Document:
    # Whoever holds the serial may be writing a copy of it down, which only needs the row to be there.
    row = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if row.removed_at:
        raise Refusal("", "这篇素材已经移出素材库。")
    return row


def _save(row: Document, *, verb: str, by: Actor | None, at: datetime) -> None:
    row.save()
    journal.write_line(
        by=by, at=at, verb=verb, room="library", noun="document", object_id=row.pk, unit_id=row.unit_id,
        summary=str(row.pk),
    )  # fmt: skip


def _known(news: Sequence[NewDocument]) -> dict[tuple[str, int | None], Document]:
    digests = {sha256_hex(new.whole.encode()) for new in news}
    return {(row.digest, row.unit_id): row for row in Document.objects.standing().filter(digest__in=digests)}


def _document(new: NewDocument, digest: str, serial: int, by: Actor | None, at: datetime) -> Document:
    return Document(
        title=new.title[:300], genre=new.genre, year=new.year, sector=new.sector,
        origin=new.origin.value, dated=new.dated, unit_id=new.unit_id, characters=len(new.whole),
        has_restricted=bool(new.restricted), digest=digest, added_at=at, added_by_id=by.pk if by else None,
        changed=serial,
    )  # fmt: skip


def _store(fresh: Sequence[tuple[Document, NewDocument]]) -> None:
    Document.objects.bulk_create(document for document, _ in fresh)
    Text.objects.bulk_create(
        Text(
            document=document, raw=new.raw, whole=new.whole,
            restricted=[[span.start, span.end] for span in new.restricted],
            sections=[[one.start, one.end, one.level, one.heading] for one in new.sections],
        )
        for document, new in fresh
    )  # fmt: skip
    Removal.objects.bulk_create(
        Removal(document=document, kind=one.kind, start=one.start, end=one.end)
        for document, new in fresh
        for one in new.removals
    )
    Mark.objects.bulk_create(
        Mark(document=document, kind=one.kind, start=one.start, end=one.end)
        for document, new in fresh
        for one in new.marks
    )
