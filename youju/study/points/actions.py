"""Changes to points of study: state one, change it, withdraw it. Units below that took it over keep what they have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.values import ABOVE_BRANCHES
from youju.records.sources.rules import read_said
from youju.study.points.models import StudyPoint, StudyPointSet
from youju.study.points.queries import body_of
from youju.study.points.rules import check_year
from youju.study.points.values import (
    LONGEST_BASIS,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    MOST_IN_A_YEAR,
    PointDraft,
)


def state_point(*, sender: Unit, draft: PointDraft, by: Actor | None, at: datetime) -> StudyPoint:
    """提一项学习重点. Raises Refusal on the field at fault."""
    if sender.kind not in ABOVE_BRANCHES:
        raise Refusal("", "只有党委、党总支能向下级提学习重点。")
    draft = _checked(draft)
    check_year(draft.starts_on, today=local_day(at))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=sender.pk)  # of two clicks the second sees what the first has written
        rows = StudyPoint.objects.standing().filter(sender=sender, year=draft.starts_on.year)
        if rows.count() >= MOST_IN_A_YEAR:
            raise Refusal("", f"一年最多提 {MOST_IN_A_YEAR} 项学习重点。")
        _refuse_twice(draft, rows)
        point = StudyPoint(sender=sender, stated_at=at)
        _fill(point, draft)
        point.save()
        _note(point, verb="提学习重点", by=by, at=at)
    return point


def change_point(*, point: StudyPoint, draft: PointDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """改学习重点. Raises Refusal on the field at fault, or when somebody else was quicker."""
    draft = _checked(draft)
    with transaction.atomic():
        point = _standing(point, revision)
        if draft.starts_on.year != point.year:
            raise Refusal("starts_on", f"这是{point.year}年的学习重点，别的年度请另提一项。")
        if (draft.title, draft.starts_on) != (point.title, point.starts_on):
            Unit.objects.select_for_update().get(pk=point.sender_id)  # as who states one does
            _refuse_twice(draft, StudyPoint.objects.standing().filter(sender=point.sender_id))
        _fill(point, draft)
        point.save()
        _note(point, verb="改学习重点", by=by, at=at)


def withdraw_point(*, point: StudyPoint, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """撤回, with its reason. Raises Refusal on ``reason``, or when somebody else was quicker."""
    reason = needed(reason, field="reason", name="撤回的原因", most=LONGEST_REASON)
    with transaction.atomic():
        point = _standing(point, revision)
        point.withdrawn_at, point.reason = max(at, point.stated_at), reason
        point.save(update_fields=["withdrawn_at", "reason"])
        _note(point, verb="撤回学习重点", by=by, at=at)


# -- parts ------------------------------------------------------------------------------------------------------------


def _checked(draft: PointDraft) -> PointDraft:
    """The draft as it is kept. Raises Refusal on the field at fault."""
    if draft.ends_on < draft.starts_on:
        raise Refusal("ends_on", "结束的日子不能早于开始的日子。")
    if draft.ends_on.year != draft.starts_on.year:
        raise Refusal("ends_on", "一项学习重点要在同一年里。")
    text = worded(draft.text, field="text", name="学习材料", most=LONGEST_TEXT)
    said = read_said(text) if text else None
    if said and (said.part or "》" in said.title):
        raise Refusal("text", "请写一份材料的名称，加书名号；篇章写在要求里，别的材料请另提一项。")
    return replace(
        draft,
        title=needed(draft.title, field="title", name="学什么", most=LONGEST_TITLE),
        topic=worded(draft.topic, field="topic", name="专题", most=LONGEST_TOPIC),
        text=said.title if said else "",  # 《…》 as the registers below name it
        basis=worded(draft.basis, field="basis", name="文号或依据", most=LONGEST_BASIS),
        note=worded(draft.note, field="note", name="要求", most=LONGEST_NOTE),
    )


def _refuse_twice(draft: PointDraft, rows: StudyPointSet) -> None:
    if rows.filter(title=draft.title, starts_on=draft.starts_on).exists():
        raise Refusal("title", "这项学习重点已经提了。")


def _fill(point: StudyPoint, draft: PointDraft) -> None:
    point.year, point.title = draft.starts_on.year, draft.title
    point.starts_on, point.ends_on = draft.starts_on, draft.ends_on
    point.topic, point.text, point.basis, point.note = draft.topic, draft.text, draft.basis, draft.note


def _standing(point: StudyPoint, revision: int) -> StudyPoint:
    """As it is now, locked; somebody who saw an older one is told."""
    now = StudyPoint.objects.select_for_update().get(pk=point.pk)
    if now.withdrawn_at:
        raise Refusal("", "这项学习重点已经撤回。")
    if now.revision != revision:
        raise Overtaken("这项学习重点")
    return now


def _note(point: StudyPoint, *, verb: str, by: Actor | None, at: datetime) -> None:
    """Of a whole subtree only the version of who states it moves: nothing that is stored below follows a point."""
    bump(unit_id=point.sender_id, years={point.year})
    body, texts = body_of(point)
    owner = Owner("study", "study_point", point.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    StudyPoint.objects.filter(pk=point.pk).update(revision=revision.number)
    point.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="study_point", object_id=point.pk, unit_id=point.sender_id,
        summary=f"{point.starts_on:%Y-%m}",
    )  # fmt: skip
