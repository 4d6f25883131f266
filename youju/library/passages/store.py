"""The store below the data folder, and what of the library it does not hold yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from youju.library.documents.models import Document
from youju.library.documents.queries import last_serial, reading_of
from youju.library.handed.models import HandedText
from youju.library.passages.engine import Passages, Stale
from youju.library.passages.engine.snapshot import Snapshot
from youju.library.passages.newer import nothing
from youju.library.passages.values import HANDED, OPEN, WHOLE, key_of
from youju.people.listed import Listed

AT_ONCE = 400  # texts read from the database together
UNUSABLE = (
    Stale,
    ValueError,
    KeyError,
    TypeError,
    OSError,
)  # of another form, spoilt, or gone: made anew by who follows

Text = tuple[int, str]


@lru_cache(maxsize=4)
def store_in(folder: Path) -> Passages:
    return Passages(folder)


def store() -> Passages:
    """The store below the data folder: one object a process, so that it is opened once."""
    return store_in(Path(settings.DATA) / "index" / "passages")


def held() -> Snapshot:
    """The store as it is; one without texts where there is none that can be used."""
    try:
        view = store().snapshot()
    except UNUSABLE:
        return nothing()
    return view if view.manifest.mark <= last_serial() else nothing()


def newer_than(serial: int) -> tuple[set[int], Iterator[Text]]:
    """The keys of all texts that changed behind ``serial``, gone ones included, and those that stand with their texts."""
    if last_serial() <= serial:
        return set(), iter(())
    documents = list(Document.objects.changed_since(serial).values_list("pk", flat=True))
    reports = list(HandedText.objects.filter(changed__gt=serial).values_list("pk", flat=True))
    return keys_of(documents, reports), standing(documents, reports)


def keys_of(documents: Iterable[int], reports: Iterable[int]) -> set[int]:
    """All keys that these may have."""
    return {key_of(pk, kind) for pk in documents for kind in (OPEN, WHOLE)} | {key_of(pk, HANDED) for pk in reports}


def standing(documents: Iterable[int], reports: Iterable[int]) -> Iterator[Text]:
    """Those of them that were not taken out, as they are compared."""
    for some in parts(documents):
        rows = Document.objects.standing().filter(pk__in=Listed(some)).select_related("text").defer("text__raw")
        for row in rows:
            yield from _readings(row)
    for some in parts(reports):
        for report in HandedText.objects.filter(removed_at__isnull=True, pk__in=Listed(some)):
            yield key_of(report.pk, HANDED), report.text


def _readings(document: Document) -> Iterator[Text]:
    """A document as it is compared: once, or as what anyone reads and as the whole. Its text is loaded."""
    yield key_of(document.pk), reading_of(document.text, whole=False).text
    if document.has_restricted:
        yield key_of(document.pk, WHOLE), document.text.whole


def parts(ids: Iterable[int]) -> Iterator[list[int]]:
    all_ids = sorted(ids)
    for at in range(0, len(all_ids), AT_ONCE):
        yield all_ids[at : at + AT_ONCE]
