"""Who asks for passages: which texts he may read, each document in the one reading that he has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from youju.accounts.models import User
from youju.library.documents.models import Document, DocumentSet
from youju.library.documents.queries import reading_of, visible_to
from youju.library.documents.values import Origin
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import OWNER, Reader
from youju.library.handed.models import HandedText
from youju.library.handed.queries import handed_to
from youju.library.passages.store import parts
from youju.library.passages.values import HANDED, OPEN, WHOLE, Source, key_of, read_key
from youju.people.listed import Listed
from youju.people.roles.queries import held_by
from youju.people.roles.rules import Right, rights_of


@dataclass(frozen=True)
class Asker:
    """Whose eyes look for passages, and which reports handed in they may read. ``reader`` None: no library is his."""

    reader: Reader | None
    reports: QuerySet[HandedText]
    known: dict[int, Source] = field(default_factory=dict)

    def allowed(self, keys: list[int]) -> set[int]:
        """Of the keys that were met those of texts he may read."""
        documents, reports = _apart(keys)
        found: set[int] = set()
        if documents:
            rows = self.documents().filter(pk__in=Listed(documents)).values_list("pk", "has_restricted")
            found |= {key_of(pk, WHOLE if closed and self._sees_whole(pk) else OPEN) for pk, closed in rows}
        if reports:
            found |= {key_of(pk, HANDED) for pk in self._reports(reports).values_list("pk", flat=True)}
        return found.intersection(keys)

    def sources(self, keys: Collection[int]) -> dict[int, Source]:
        """What is said of these texts; asked once."""
        documents, reports = _apart(key for key in keys if key not in self.known)
        if documents:
            rows = self.documents().filter(pk__in=Listed(documents))
            for row in rows.only("title", "year", "origin", "dated"):
                self._note(_of_document(key_of(row.pk, documents[row.pk]), row))
        if reports:
            for report in self._reports(reports).select_related("unit").defer("text"):
                self._note(_of_report(report))
        return {key: self.known[key] for key in keys if key in self.known}

    def texts(self, keys: Iterable[int]) -> Iterator[tuple[Source, str]]:
        """The same with paths, and with the texts as he has them."""
        documents, reports = _apart(keys)
        for some in parts(documents):
            rows = self.documents().filter(pk__in=Listed(some)).select_related("text").defer("text__raw")
            for row in rows.prefetch_related("copies"):
                kind = documents[row.pk]
                paths = tuple(copy.path for copy in row.copies.all())
                yield _of_document(key_of(row.pk, kind), row, paths), reading_of(row.text, whole=kind == WHOLE).text
        for some in parts(reports):
            for report in self._reports(some).select_related("unit"):
                yield _of_report(report), report.text

    def documents(self) -> DocumentSet:
        """Those of the library that reach him."""
        return Document.objects.none() if self.reader is None else visible_to(self.reader)

    def _sees_whole(self, document_id: int) -> bool:
        return self.reader is not None and self.reader.sees_whole(document_id)

    def _reports(self, ids: Iterable[int]) -> QuerySet[HandedText]:
        return self.reports.filter(pk__in=Listed(ids))

    def _note(self, source: Source) -> None:
        self.known[source.key] = source


def asker(user: User | None, *, on: date, apart: int | None = None) -> Asker:
    """``user`` None: the owner of the data folder. ``apart``: the number of the submission that the text itself is."""
    reports = HandedText.objects.filter(removed_at__isnull=True) if user is None else handed_to(user, on=on)
    if apart is not None:
        reports = reports.exclude(submission=apart)
    if user is None:
        return Asker(OWNER, reports)
    reads = Right.READ_LIBRARY in rights_of(held_by(user, on=on).anywhere)
    return Asker(reader_of(user, on=on) if reads else None, reports)


def has_texts(asking: Asker) -> bool:
    """Whether there is anything that a text of his could be compared with."""
    return asking.documents().exists() or asking.reports.exists()


def _apart(keys: Iterable[int]) -> tuple[dict[int, int], list[int]]:
    """Documents with the reading that is meant, and reports."""
    documents, reports = {}, []
    for number, kind in map(read_key, keys):
        if kind == HANDED:
            reports.append(number)
        else:
            documents[number] = kind
    return documents, reports


def _of_document(key: int, row: Document, paths: tuple[str, ...] = ()) -> Source:
    return Source(key, row.title, year=row.year, origin=Origin(row.origin).zh, dated=row.dated, paths=paths)


def _of_report(row: HandedText) -> Source:
    return Source(
        key_of(row.pk, HANDED),
        row.title,
        unit=row.unit.short_name,
        submission=row.submission,
        year=row.year,
        dated=row.handed_on,
    )
