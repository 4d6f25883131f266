"""Changes to tasks: written with the record, finished, opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.followups.models import Task
from youju.records.followups.queries import body_of, place_of
from youju.records.followups.rules import Standing, match
from youju.records.followups.values import Place, TaskDraft


def write_tasks(
    *, session: Session, drafts: Sequence[tuple[Place, TaskDraft]], resolutions: Mapping[Place, str],
    before: Mapping[Place, str] | None, by: Actor | None, at: datetime,
) -> None:  # fmt: skip
    """The tasks of a record as it is written or corrected, in its transaction.

    ``before`` are the resolutions as they stood, None for a record that is new. Raises Refusal on ``agenda``.
    """
    standing = _standing(session) if before is not None else {}
    if not standing and not drafts:
        return
    _check_all(session, drafts, standing)
    known = [Standing(pk, task.text, _under(task, before or {})) for pk, task in standing.items()]
    matched = match(known, drafts, resolutions)
    for pk, (place, draft) in matched.changed.items():
        _change(standing[pk], place, draft, by=by, at=at)
    for pk, moved in matched.moved.items():
        _move(standing[pk], moved, by=by, at=at)
    for place, draft in matched.new:
        if draft.text.strip():
            _write(session, place, draft, by=by, at=at)


def finish_task(
    *, task: Task, word: str, on: date, record_number: str = "", revision: int, by: Actor | None, at: datetime
) -> None:
    """落实: done on a day, with a word on how, and the record that shows it if there is one.

    Raises Refusal on ``word``, ``done_on`` or ``record``, or on the whole form when somebody else was quicker.
    """
    word = needed(word, field="word", name="落实情况", most=2000)
    with transaction.atomic():
        task = _still(task, revision)
        if task.done_on:
            raise Refusal("", "这一项已经落实了。")
        if not task.session.held_on <= on <= local_day(at):
            held = chinese_date(task.session.held_on)
            raise Refusal("done_on", f"落实日期不能在将来，也不能早于作出决议的那天（{held}）。")
        task.word, task.done_on, task.record = word, on, _record(task.session, record_number)
        task.save(update_fields=["word", "done_on", "record"])
        _note(task, verb="落实事项完成", by=by, at=at)


def reopen_task(*, task: Task, reason: str, revision: int, by: Actor | None, at: datetime) -> None:
    """It was not done after all. What was written stays in the revisions. Raises Refusal on ``reason``."""
    reason = needed(reason, field="reason", name="重新打开的原因", most=200)
    with transaction.atomic():
        task = _still(task, revision)
        if task.done_on is None:
            raise Refusal("", "这一项还没有落实。")
        years = {task.done_on.year}
        task.word, task.done_on, task.record = "", None, None
        task.save(update_fields=["word", "done_on", "record"])
        _note(task, verb="重新打开落实事项", by=by, at=at, reason=reason, years=years)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a task keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _standing(session: Session) -> dict[int, Task]:
    rows = Task.objects.select_for_update().filter(session=session, dropped_on__isnull=True)
    found = {task.pk: task for task in rows.order_by("pk")}
    for task in found.values():
        task.session = session
    return found


def _under(task: Task, before: Mapping[Place, str]) -> str:
    place = place_of(task)
    return before.get(place, "") if place else ""


def _check_all(session: Session, drafts: Iterable[tuple[Place, TaskDraft]], standing: Mapping[int, Task]) -> None:
    for _, draft in drafts:
        if draft.task_id is not None and draft.task_id not in standing:
            raise Refusal("agenda", "落实事项刚刚被改过，请打开现在的记录核对后再存。")
        if not draft.text.strip():
            continue
        needed(draft.text, field="agenda", name="落实事项", most=300)
        if draft.due_on and draft.due_on < session.held_on:
            raise Refusal("agenda", f"“{draft.text[:20]}”的期限不能早于开会那天。")
    kept = {task.owner_id for task in standing.values()}
    owners = {draft.owner_id for _, draft in drafts if draft.owner_id is not None} - kept
    # An id of anybody else would tell his name. Who belonged here once may still answer for what he began.
    here = Membership.objects.in_unit(session.ledger).filter(member_id__in=owners).values_list("member_id", flat=True)
    if owners - set(here):
        raise Refusal("agenda", "落实事项的责任人不在本组织，请重新选择。")


def _change(task: Task, place: Place, draft: TaskDraft, *, by: Actor | None, at: datetime) -> None:
    text = draft.text.strip()
    years = {day.year for day in (task.due_on, task.done_on) if day}
    if not text:
        task.dropped_on = local_day(at)
        task.save(update_fields=["dropped_on"])
        _note(task, verb="撤销落实事项", by=by, at=at, years=years)
        return
    was = (task.text, task.owner_id, task.due_on, place_of(task))
    if was == (text, draft.owner_id, draft.due_on, place):
        return
    task.text, task.owner_id, task.due_on = text, draft.owner_id, draft.due_on
    task.item, task.resolution = place.item, place.resolution
    task.save(update_fields=["text", "owner", "due_on", "item", "resolution"])
    _note(task, verb="更正落实事项", by=by, at=at, years=years)


def _move(task: Task, place: Place | None, *, by: Actor | None, at: datetime) -> None:
    if place == place_of(task):
        return
    task.item, task.resolution = (place.item, place.resolution) if place else (None, None)
    task.save(update_fields=["item", "resolution"])
    _note(task, verb="更正落实事项", by=by, at=at)


def _write(session: Session, place: Place, draft: TaskDraft, *, by: Actor | None, at: datetime) -> None:
    task = Task.objects.create(
        session=session, item=place.item, resolution=place.resolution, text=draft.text.strip(), owner_id=draft.owner_id,
        due_on=draft.due_on, entered_at=at,
    )  # fmt: skip
    _note(task, verb="定落实事项", by=by, at=at)


def _still(task: Task, revision: int) -> Task:
    """The task as it is now, locked. The session is locked first, as a correction of it does."""
    session = Session.objects.select_for_update().get(pk=task.session_id)
    now = Task.objects.select_for_update().get(pk=task.pk)
    now.session = session
    if now.dropped_on or session.status not in HAPPENED:
        raise Refusal("", "这一项已经撤销，或者它的记录已经删除。")
    if now.revision != revision:
        raise Overtaken("这一项")
    return now


def _record(session: Session, number: str) -> Session | None:
    number = number.strip()
    if not number:
        return None
    found = Session.objects.filter(ledger=session.ledger_id, number=number, status__in=HAPPENED).first()
    if found is None:
        raise Refusal("record", "本组织台账里没有这个编号的记录。")
    return found


def _note(
    task: Task, *, verb: str, by: Actor | None, at: datetime, reason: str = "", years: Iterable[int] = ()
) -> None:
    session = task.session
    days = (session.held_on, task.due_on, task.done_on)
    bump(unit_id=session.ledger_id, years={session.for_year, *years, *(day.year for day in days if day)})
    body, texts = body_of(task)
    owner = Owner("records", "task", task.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at, reason=reason)
    if revision.number != task.revision:
        Task.objects.filter(pk=task.pk).update(revision=revision.number)
        task.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="task", object_id=task.pk, unit_id=session.ledger_id,
        summary=session.number,
    )  # fmt: skip
