"""Questions about documents. Every one begins with who reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from youju.kit.refusal import NotYours
from youju.library.documents.models import Document, DocumentSet, Removal, Serial, Text
from youju.library.documents.rules import Reading, permitted_reading, sections_in, whole_reading
from youju.library.documents.values import Section
from youju.library.entitlements.values import Reader


@dataclass(frozen=True)
class Shown:
    """A document as one reader has it. ``whole`` says that nothing of it is kept from him."""

    document: Document
    reading: Reading
    sections: tuple[Section, ...]
    whole: bool

    @property
    def text(self) -> str:
        return self.reading.text


def visible_to(reader: Reader) -> DocumentSet:
    """The documents that reach a reader, without those taken out."""
    rows = Document.objects.standing()
    if reader.scopes is None:
        return rows
    return rows.filter(Q(unit__isnull=True) | Q(unit_id__in=reader.scopes))


def document_for(reader: Reader, document_id: int) -> Document:
    """Raises NotYours when there is none that reaches him."""
    row = visible_to(reader).select_related("unit").filter(pk=document_id).first()
    if row is None:
        raise NotYours("没有这篇素材，或者它不在您能看的范围。")
    return row


def shown_to(reader: Reader, document_id: int) -> Shown:
    """A document with its text as this reader may have it. Raises NotYours."""
    document = document_for(reader, document_id)
    return _shown(document, Text.objects.get(pk=document.pk), reader)


def shown_many(reader: Reader, ids: Collection[int]) -> dict[int, Shown]:
    """Those of the documents that reach the reader, by id, with their texts."""
    rows = visible_to(reader).filter(pk__in=ids).select_related("unit", "text")
    return {row.pk: _shown(row, row.text, reader) for row in rows}


def may_have_file(shown: Shown, reader: Reader) -> bool:
    """Whether a document's files are his as they came in. They hold what was taken off too: where marks stood around a
    span of which nothing is left, they are for who reads all of it."""
    if not shown.whole or reader.sees_whole(shown.document.pk):
        return shown.whole
    return not Removal.objects.filter(document=shown.document, kind="marker").exists()


def reading_of(text: Text, *, whole: bool) -> Reading:
    return whole_reading(text.whole) if whole or not text.restricted else permitted_reading(text.whole, text.spans)


def last_serial() -> int:
    """The last change of the library."""
    return Serial.objects.values_list("last", flat=True).first() or 0


def last_document() -> int:
    """The number of the document that came last; 0 when there is none."""
    return Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def last_before(moment: datetime) -> int:
    """The number of the document behind which stands every one that came since a moment.

    An intake that goes on over midnight writes documents of the day before behind those of the day.
    """
    first = Document.objects.filter(added_at__gte=moment).order_by("pk").values_list("pk", flat=True).first()
    return first - 1 if first else last_document()


def _shown(document: Document, text: Text, reader: Reader) -> Shown:
    whole = not document.has_restricted or reader.sees_whole(document.pk)
    reading = reading_of(text, whole=whole)
    return Shown(document, reading, tuple(sections_in(reading, text.section_tree)), whole)
