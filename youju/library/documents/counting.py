"""How much the library holds, for one reader: a span that is kept from him is not counted either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from youju.library.documents.models import Copy, Document, DocumentSet, Mark, Removal, Text
from youju.library.documents.queries import reading_of, visible_to
from youju.library.entitlements.values import Reader


@dataclass(frozen=True)
class Stock:
    """Counts of what one reader may have. ``removals`` and ``removed`` are for who keeps the whole library."""

    documents: int
    characters: int
    copies: int
    genres: Mapping[str, int]
    years: Mapping[str, int]
    origins: Mapping[str, int]
    marks: Mapping[str, int]
    restricted: int
    removals: Mapping[str, int] | None
    removed: int | None

    def as_row(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


def stock_of(reader: Reader) -> Stock:
    rows = visible_to(reader)
    whole = reader.reads_whole and reader.scopes is None
    cut = [row for row in rows.filter(has_restricted=True).only("pk") if not reader.sees_whole(row.pk)]
    hidden_characters, hidden_marks = _hidden([row.pk for row in cut])
    marks = _tally(Mark.objects.filter(document__in=rows), "kind")
    return Stock(
        documents=rows.count(),
        characters=(rows.aggregate(sum=Sum("characters"))["sum"] or 0) - hidden_characters,
        copies=Copy.objects.filter(document__in=rows).count(),
        genres=_tally(rows, "genre"),
        years=_by_year(rows),
        origins=_tally(rows, "origin"),
        marks={kind: left for kind, number in marks.items() if (left := number - hidden_marks[kind])},
        restricted=rows.filter(has_restricted=True).count() - len(cut),
        removals=_tally(Removal.objects.filter(document__in=rows, put_back_at=None), "kind") if whole else None,
        removed=Document.objects.filter(removed_at__isnull=False).count() if whole else None,
    )


def _tally(rows: Any, field: str) -> dict[str, int]:
    """The most frequent first."""
    found = rows.order_by().values_list(field).annotate(number=Count("pk"))
    return {str(value): number for value, number in sorted(found, key=lambda one: (-one[1], str(one[0])))}


def _by_year(rows: DocumentSet) -> dict[str, int]:
    found = rows.filter(year__isnull=False).order_by("-year").values_list("year").annotate(number=Count("pk"))
    return {str(year): number for year, number in found}


def _hidden(ids: list[int]) -> tuple[int, Counter[str]]:
    """The characters of spans kept from the reader in these documents, and the marks that lie in them, by kind."""
    characters, marks = 0, Counter[str]()
    for text in Text.objects.filter(pk__in=ids).iterator(chunk_size=200):
        reading = reading_of(text, whole=False)
        characters += len(text.whole) - len(reading.text)
        for mark in Mark.objects.filter(document_id=text.pk):
            marks[mark.kind] += not reading.holds(mark.start, mark.end)
    return characters, marks
