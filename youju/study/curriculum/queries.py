"""Questions about the tree of topics and what stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from youju.journal import queries as journal
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.models import Source
from youju.study.curriculum.models import Placement, Topic
from youju.study.curriculum.rules import read_words
from youju.study.curriculum.values import Node, Tree


def tree_of(ledger: Unit) -> Tree:
    """The topics of a ledger that are in use."""
    return trees_in(Listed((ledger.pk,))).get(ledger.pk, Tree(()))


def trees_in(ledgers: Listed) -> dict[int, Tree]:
    """The trees of many ledgers, of those that have one."""
    nodes: defaultdict[int, list[Node]] = defaultdict(list)
    rows = Topic.objects.in_use().filter(ledger_id__in=ledgers)
    fields = ("ledger_id", "pk", "parent_id", "title", "words", "position")
    for ledger, pk, parent_id, title, words, position in rows.values_list(*fields):
        nodes[ledger].append(Node(pk, parent_id, title, read_words(words), position))
    return {ledger: Tree(tuple(found)) for ledger, found in nodes.items()}


def archived_in(ledger: Unit) -> list[Topic]:
    """Topics out of use, latest first."""
    return list(Topic.objects.filter(ledger=ledger, archived_at__isnull=False).order_by("-archived_at", "-pk"))


def find(ledger: Unit, topic_id: int) -> Topic | None:
    return Topic.objects.filter(ledger=ledger, pk=topic_id).first()


def placed_in(ledger: Unit) -> dict[int, tuple[int, ...]]:
    """Topic in use → the materials that stand at it."""
    return placed_among(Listed((ledger.pk,)))


def placed_among(ledgers: Listed) -> dict[int, tuple[int, ...]]:
    """The same of many ledgers: a topic is one ledger's own."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Placement.objects.filter(topic__ledger_id__in=ledgers, topic__archived_at__isnull=True)
    for topic, source in rows.order_by("pk").values_list("topic_id", "source_id"):
        found[topic].append(source)
    return {topic: tuple(sources) for topic, sources in found.items()}


def places_in(ledgers: Listed) -> dict[int, tuple[int, ...]]:
    """Material → the topics in use at which it stands: a material is one ledger's own too."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for topic, sources in placed_among(ledgers).items():
        for source in sources:
            found[source].append(topic)
    return {source: tuple(topics) for source, topics in found.items()}


def topics_of(source: Source) -> list[Topic]:
    """The topics in use at which a material stands."""
    return list(Topic.objects.in_use().filter(placements__source=source).order_by("placements__pk"))


def inbox_of(ledger: Unit) -> list[Source]:
    """Materials that stand nowhere yet, those entered first on top."""
    placed = Placement.objects.filter(topic__archived_at__isnull=True, topic__ledger=ledger).values("source_id")
    return list(Source.objects.filter(ledger=ledger).exclude(pk__in=placed).order_by("pk"))


def body_of(topic: Topic) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a topic holds: plain data and texts by key."""
    body = {"ledger": topic.ledger_id, "parent": topic.parent_id, "archived": topic.archived_at is not None}
    return body, {"title": topic.title, "words": topic.words}


def torn() -> Iterator[str]:
    """Sentences about topics that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="topic")
    for topic in Topic.objects.order_by("pk").iterator(chunk_size=500):
        written = kept.pop(topic.pk, None)
        if written is None:
            yield f"专题“{topic.title}”没有修订记录。"
        elif written.number != topic.revision or written.unlike(*body_of(topic)):
            yield f"专题“{topic.title}”与最后一次修订不一致。"
    yield from ("一个专题只剩下修订记录。" for _ in kept)
