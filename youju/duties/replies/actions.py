"""Naming a record as the answer to a due, and taking that back. The record itself is the reply: nothing is typed twice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from youju.duties.replies.models import DueRecord
from youju.duties.replies.queries import may_answer
from youju.duties.replies.values import LONGEST_KEY
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.people.models import Unit
from youju.people.units.actions import bump
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session


def answer_with(
    *,
    unit: Unit,
    key: str,
    session: Session,
    kinds: Collection[str] = (),
    years: Collection[int] = (),
    by: Actor | None,
    at: datetime,
) -> DueRecord:
    """回应: this record answers the due ``key``. Saying it twice changes nothing.

    ``kinds``: what the due expects, any of them; ``years``: in which the due is read beside those of the record.
    Raises Refusal on ``session``.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refusal("session", "没有这件应做的事。")
    with transaction.atomic():
        # The record is locked, so nobody removes it while it becomes an answer.
        kept = Session.objects.select_for_update().filter(pk=session.pk).first()
        if kept is None or not may_answer(unit, ()).filter(pk=kept.pk).exists():
            raise Refusal("session", "这条记录不在本组织的台账里，或者已经删除，请另选一条。")
        if kinds and not may_answer(unit, kinds).filter(pk=kept.pk).exists():
            named = "、".join(KINDS[kind].zh for kind in kinds if kind in KINDS)
            raise Refusal("session", f"这件事要的是{named}的记录，请另选一条。")
        row, fresh = DueRecord.objects.get_or_create(unit=unit, key=key, session=kept, defaults={"added_at": at})
        if fresh:
            _note(row, kept, "回应应做", years, by=by, at=at)
    return row


def withdraw_answer(
    *, unit: Unit, key: str, session: Session, years: Collection[int] = (), by: Actor | None, at: datetime
) -> None:
    """撤回回应: the due is owed again; the record stays. Raises Refusal when it was no answer (any more)."""
    with transaction.atomic():
        row = DueRecord.objects.select_for_update().filter(unit=unit, key=key, session=session).first()
        if row is None:
            raise Refusal("session", "这条记录已经不是这件事的回应了。")
        _note(row, session, "撤回回应", years, by=by, at=at)
        row.delete()


def _note(
    row: DueRecord, session: Session, verb: str, years: Collection[int], *, by: Actor | None, at: datetime
) -> None:
    bump(unit_id=row.unit_id, years={*years, session.held_on.year, session.for_year, local_day(at).year})
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun="reply", object_id=row.pk, unit_id=row.unit_id,
        summary=f"{row.key} {session.number}",
    )  # fmt: skip
