"""Questions about contests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from youju.journal import queries as journal
from youju.kit.drawing import drawn
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.facets.values import Facet
from youju.records.sources.models import Source
from youju.study.contests.models import Contest, ContestQuestion
from youju.study.questions.models import Question
from youju.study.questions.queries import bank_of

FORM = "quiz"
MOST_OFFERED = 20


def contests_of(ledger: Unit) -> list[Contest]:
    """Of a ledger, latest first; those that were dropped too."""
    return list(Contest.objects.filter(ledger=ledger).select_related("session", "source"))


def find(ledger: Unit, pk: int) -> Contest | None:
    asked = Prefetch("asked", queryset=ContestQuestion.objects.select_related("question__source"))
    rows = Contest.objects.filter(ledger=ledger, pk=pk).select_related("ledger", "session", "source")
    return rows.prefetch_related(asked).first()


def standing_as(ledger: Unit, *, title: str, day: date) -> Contest | None:
    """That of this name on this day, unless it was dropped."""
    return Contest.objects.filter(ledger=ledger, title=title, day=day, dropped_at__isnull=True).first()


def questions_of(contest: Contest) -> list[Question]:
    """In the order in which they are asked; corrected since, they read as corrected."""
    return [row.question for row in contest.asked.all()]


def pool_of(ledger: Unit, *, topic: str, source: Source | None) -> list[int]:
    """The questions one would draw from, in the order in which they came into the bank."""
    rows = bank_of(ledger, topic=topic, source=source).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def recomputed(contest: Contest) -> bool:
    """Whether the seed gives the same numbers again."""
    numbers = tuple(sorted(row.number for row in contest.asked.all()))
    return numbers == drawn(contest.seed, contest.pool_size, contest.size)


def records_offered(contest: Contest) -> list[Session]:
    """The last of the records that may have held a contest, latest first."""
    return list(_may_have_held(contest).order_by("-held_on", "-pk")[:MOST_OFFERED])


def record_of_number(contest: Contest, number: str) -> Session | None:
    """That of a number, however many came after it."""
    return _may_have_held(contest).filter(number=number).first()


def _may_have_held(contest: Contest) -> QuerySet[Session]:
    """Records with the form 知识竞赛 since the drawing that belong to no contest yet."""
    rows = Session.objects.filter(ledger=contest.ledger_id, status__in=HAPPENED, held_on__gte=contest.drawn_on)
    return rows.filter(facets__facet=Facet.FORM, facets__value=FORM, contest__isnull=True)


def body_of(contest: Contest) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a contest holds: plain data and texts by key. Nothing of who answered."""
    body = {
        "ledger": contest.ledger_id, "day": contest.day, "source": contest.source_id, "seed": contest.seed,
        "size": contest.size, "pool_size": contest.pool_size, "pool_digest": contest.pool_digest,
        "drawn_on": contest.drawn_on, "session": contest.session_id, "dropped": contest.dropped_at is not None,
        "questions": [[row.question_id, row.number] for row in contest.asked.all()],
    }  # fmt: skip
    return body, {"title": contest.title, "topic": contest.topic, "reason": contest.reason}


def torn() -> Iterator[str]:
    """Sentences about contests that do not read like their newest revision, or that the seed does not give again."""
    kept = journal.newest(room="study", noun="contest")
    for contest in Contest.objects.prefetch_related("asked").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(contest.pk, None)
        if written is None:
            yield f"知识竞赛“{contest.title}”没有修订记录。"
        elif written.number != contest.revision or written.unlike(*body_of(contest)):
            yield f"知识竞赛“{contest.title}”与最后一次修订不一致。"
        elif not recomputed(contest):
            yield f"知识竞赛“{contest.title}”抽中的题与种子算出来的不一致。"
    yield from ("一次知识竞赛只剩下修订记录。" for _ in kept)
