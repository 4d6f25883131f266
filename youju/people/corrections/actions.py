"""Asking for a correction, and answering."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.people.corrections.models import Correction
from youju.people.corrections.values import MOST_OPEN, MOST_SIGNS, Outcome
from youju.people.members.models import Member
from youju.people.units.models import Unit


def ask(*, member: Member, unit: Unit, record: str, text: str, by: Actor | None, at: datetime) -> Correction:
    """请求更正 of what ``unit`` keeps. Raises Refusal on ``text``; what waits already is not asked twice."""
    text = needed(text, field="text", name="哪里不对", most=MOST_SIGNS)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        waiting = Correction.objects.open().filter(member=member)
        if waiting.filter(unit=unit, record=record, text=text).exists():
            raise Refusal("text", "这条已经提过，正等着答复。")
        if waiting.count() >= MOST_OPEN:
            raise Refusal("", f"已有 {MOST_OPEN} 条在等答复，请等答复后再提，或直接找党务工作者。")
        row = Correction.objects.create(member=member, unit=unit, record=record, text=text, asked_at=at)
        _note(row, verb="请求更正", by=by, at=at)
    return row


def answer(*, correction: Correction, outcome: Outcome, text: str, by: Actor | None, at: datetime) -> None:
    """已改 or 不改, with a sentence for him. Raises Refusal on ``answer``, or when somebody answered before."""
    text = needed(text, field="answer", name="答复", most=MOST_SIGNS)
    with transaction.atomic():
        row = Correction.objects.select_for_update().get(pk=correction.pk)
        if row.answered_at is not None:
            raise Refusal("", f"这条已经答复过了：{row.get_outcome_display()}。")
        row.outcome, row.answer, row.answered_at = outcome.value, text, at
        row.save(update_fields=["outcome", "answer", "answered_at"])
        _note(row, verb="答复更正", by=by, at=at, summary=outcome.zh)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The words go, on both sides; that something was asked and when it was answered stays."""
    Correction.objects.filter(member=member).update(text="", answer="")


def _note(row: Correction, *, verb: str, by: Actor | None, at: datetime, summary: str = "") -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="people", noun="correction", object_id=row.pk, unit_id=row.unit_id,
        summary=summary or row.record,
    )  # fmt: skip
