"""Questions about drafts: as they are read, what has moved, which cite a record, and how they came to be so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from youju.figures.values import Answer
from youju.journal import queries as journal
from youju.people.models import Unit
from youju.people.units.models import UnitSet
from youju.prose.tokens import FigureToken, GapToken
from youju.reports.drafts.models import Citation, CitedRow, Draft, Passage
from youju.reports.drafts.resolving import Asker, value_of, words_of
from youju.reports.drafts.rules import pieces
from youju.reports.drafts.values import (
    CitedWords,
    Drift,
    GapWords,
    RecordWords,
    Sheet,
    SheetPassage,
    Status,
    ToldWords,
    Words,
)


def open_draft(unit: Unit, year: int, outline: str) -> Draft | None:
    """The one that is written on, or final and not handed in yet."""
    return (
        Draft.objects.filter(unit=unit, year=year, outline=outline)
        .exclude(status=Status.HANDED_IN)
        .select_related("unit")
        .first()
    )


def drafts_of(unit: Unit) -> list[Draft]:
    """All drafts of a unit, the newest year first."""
    rows = Draft.objects.filter(unit=unit).select_related("unit", "submission")
    return list(rows.order_by("-year", "outline", "-pk"))


def draft_in(pk: int, units: UnitSet) -> Draft | None:
    """A draft, if it is of one of these units."""
    return Draft.objects.filter(pk=pk, unit__in=units).select_related("unit__parent", "submission").first()


# -- as it is read -----------------------------------------------------------------------------------------------------


def sheet_of(draft: Draft) -> Sheet:
    """The draft with its figures in words. Four queries, however long it is."""
    passages = list(draft.passages.filter(removed=False).order_by("position", "pk"))
    citations: defaultdict[int, dict[int, Citation]] = defaultdict(dict)
    for citation in Citation.objects.filter(passage__in=passages):
        citations[citation.passage_id][citation.position] = citation
    told: defaultdict[int, list[int | None]] = defaultdict(list)
    for row in CitedRow.objects.filter(passage__in=passages, citation=None).order_by("pk"):
        told[row.passage_id].append(row.session_id)
    beside: defaultdict[int, int] = defaultdict(int)
    for pk in draft.passages.filter(alternatives__isnull=False).values_list("pk", flat=True):
        beside[pk] += 1
    number, read = 0, []
    for passage in passages:
        words, number = _words(passage, citations[passage.pk], told[passage.pk], number)
        read.append(
            SheetPassage(
                passage.pk,
                passage.level,
                passage.share,
                passage.version,
                passage.text,
                tuple(words),
                beside[passage.pk],
            )
        )
    return Sheet(draft.pk, draft.title, draft.byline, tuple(read))


def _words(
    passage: Passage, citations: dict[int, Citation], told: Sequence[int | None], number: int
) -> tuple[list[Words], int]:
    words: list[Words] = []
    figures = records = 0
    for piece in pieces(passage.text):
        if isinstance(piece, FigureToken):
            found = citations.get(figures)
            figures += 1
            if found is None:
                words.append(str(piece))
                continue
            number += 1
            known = found.value is not None
            words.append(CitedWords(number, found.pk, found.figure, found.shown, found.tag, known))
        elif isinstance(piece, RecordWords):
            words.append(ToldWords(piece.text, piece.number, told[records] if records < len(told) else None))
            records += 1
        else:
            words.append(GapWords(str(piece)) if isinstance(piece, GapToken) else piece)
    return words, number


def told_tokens(draft: Draft) -> set[str]:
    """Every record token that stands anywhere in the draft: words moved from one passage to another stay told."""
    texts = [*draft.passages.values_list("text", flat=True)]
    texts += draft.passages.exclude(alternatives=None).values_list("alternatives__text", flat=True)
    return {str(piece) for text in texts for piece in pieces(text) if isinstance(piece, RecordWords)}


# -- what has moved ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """A drift, and the answer that is true today."""

    drift: Drift
    answer: Answer


def asker_on(draft: Draft, on: date) -> Asker:
    """Who asks again for a draft on a day; what he has loaded serves every question about it."""
    return Asker(draft.unit, draft.year, draft.outline, max(on, draft.as_of))


def drift(draft: Draft, *, on: date, asker: Asker | None = None) -> list[Moved]:
    """Citations whose answer is another one today: another number, or other records behind the same number."""
    asker = asker or asker_on(draft, on)
    found = []
    for citation in citations_of(draft):
        answer = asker.again(citation.figure, citation.period)
        if answer is None or (value_of(answer) == citation.value and answer.digest == citation.digest):
            continue
        change = Drift(citation.pk, citation.tag, citation.figure, citation.shown, words_of(answer))
        found.append(Moved(change, answer))
    return found


def citations_of(draft: Draft) -> list[Citation]:
    """In the order of the text."""
    rows = Citation.objects.filter(passage__draft=draft, passage__removed=False).select_related("unit")
    return list(rows.order_by("passage__position", "passage_id", "position"))


def frozen(citation: Citation, answer: Answer) -> tuple[Answer, int]:
    """The answer with only the rows the citation was made of, and how many of those are gone from the ledger."""
    cited = set(citation.cited.values_list("noun", "row_id"))
    if not cited:
        return answer, 0
    rows = tuple(row for row in answer.rows if (row.noun, row.id) in cited)
    here = {(row.noun, row.id) for row in rows}
    kept = Answer(answer.figure, answer.unit_id, answer.period, citation.as_of, rows, answer.records_in_period)
    return kept, len(cited - here)


# -- 被引用 --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CitedIn:
    """A report in which a record is cited."""

    draft_id: int
    unit_id: int
    year: int
    title: str
    status: Status


def cited_in(session_ids: Collection[int]) -> dict[int, list[CitedIn]]:
    """Which reports cite these records, by a figure or by words told from them; one query."""
    rows = (
        CitedRow.objects.filter(session_id__in=set(session_ids), passage__removed=False)
        .values_list(
            "session_id", "passage__draft_id", "passage__draft__unit_id", "passage__draft__year",
            "passage__draft__title", "passage__draft__status",
        )
        .distinct()
        .order_by("-passage__draft__year", "passage__draft_id")
    )  # fmt: skip
    found: defaultdict[int, list[CitedIn]] = defaultdict(list)
    for session, draft, unit, year, title, status in rows:
        if session is not None:
            found[session].append(CitedIn(draft, unit, year, title, Status(status)))
    return dict(found)


# -- versions ----------------------------------------------------------------------------------------------------------


def body_of(draft: Draft) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of the draft holds: how it stands, and which revision of each passage it is made of."""
    rows = draft.passages.filter(removed=False).order_by("position", "pk")
    body = {
        "unit": draft.unit_id, "year": draft.year, "outline": draft.outline, "status": draft.status,
        "as_of": draft.as_of, "version": draft.version,
        "passages": [list(row) for row in rows.values_list("pk", "revision")],
    }  # fmt: skip
    return body, {"title": draft.title, "byline": draft.byline, "signed_by": draft.signed_by}


def body_of_passage(passage: Passage) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a passage holds: its text, what stands beside it, and what it cites."""
    cited = passage.citations.order_by("position")
    body = {
        "draft": passage.draft_id, "level": passage.level, "share": passage.share, "removed": passage.removed,
        "version": passage.version,
        "citations": [
            [c.figure, c.unit_id, c.period_start, c.period_end, c.as_of, c.shown, c.value, c.rows, c.digest] for c in cited
        ],
        "alternatives": [row.pk for row in passage.alternatives.all()],
    }  # fmt: skip
    beside = {f"alternative.{row.pk}": row.text for row in passage.alternatives.all()}
    return body, {"text": passage.text, **beside}


def torn() -> Iterator[str]:
    """Drafts and passages that no longer read as their newest revision does."""
    drafts, passages = journal.newest(room="reports", noun="draft"), journal.newest(room="reports", noun="passage")
    for draft in Draft.objects.order_by("pk").iterator(chunk_size=100):
        written = drafts.pop(draft.pk, None)
        if written is None or written.number != draft.version or written.unlike(*body_of(draft)):
            yield f"{draft} 与最后一次修订不一致。"
    rows = Passage.objects.prefetch_related("alternatives").select_related("draft").order_by("pk")
    for passage in rows.iterator(chunk_size=500):
        written = passages.pop(passage.pk, None)
        if written is None or written.number != passage.revision or written.unlike(*body_of_passage(passage)):
            yield f"{passage.draft} 的第 {passage.position + 1} 段与最后一次修订不一致。"
    yield from ("一份报告稿只剩下修订记录。" for _ in drafts)
    yield from ("一个段落只剩下修订记录。" for _ in passages)
