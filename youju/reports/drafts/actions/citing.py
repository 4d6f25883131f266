"""Writing down what a passage cites: its figures with their answers, and the records its words are told from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F

from youju.figures.catalogue import FIGURES
from youju.figures.values import Answer
from youju.prose.tokens import FigureToken
from youju.reports.drafts.models import Citation, CitedRow, Passage
from youju.reports.drafts.resolving import Asker, refs, session_of, value_of, words_of
from youju.reports.drafts.rules import asked
from youju.reports.drafts.values import MOST_ROWS, Piece, RecordWords

ASIDE = 10_000


def cite(passage: Passage, parts: Sequence[Piece], asker: Asker, *, answers: Iterable[Answer] = ()) -> None:
    """The passage's citations after its text. A figure that stood in it keeps what was answered: nothing moves by itself.

    ``answers`` are those the passage was composed with.
    """
    given: defaultdict[tuple[str, int], list[Answer]] = defaultdict(list)
    for answer in answers:
        given[answer.figure.id, answer.period.start.year].append(answer)
    known: defaultdict[tuple[str, int], list[Citation]] = defaultdict(list)
    for old in passage.citations.order_by("position"):
        known[old.figure, old.period_start.year].append(old)
    passage.citations.update(position=F("position") + ASIDE)
    tokens = [piece for piece in parts if isinstance(piece, FigureToken)]
    for position, token in enumerate(tokens):
        name, last = asked(token)
        if name not in FIGURES:  # words of a record that only look like a token
            continue
        of = (name, asker.year - last)
        if known[of]:
            Citation.objects.filter(pk=known[of].pop(0).pk).update(position=position)
        else:
            answer = given[of].pop(0) if given[of] else asker.answer(name, last=last)
            write(Citation(passage=passage, position=position), answer)
    passage.citations.filter(position__gte=ASIDE).delete()
    _tell(passage, parts, asker)


def write(citation: Citation, answer: Answer) -> None:
    """A citation, new or renewed, as it is answered now."""
    numbers = list(dict.fromkeys(row.number for row in answer.rows if row.number))
    many = len(answer.rows) > MOST_ROWS
    citation.figure, citation.unit_id = answer.figure.id, answer.unit_id
    citation.period_start, citation.period_end = answer.period.start, answer.period.end
    citation.as_of, citation.shown, citation.value = answer.as_of, words_of(answer), value_of(answer)
    citation.rows, citation.digest = len(answer.rows), answer.digest
    citation.numbers = [] if many else numbers
    citation.save()
    citation.cited.all().delete()
    if many:
        return
    CitedRow.objects.bulk_create(
        CitedRow(
            passage_id=citation.passage_id, citation=citation, noun=ref.noun, row_id=ref.row_id,
            session_id=ref.session_id, revision=ref.revision,
        )
        for ref in refs(answer.rows).values()
    )  # fmt: skip


def _tell(passage: Passage, parts: Sequence[Piece], asker: Asker) -> None:
    passage.cited.filter(citation=None).delete()
    told = [piece for piece in parts if isinstance(piece, RecordWords)]
    for piece in told:  # in the order of the text: the sheet finds each by its place
        session = session_of(piece.number, piece.host, asker.unit)
        CitedRow.objects.create(
            passage=passage, noun="told", row_id=session.pk if session else 0,
            session_id=session.pk if session else None, revision=session.revision if session else 0,
        )  # fmt: skip
