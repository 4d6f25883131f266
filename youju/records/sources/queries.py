"""Questions about the texts a unit studies: the register with its progress, and what may be meant in a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from youju.journal import queries as journal
from youju.people.models import Unit
from youju.records.activities.values import HAPPENED
from youju.records.sources.models import Source, SourcePart, Studied
from youju.records.sources.values import SOURCE_KINDS, Said

MOST_OFFERED = 200


@dataclass(frozen=True)
class PartProgress:
    """One 学习篇目, and the sessions that studied it: (number, day)."""

    title: str
    sessions: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Progress:
    """A text of the register and how far it has been studied."""

    source: Source
    parts: tuple[PartProgress, ...]
    sessions: tuple[tuple[str, date], ...]  # every session that studied it, earliest first

    @property
    def kind(self) -> str:
        return SOURCE_KINDS[self.source.kind].zh

    @property
    def read(self) -> int:
        return sum(bool(part.sessions) for part in self.parts)


def register_of(ledger: Unit) -> list[Progress]:
    """Every text of a ledger with its progress, latest entered first; a removed session studied nothing."""
    sources = list(Source.objects.filter(ledger=ledger).prefetch_related("parts"))
    rows = Studied.objects.filter(source__ledger=ledger, session__status__in=HAPPENED)
    seen: dict[int, dict[str, date]] = {}
    of_part: dict[int, dict[str, date]] = {}
    for source, part, number, day in rows.order_by("session__held_on", "session_id").values_list(
        "source_id", "part_id", "session__number", "session__held_on"
    ):
        seen.setdefault(source, {})[number] = day
        if part:
            of_part.setdefault(part, {})[number] = day
    return [
        Progress(
            source,
            tuple(PartProgress(p.title, tuple(of_part.get(p.pk, {}).items())) for p in source.parts.all()),
            tuple(seen.get(source.pk, {}).items()),
        )
        for source in sources
    ]


def find(ledger: Unit, number: str) -> Source | None:
    return Source.objects.filter(ledger=ledger, number=number).prefetch_related("parts").first()


def offered(ledger: Unit) -> list[Said]:
    """What may be meant in a form: each text, then each of its parts."""
    sources = Source.objects.filter(ledger=ledger).prefetch_related("parts")[:MOST_OFFERED]
    found = [Said(source.title, part) for source in sources for part in ("", *(p.title for p in source.parts.all()))]
    return found[:MOST_OFFERED]


def body_of(source: Source) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a text holds: plain data and texts by key."""
    parts = SourcePart.objects.filter(source=source).order_by("position", "pk").values_list("title", flat=True)
    texts = {"title": source.title, "origin": source.origin}
    texts |= {f"part.{position}": title for position, title in enumerate(parts)}
    body = {
        "number": source.number, "ledger": source.ledger_id, "kind": source.kind, "issued_on": source.issued_on,
        "parts": len(parts),
    }  # fmt: skip
    if source.document_id:
        body["document"] = source.document_id
    return body, texts


def torn() -> Iterator[str]:
    """Sentences about texts that do not read like their newest revision."""
    kept = journal.newest(room="records", noun="source")
    for source in Source.objects.order_by("pk").iterator(chunk_size=500):
        written = kept.pop(source.pk, None)
        if written is None:
            yield f"{source.number} 没有修订记录。"
        elif written.number != source.revision or written.unlike(*body_of(source)):
            yield f"{source.number} 与最后一次修订不一致。"
    yield from (f"{written.body.get('number', '一份材料')} 只剩下修订记录。" for written in kept.values())
