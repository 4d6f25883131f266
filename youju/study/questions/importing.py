"""Judging the rows of a table of questions against the bank; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from youju.kit.refusal import Refusal
from youju.paper.reading.columns import Line
from youju.people.imports.rules import Reader
from youju.people.imports.values import Fault, Judged
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.sources.models import Source
from youju.study.questions.models import Question
from youju.study.questions.rules import checked_question, kind_of, read_answer
from youju.study.questions.values import LETTERS, QuestionDraft

#: Where a refusal of the bank stands in the table.
PLACES = {"choices": "choice_0"}


def judge_questions(*, unit: Unit, rows: Sequence[Line], at: datetime) -> list[Judged[QuestionDraft]]:
    """Each row by itself, against the bank and the rows above it. The stem makes a row the same."""
    ledger = ledger_unit(unit)
    known = set(Question.objects.in_use().filter(ledger=ledger).values_list("stem", flat=True))
    sources: dict[str, int] = {}
    for pk, title, number in Source.objects.filter(ledger=ledger).values_list("pk", "title", "number"):
        sources |= {title: pk, number: pk}
    above: dict[str, int] = {}
    judged: list[Judged[QuestionDraft]] = []
    for line in rows:
        draft, faults = read_row(line, sources)
        if draft is None:
            judged.append(Judged[QuestionDraft](line, faults=faults))
        elif draft.stem in known:
            judged.append(Judged[QuestionDraft](line, note="题库里已有这道题，跳过"))
        elif draft.stem in above:
            judged.append(Judged[QuestionDraft](line, note=f"与第{above[draft.stem]}行相同，跳过"))
        else:
            above[draft.stem] = line.number
            judged.append(Judged(line, draft))
    return judged


def read_row(line: Line, sources: Mapping[str, int]) -> tuple[QuestionDraft | None, tuple[Fault, ...]]:
    """What a row says, or all that is wrong with it; ``sources`` are the texts of the ledger by title and number."""
    reader = Reader()

    def text(column: str) -> str:
        return reader.take(column, line.text, "").strip()

    said, stem, why, topic = text("kind"), text("stem"), text("explanation"), text("topic")
    choices = tuple(text(f"choice_{at}") for at in range(len(LETTERS)))
    source = text("source").strip("《》")
    if source and source not in sources:
        reader.refuse("source", f"没有登记过学习材料“{source[:20]}”，请先登记，或把这一格留空。")
    try:
        count = sum(map(bool, choices))
        correct, true_false = read_answer(text("correct"), choices=count)
        kind = kind_of(said, correct, true_false=true_false, choices=count)
        draft = checked_question(QuestionDraft(kind, stem, choices, correct, why, sources.get(source), topic))
    except Refusal as refusal:
        reader.refuse(PLACES.get(refusal.field, refusal.field), refusal.sentence)
        return None, tuple(reader.faults)
    return (None, tuple(reader.faults)) if reader.faults else (draft, ())
