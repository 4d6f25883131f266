"""Changes to the question bank: write, correct, retire, take up again, take over a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import worded
from youju.paper.reading.columns import Line
from youju.people.imports.values import Fault, Imported
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.sources.models import Source
from youju.study.questions.importing import PLACES, judge_questions
from youju.study.questions.models import Question
from youju.study.questions.queries import body_of
from youju.study.questions.rules import checked_question
from youju.study.questions.values import QuestionDraft


def write_question(*, unit: Unit, draft: QuestionDraft, by: Actor | None, at: datetime) -> Question:
    """出题. Raises Refusal on the field at fault; nothing is written then."""
    keeper, draft = ledger_unit(unit), checked_question(draft)
    _check_source(keeper, draft.source_id)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two with one stem at once, the second sees the first
        _refuse_twice(keeper, draft.stem)
        question = Question.objects.create(
            ledger=keeper, source_id=draft.source_id, topic=draft.topic, kind=draft.kind, stem=draft.stem,
            choices=list(draft.choices), correct=list(draft.correct), explanation=draft.explanation, entered_at=at,
        )  # fmt: skip
        _note(question, verb="出题", by=by, at=at)
    return question


def correct_question(
    *, question: Question, draft: QuestionDraft, revision: int, reason: str = "", by: Actor | None, at: datetime
) -> Question:
    """更正. What was answered before is judged anew by the answer as it stands now; so kind and number of choices stay.

    Raises Refusal on the field at fault, or when somebody was quicker.
    """
    reason = worded(reason, field="reason", name="更正的原因", most=200)
    draft = checked_question(replace(draft, kind=question.kind))
    if len(draft.choices) != len(question.choices):
        raise Refusal("choices", f"选项仍须是 {len(question.choices)} 个；要增减选项，请停用这道题，另出一题。")
    _check_source(question.ledger, draft.source_id)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=question.ledger_id)
        now = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if now.revision != revision:
            raise Overtaken("这道题")
        if draft.stem != now.stem and now.retired_at is None:
            _refuse_twice(now.ledger, draft.stem)
        now.source_id, now.topic, now.stem = draft.source_id, draft.topic, draft.stem
        now.choices, now.correct, now.explanation = list(draft.choices), list(draft.correct), draft.explanation
        now.save(update_fields=["source", "topic", "stem", "choices", "correct", "explanation"])
        _note(now, verb="更正题目", by=by, at=at, reason=reason)
    return now


def retire_question(*, question: Question, by: Actor | None, at: datetime) -> None:
    """停用: no new test takes it up. Tests that hold it keep it. A second click changes nothing."""
    with transaction.atomic():
        now = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if now.retired_at is None:
            now.retired_at = at
            now.save(update_fields=["retired_at"])
            _note(now, verb="停用题目", by=by, at=at)


def resume_question(*, question: Question, by: Actor | None, at: datetime) -> None:
    """重新启用. Raises Refusal when the bank has the same stem by now."""
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=question.ledger_id)
        now = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if now.retired_at is not None:
            _refuse_twice(now.ledger, now.stem)
            now.retired_at = None
            now.save(update_fields=["retired_at"])
            _note(now, verb="启用题目", by=by, at=at)


def import_questions(*, unit: Unit, rows: Sequence[Line], by: Actor | None, at: datetime) -> Imported[QuestionDraft]:
    """导入题目: every good row is written, the others come back with their faults. All of it or nothing of it.

    A question whose stem stands in the bank is passed over, so that the same table may be brought again.
    """
    keeper, kept, faulty = ledger_unit(unit), 0, []
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        judged = judge_questions(unit=keeper, rows=rows, at=at)
        for row in judged:
            if not row.good or row.draft is None:
                continue
            try:
                with transaction.atomic():
                    write_question(unit=keeper, draft=row.draft, by=by, at=at)
                kept += 1
            except Refusal as refusal:
                fault = Fault(PLACES.get(refusal.field, refusal.field), refusal.sentence)
                faulty.append(replace(row, draft=None, faults=(fault,)))
        skipped = sum(bool(row.note) for row in judged)
        faulty += [row for row in judged if row.faults]
        if kept:
            journal.write_line(
                by=by, at=at, verb="导入", room="study", noun="import", object_id=keeper.pk, unit_id=keeper.pk,
                summary=f"导入题目{kept}道，跳过{skipped}行",
            )  # fmt: skip
    return Imported[QuestionDraft](kept, skipped, tuple(sorted(faulty, key=lambda row: row.line.number)))


def _check_source(keeper: Unit, source_id: int | None) -> None:
    if source_id is not None and not Source.objects.filter(pk=source_id, ledger=keeper).exists():
        raise Refusal("source", "这份学习材料不在本组织的登记里，请重新选择。")


def _refuse_twice(keeper: Unit, stem: str) -> None:
    if Question.objects.in_use().filter(ledger=keeper, stem=stem).exists():
        raise Refusal("stem", "题库里已经有这道题。")


def _note(question: Question, *, verb: str, by: Actor | None, at: datetime, reason: str = "") -> None:
    body, texts = body_of(question)
    revision = journal.write_revision(
        owner=Owner("study", "question", question.pk), body=body, texts=texts, by=by, at=at, reason=reason
    )
    if revision.number != question.revision:
        Question.objects.filter(pk=question.pk).update(revision=revision.number)
        question.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="question", object_id=question.pk, unit_id=question.ledger_id
    )
