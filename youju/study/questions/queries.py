"""Questions about the question bank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q

from youju.journal import queries as journal
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.sources.models import Source
from youju.study.curriculum.queries import placed_in, tree_of
from youju.study.questions.models import Question, QuestionSet

MOST_BEGINNING = 20


def bank_of(
    ledger: Unit,
    *,
    words: str = "",
    source: Source | None = None,
    topic: str = "",
    kind: str = "",
    unused: bool = False,
    retired: bool = False,
) -> QuestionSet:
    """The questions of a ledger, latest first, as narrow as asked. ``topic`` is the number of a topic in the tree, or a
    word; ``unused`` are those that no test asks."""
    rows = Question.objects.filter(ledger=ledger, retired_at__isnull=not retired).select_related("source")
    rows = rows.filter(stem__icontains=words) if words else rows
    rows = rows.filter(source=source) if source else rows
    rows = rows.filter(kind=kind) if kind else rows
    if unused:
        rows = rows.annotate(tests=Count("selftest", filter=Q(selftest__dropped_at__isnull=True))).filter(tests=0)
    return rows.filter(_about(ledger, topic)) if topic else rows


def _about(ledger: Unit, topic: str) -> Q:
    """Of a topic in the tree: whatever names it or one below it, or is about a text that stands there."""
    tree = tree_of(ledger)
    if not topic.isascii() or not topic.isdigit() or int(topic) not in tree:
        return Q(topic=topic)
    below = tree.below(int(topic))
    words = {word for one in map(tree.node, below) for word in (one.title, *one.words)}
    placed = placed_in(ledger)
    return Q(topic__in=words) | Q(source_id__in=Listed(pk for one in below for pk in placed.get(one, ())))


def topics_to_ask(ledger: Unit) -> list[tuple[str, str]]:
    """What a list of questions may be narrowed by: the topics of the tree as they stand in it, then words that questions
    name and the tree does not."""
    tree = tree_of(ledger)
    found = [(str(step.node.id), "　" * step.depth + step.node.title) for step in tree.walk()]
    return found + [(word, word) for word in topics_of(ledger) if word not in tree.named]


def find(ledger: Unit, question_id: int) -> Question | None:
    return Question.objects.filter(ledger=ledger, pk=question_id).select_related("source", "ledger").first()


def topics_of(ledger: Unit) -> list[str]:
    """The topics that its questions name."""
    rows = Question.objects.in_use().filter(ledger=ledger).exclude(topic="")
    return sorted(set(rows.values_list("topic", flat=True)))


def body_of(question: Question) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a question holds: plain data and texts by key."""
    texts = {"stem": question.stem, "explanation": question.explanation, "topic": question.topic}
    texts |= {f"choice.{at}": choice for at, choice in enumerate(question.choices)}
    body = {
        "ledger": question.ledger_id, "source": question.source_id, "kind": question.kind, "correct": question.correct,
        "choices": len(question.choices), "retired_at": question.retired_at,
    }  # fmt: skip
    return body, texts


def torn() -> Iterator[str]:
    """Sentences about questions that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="question")
    for question in Question.objects.order_by("pk").iterator(chunk_size=500):
        written = kept.pop(question.pk, None)
        named = f"题目“{question.stem[:MOST_BEGINNING]}”"
        if written is None:
            yield f"{named}没有修订记录。"
        elif written.number != question.revision or written.unlike(*body_of(question)):
            yield f"{named}与最后一次修订不一致。"
    yield from (f"一道题目（{number}）只剩下修订记录。" for number in kept)
