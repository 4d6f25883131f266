"""Questions to the library: what a reader asks, answered from the index and, for what is newer than it, from the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings

from youju.kit.zone import start_of
from youju.library.documents.models import Document
from youju.library.documents.queries import Shown, last_before, last_document, last_serial, reading_of
from youju.library.documents.rules import sections_in
from youju.library.entitlements.values import Reader
from youju.library.search import snippets
from youju.library.search.asked import Asked
from youju.library.search.engine.index import Index
from youju.library.search.engine.together import Changes, search
from youju.library.search.names import NAMES
from youju.library.search.rules import read
from youju.library.search.values import (
    ALL,
    FACETS,
    OPEN,
    SITE,
    WHOLE,
    AddedAfter,
    Entry,
    Found,
    Node,
    OneOf,
    Query,
    Snippet,
)

AT_ONCE = 500  # documents read from the database together
KEPT_ENTRIES = 4000  # readings newer than the index that a process need not fold again


@lru_cache(maxsize=4)
def index_in(folder: Path) -> Index:
    return Index(folder)


def index() -> Index:
    """The index below the data folder: one object a process, so that it is opened once."""
    return index_in(Path(settings.DATA) / "index" / "search")


def parsed(asked: Asked, *, on: date) -> Query:
    """The words as they are read, and the filters beside them."""
    filters: list[Node] = []
    for facet, values in (
        ("genre", asked.genres),
        ("year", tuple(str(year) for year in asked.years)),
        ("sector", asked.sectors),
        ("origin", tuple(one.value for one in asked.origins)),
    ):
        if values:
            filters.append(OneOf(facet, frozenset(values)))
    if asked.today:
        filters.append(AddedAfter(last_before(start_of(on))))
    return read(asked.words, NAMES).narrowed(*filters)


def find(reader: Reader, asked: Asked, *, on: date, limit: int = 20, offset: int = 0) -> Found:
    """What this reader finds, exactly as the library stands, the best first; counts of every filter."""
    return _search(
        parsed(asked, on=on), reader, limit=limit, offset=offset, facets=FACETS, newest=asked.newest or not asked.words
    )


def count_new(reader: Reader, asked: Asked, *, seen: int, on: date) -> int:
    """How many of what is asked came behind the document numbered ``seen``: of those that ``find`` finds, so that words
    of Latin letters that stand somewhere are not taken for initials because nothing new holds them."""
    if last_document() <= seen:
        return 0
    query = parsed(asked, on=on)
    if query.by_initials is not None:
        query = _total(reader, query).query
    return _total(reader, replace(query.narrowed(AddedAfter(seen)), by_initials=None)).total


def _total(reader: Reader, query: Query) -> Found:
    """How many there are, and how the query was read."""
    return _search(query, reader, limit=0)


def _search(query: Query, reader: Reader, **more: Any) -> Found:
    """Through the index, and past it to what it does not hold. One that holds more than the library is that of another:
    a backup was put back, and numbers come again."""
    snapshot = index().snapshot()
    last = last_serial()
    if snapshot is not None and snapshot.serial > last:
        forget_entries()
        snapshot = None
    return search(query, reader, snapshot, partial(newer_than, last=last), on_damage=index().discard, **more)


def newer_than(serial: int | None, *, last: int) -> Changes:
    """What has changed behind ``serial``, up to the change ``last`` or beyond; all there is when there is no index."""
    if serial == last:
        return Changes()
    rows = dict(Document.objects.changed_since(serial or 0).values_list("pk", "changed"))
    return Changes(frozenset(rows), _entries(rows))


def entries_of(document: Document) -> tuple[Entry, ...]:
    """A document as it is to be found: once, or as what anyone reads and as the whole. Its text is loaded."""
    if not document.has_restricted:
        return (_entry(document, ALL),)
    return (_entry(document, OPEN), _entry(document, WHOLE))


def snippet_in(query: Query, shown: Shown) -> Snippet:
    """The sentence of a text that holds most of what was asked."""
    return snippets.snippet(query, shown.text, shown.sections)


def marks_in(query: Query, text: str, *, place: str = "text") -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, or in a title."""
    return snippets.marks(query, text, place=place)


def _entry(document: Document, reading: str) -> Entry:
    text = document.text
    read_as = reading_of(text, whole=reading != OPEN)
    return Entry(
        document=document.pk, reading=reading, scope=document.unit_id or SITE, serial=document.changed,
        title=document.title, headings=tuple(one.heading for one in sections_in(read_as, text.section_tree)),
        body=read_as.text, year=document.year, genre=document.genre, sector=document.sector, origin=document.origin,
    )  # fmt: skip


#: By number and change, which are given once and never again.
_kept: dict[tuple[int, int], tuple[Entry, ...]] = {}


def _entries(rows: dict[int, int]) -> Iterator[Entry]:
    """Those that stand, folded once a process and change: everybody who searches looks through them."""
    missing = [pk for pk, changed in rows.items() if (pk, changed) not in _kept]
    for pk, changed in rows.items():
        yield from _kept.get((pk, changed), ())
    for document in _standing(missing):
        found = entries_of(document)
        if len(_kept) >= KEPT_ENTRIES:
            _kept.clear()
        _kept[(document.pk, document.changed)] = found
        yield from found


def _standing(ids: Iterable[int]) -> Iterator[Document]:
    wanted = list(ids)
    for at in range(0, len(wanted), AT_ONCE):
        yield from Document.objects.standing().filter(pk__in=wanted[at : at + AT_ONCE]).select_related("text")


def forget_entries() -> None:
    """Lets go of what was folded: of a process whose database was put back, numbers come again."""
    _kept.clear()
