"""Changes to requests: raise, arrange, answer, close, erase the words."""

from __future__ import annotations

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
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.numbering import next_number
from youju.records.registers.models import Subject
from youju.records.registers.rules import words_fault
from youju.records.requests.models import Request
from youju.records.requests.queries import body_of
from youju.records.requests.values import ActionDraft, RequestDraft

CODE = "诉求"
FURTHEST = 3  # years within which something asked for may be promised


def raise_request(*, unit: Unit, draft: RequestDraft, by: Actor | None, at: datetime) -> Request:
    """登记诉求. Raises Refusal on the field at fault; nothing is written then."""
    text = needed(draft.text, field="text", name="诉求", most=300)
    if fault := words_fault(text):
        raise Refusal("text", fault.replace("名册只记对象本身", "诉求只记要办的事"))
    if draft.raised_on.year < 1921 or draft.raised_on > local_day(at):
        raise Refusal("raised_on", "提出日期不能在将来。")
    keeper = ledger_unit(unit)
    session = Session.objects.filter(pk=draft.session_id or 0, ledger=keeper, status__in=HAPPENED).first()
    if draft.session_id is not None and session is None:
        raise Refusal("session", "这次走访不在本组织的台账里，请重新选择。")
    if session and draft.raised_on < session.held_on:
        raise Refusal("raised_on", f"提出日期不能早于走访那天（{chinese_date(session.held_on)}）。")
    if draft.subject_id and not Subject.objects.filter(pk=draft.subject_id, unit=keeper).exists():
        raise Refusal("subject", "这个对象不在名册里，请重新选择。")
    with transaction.atomic():
        number = next_number(keeper, draft.raised_on.year, CODE)  # locks: of two that come at once, one sees the other
        same = Request.objects.filter(
            unit=keeper, text=text, raised_on=draft.raised_on, subject=draft.subject_id, closed_on__isnull=True
        ).first()
        if same:
            raise Refusal("text", f"这件诉求已经登记，编号 {same.number}。")
        request = Request.objects.create(
            unit=keeper, number=number, text=text, raised_on=draft.raised_on, session=session,
            subject_id=draft.subject_id, entered_at=at,
        )  # fmt: skip
        _note(request, verb="登记诉求", on=draft.raised_on, by=by, at=at)
    return request


def arrange(*, request: Request, draft: ActionDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """定办理措施, and change it until it is answered. Raises Refusal on ``plan``, ``owner``, ``due_on`` or the whole."""
    plan = needed(draft.plan, field="plan", name="办理措施", most=300)
    if draft.due_on and not request.raised_on <= draft.due_on <= request.raised_on.replace(
        year=request.raised_on.year + FURTHEST, day=min(request.raised_on.day, 28)
    ):
        raise Refusal("due_on", f"时限不能早于提出日期（{chinese_date(request.raised_on)}），也不能超过三年。")
    with transaction.atomic():
        now = _still(request, revision)
        if now.replied_on:
            raise Refusal("", "这件诉求已经答复，不用再定措施。")
        # Who belonged here once may still answer for what he began; an id of anybody else would tell his name.
        if draft.owner_id and not Membership.objects.in_unit(now.unit).filter(member_id=draft.owner_id).exists():
            raise Refusal("owner", "责任人不在本组织，请重新选择。")
        before = now.due_on
        now.plan, now.owner_id, now.due_on = plan, draft.owner_id, draft.due_on
        now.save(update_fields=["plan", "owner", "due_on"])
        _note(now, verb="定办理措施", on=before or now.raised_on, by=by, at=at)


def answer(*, request: Request, reply: str, on: date, revision: int, by: Actor | None, at: datetime) -> None:
    """答复. Raises Refusal on ``reply``, ``replied_on`` or the whole."""
    reply = needed(reply, field="reply", name="答复", most=2000)
    _check_day("replied_on", "答复日期", on, request.raised_on, at)
    with transaction.atomic():
        now = _still(request, revision)
        before = now.replied_on
        now.reply, now.replied_on = reply, on
        now.save(update_fields=["reply", "replied_on"])
        _note(now, verb="答复诉求", on=before or on, by=by, at=at)


def close_request(*, request: Request, on: date, by: Actor | None, at: datetime) -> None:
    """办结: answered, and done with. Raises Refusal on ``closed_on`` or the whole."""
    with transaction.atomic():
        now = _open(request)
        if now.replied_on is None:
            raise Refusal("", "还没有答复，不能办结。")
        _check_day("closed_on", "办结日期", on, now.replied_on, at, earliest="答复日期")
        now.closed_on = on
        now.save(update_fields=["closed_on"])
        _note(now, verb="办结诉求", on=on, by=by, at=at)


def erase_request(*, request: Request, by: Actor | None, at: datetime) -> None:
    """清除诉求内容: what was said goes from the request and from every revision; that there was one, and when, stays.

    Raises Refusal when it was erased before.
    """
    with transaction.atomic():
        now = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if now.erased_at:
            raise Refusal("", "这件诉求的内容已经清除了。")
        now.text = now.plan = now.reply = ""
        now.erased_at = at
        now.save(update_fields=["text", "plan", "reply", "erased_at"])
        _note(now, verb="清除诉求内容", on=now.raised_on, by=by, at=at)
        journal.erase_texts(owner=Owner("records", "request", now.pk), keys=("text", "plan", "reply"))


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a request keeps an id; the name goes with the member."""


def _check_day(field: str, name: str, on: date, first: date, at: datetime, *, earliest: str = "提出日期") -> None:
    if on > local_day(at):
        raise Refusal(field, f"{name}不能在将来。")
    if on < first:
        raise Refusal(field, f"{name}不能早于{earliest}（{chinese_date(first)}）。")


def _open(request: Request) -> Request:
    now = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if now.erased_at:
        raise Refusal("", "这件诉求的内容已经清除，不能再改。")
    if now.closed_on:
        raise Refusal("", "这件诉求已经办结。")
    return now


def _still(request: Request, revision: int) -> Request:
    now = _open(request)
    if now.revision != revision:
        raise Overtaken("这件诉求")
    return now


def _note(request: Request, *, verb: str, on: date, by: Actor | None, at: datetime) -> None:
    """``on``: the day as it was said until now, or is now. Whether it still waits is read in every year up to this one."""
    days = (request.raised_on, request.due_on, request.replied_on, request.closed_on, on, local_day(at))
    years = {day.year for day in days if day}
    bump(unit_id=request.unit_id, years=set(range(min(years), max(years) + 1)))
    body, texts = body_of(request)
    owner = Owner("records", "request", request.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    Request.objects.filter(pk=request.pk).update(revision=revision.number)
    request.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="request", object_id=request.pk, unit_id=request.unit_id,
        summary=request.number,
    )  # fmt: skip
