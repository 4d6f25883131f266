"""Which questions of a bank one looks for: as a filter over its list, and over what is offered to a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from youju.people.models import Unit
from youju.records.sources.models import Source
from youju.study.questions.models import QuestionSet
from youju.study.questions.queries import bank_of, topics_to_ask
from youju.study.questions.values import QuestionKind

LONGEST_SEARCH, LONGEST_WORD = 60, 40


@dataclass(frozen=True)
class Narrow:
    """What was asked for, and what there is to choose from. ``topic`` is the number of a topic in the tree, or a word."""

    unit: Unit
    words: str
    source: Source | None
    topic: str
    kind: str
    unused: bool
    retired: bool = False

    @property
    def any(self) -> bool:
        return bool(self.words or self.source or self.topic or self.kind or self.unused or self.retired)

    @property
    def rows(self) -> QuestionSet:
        return bank_of(
            self.unit, words=self.words, source=self.source, topic=self.topic, kind=self.kind, unused=self.unused,
            retired=self.retired,
        )  # fmt: skip

    @property
    def sources(self) -> list[Source]:
        return list(Source.objects.filter(ledger=self.unit))

    @property
    def topics(self) -> list[tuple[str, str]]:
        return topics_to_ask(self.unit)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(kind.value, kind.zh) for kind in QuestionKind]


def narrow(unit: Unit, asked: QueryDict) -> Narrow:
    """``q``, ``source`` (its number), ``topic``, ``kind``, ``unused``, ``state=retired``; what is none of them is as if not
    there."""
    said: dict[str, Any] = {key: asked.get(key, "").replace("\x00", "") for key in ("q", "source", "topic", "kind")}
    number = said["source"][:LONGEST_WORD]
    return Narrow(
        unit=unit,
        words=" ".join(said["q"].split())[:LONGEST_SEARCH],
        source=Source.objects.filter(ledger=unit, number=number).first() if number else None,
        topic=said["topic"][:LONGEST_WORD],
        kind=said["kind"] if said["kind"] in set(QuestionKind) else "",
        unused=asked.get("unused") == "1",
        retired=asked.get("state") == "retired",
    )
