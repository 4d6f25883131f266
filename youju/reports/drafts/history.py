"""Past versions of a draft, read from the journal, and what each save changed. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from youju.journal.models import Revision, RevisionText
from youju.journal.queries import kept_body, revisions_of
from youju.journal.values import Owner
from youju.reports.drafts.models import Draft
from youju.reports.drafts.rules import difference
from youju.reports.drafts.values import Part

ERASED = "〔已按规定清除〕"


@dataclass(frozen=True)
class Version:
    """One save: its number, what was done, by whom and when."""

    number: int
    reason: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True)
class Change:
    """What a save did to one passage, or to the head."""

    label: str
    parts: tuple[Part, ...]


def versions_of(draft: Draft) -> list[Version]:
    """Newest first."""
    rows = revisions_of(Owner("reports", "draft", draft.pk))
    return [Version(row.number, row.reason, row.by_id, row.at) for row in rows]


def difference_of(draft: Draft, number: int) -> list[Change]:
    """What version ``number`` changed against the one before it; of the first one its whole text. Six queries."""
    wanted = Revision.objects.of(Owner("reports", "draft", draft.pk)).filter(number__in=(number, number - 1))
    rows = {row.number: row for row in wanted}
    if number not in rows:
        return []
    old, new = _made_of(rows.get(number - 1)), _made_of(rows[number])
    texts = _passages({*old.items(), *new.items()})
    heads = _heads([row.pk for row in rows.values()])
    now = heads.get(rows[number].pk, "")
    then = heads.get(rows[number - 1].pk, "") if number - 1 in rows else ""
    return list(_changes(old, new, texts, then, now))


def _changes(
    old: dict[int, int], new: dict[int, int], texts: dict[tuple[int, int], str], then: str, now: str
) -> Iterator[Change]:
    if then != now:
        yield Change("标题和署名", difference(then, now))
    for place, (passage, revision) in enumerate(new.items(), 1):
        before = texts.get((passage, old[passage]), ERASED) if passage in old else ""
        after = texts.get((passage, revision), ERASED)
        if before != after:
            yield Change(f"第{place}段" if before else f"第{place}段（新添）", difference(before, after))
    for passage, revision in old.items():
        if passage not in new:
            yield Change("删去的一段", difference(texts.get((passage, revision), ERASED), ""))
    kept = [pk for pk in old if pk in new]
    if kept != [pk for pk in new if pk in old]:
        yield Change("段落换了次序", ())


def _made_of(row: Revision | None) -> dict[int, int]:
    """Passage → its revision, in the order of the text."""
    return {int(pk): int(number) for pk, number in kept_body(row).get("passages", [])} if row else {}


def _passages(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    rows = RevisionText.objects.filter(
        revision__room="reports", revision__noun="passage", revision__object_id__in={pk for pk, _ in wanted}, key="text"
    )
    found = {(pk, n): text for pk, n, text in rows.values_list("revision__object_id", "revision__number", "text")}
    return {key: found[key] for key in wanted if key in found}


def _heads(ids: list[int]) -> dict[int, str]:
    found: dict[int, dict[str, str]] = {}
    for pk, key, text in RevisionText.objects.filter(revision__in=ids).values_list("revision_id", "key", "text"):
        found.setdefault(pk, {})[key] = text
    return {pk: f"{texts.get('title', '')}　{texts.get('byline', '')}" for pk, texts in found.items()}
