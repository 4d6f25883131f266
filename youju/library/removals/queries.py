"""What was taken off a document, for those who keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youju.accounts.models import User
from youju.kit.refusal import NotYours
from youju.library.documents.models import Document, Removal, Text
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import Reader
from youju.library.intake.queries import place_for


@dataclass(frozen=True)
class Removed:
    """One removal with the words that were taken off."""

    removal: Removal
    words: str

    @property
    def is_back(self) -> bool:
        return self.removal.put_back_at is not None


def removed_from(document: Document, reader: Reader) -> list[Removed]:
    """In the order of the raw text. To who does not read all of the document it tells nothing, for what was taken off may
    stand beside what is kept from him."""
    if not _told(document, reader):
        return []
    rows = list(document.removals.order_by("start", "pk"))
    raw = Text.objects.values_list("raw", flat=True).get(pk=document.pk) if rows else ""
    return [Removed(row, raw[row.start : row.end]) for row in rows]


def removal_for(user: User, removal_id: int, *, on: date) -> Removal:
    """A removal that he may put back or take off again: of a document of his circle, all of which he reads.

    Raises NotYours, and NotAllowed when he may read the document and not change it.
    """
    row = Removal.objects.select_related("document").filter(pk=removal_id).first()
    reader = reader_of(user, on=on)
    if row is None or not _told(row.document, reader):
        raise NotYours("没有这一处清除。")
    place_for(user, row.document.unit_id, on=on)
    return row


def _told(document: Document, reader: Reader) -> bool:
    """Whether he hears of what was taken off it. Else one that there is must not sound otherwise than one that is not."""
    if document.removed_at or not reader.sees(document.unit_id):
        return False
    return not document.has_restricted or reader.sees_whole(document.pk)
