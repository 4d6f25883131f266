"""Changes of sign-in: a unit's choice, opening and closing a list, signing in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.queries import slip_of
from youju.journal.values import MOST_PROXIES, Actor, Means
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.actions import record_activity
from youju.records.activities.models import Session
from youju.records.activities.rules import expects_everybody_listed
from youju.records.activities.values import ActivityDraft, AgendaDraft, Attendance, ItemKind, RosterEntry, Status
from youju.records.leave.queries import leave_of
from youju.records.signin.models import SignInChoice, SignInSheet
from youju.records.signin.queries import attendance_of, choice_of, kinds_of, people_of
from youju.records.signin.values import MOST_LATE_AFTER


def choose(*, unit: Unit, on: bool, late_after: int, by: Actor | None, at: datetime) -> None:
    """Phones may sign in, or may not. Raises Refusal on ``late_after``."""
    if not 0 <= late_after <= MOST_LATE_AFTER:
        raise Refusal("late_after", f"请填 0 到 {MOST_LATE_AFTER} 之间的分钟数。")
    unit = ledger_unit(unit)
    with transaction.atomic():
        SignInChoice.objects.update_or_create(unit=unit, defaults={"on": on, "late_after": late_after})
        journal.write_line(
            by=by, at=at, verb="开通手机签到" if on else "停用手机签到", room="records", noun="signin", object_id=unit.pk,
            unit_id=unit.pk, summary=f"开始{late_after}分钟后算迟到" if on else "",
        )  # fmt: skip


def open_list(*, session: Session, by: Actor | None, at: datetime) -> None:
    """开签到, on the day of the session. Opening an open list does nothing. Raises Refusal."""
    choice = choice_of(session.unit)
    if not choice.on:
        raise Refusal("", "本组织没有开通手机签到，请先在签到设置里开通。")
    with transaction.atomic():
        session = _planned(session, "开签到")
        if session.held_on != local_day(at):
            raise Refusal("", f"{session.number} 排在{chinese_date(session.held_on)}，到那一天才能开签到。")
        sheet, fresh = SignInSheet.objects.get_or_create(
            session=session, defaults={"late_after": choice.late_after, "opened_at": at}
        )
        if sheet.closed_at:
            raise Refusal("", "签到已经结束，不能再开。没签上的人在记录里补。")
        if fresh:
            _note(session, verb="开签到", by=by, at=at)


def sign_in(*, session_id: int, member_id: int, device: str, at: datetime) -> bool:
    """我到了: one INSERT, nothing before it. False when it was written already, or nothing can be written any more."""
    return journal.write_slip(
        session_id=session_id, member_id=member_id, device=device, place=0, means=Means.SCAN, at=at
    )


def sign_in_other(*, session_id: int, member_id: int, device: str, at: datetime) -> bool:
    """代签: the phone's next free place is taken. False when he has signed already. Raises Refusal when none is free.

    Two at once from one phone cannot take one place: who finds it taken goes on to the next.
    """
    for place in range(1, MOST_PROXIES + 1):
        if journal.write_slip(
            session_id=session_id, member_id=member_id, device=device, place=place, means=Means.PROXY, at=at
        ):
            return True
        if slip_of(session_id, member_id):
            return False
    sheet = SignInSheet.objects.filter(session_id=session_id).first()
    if sheet is None or sheet.closed_at:
        raise Refusal("", "签到已经结束，请找党务工作者补记。")
    raise Refusal("member", f"一部手机最多代签 {MOST_PROXIES} 人，请让他自己扫码，或找党务工作者补记。")


def close_list(*, session: Session, by: Actor | None, at: datetime) -> None:
    """结束签到: the line is drawn, and who signed stands fast. Closing a closed list does nothing. Raises Refusal."""
    with transaction.atomic():
        # The line first: the nightly seal takes slips before journal lines as well, so neither waits for the other.
        journal.end_slips(session_id=session.pk, at=at)
        session = _planned(session, "结束签到")
        sheet = SignInSheet.objects.filter(session=session).first()
        if sheet is None:
            raise Refusal("", f"{session.number} 还没有开签到。")
        if sheet.closed_at is None:
            sheet.closed_at = max(at, sheet.opened_at)  # a clock set back must not keep a list open
            sheet.save(update_fields=["closed_at"])
            _note(session, verb="结束签到", by=by, at=at)


def close_and_record(*, session: Session, by: Actor | None, at: datetime) -> Session:
    """Closes the list and records the session as planned, in one revision: who signed came, and the clerk has said that
    nobody else did. Raises Refusal, and then nothing is closed either.
    """
    with transaction.atomic():
        close_list(session=session, by=by, at=at)
        return record_activity(unit=session.unit, draft=_draft(session), by=by, at=at, planned=session)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Slips hold an id and no name; they stay under their seal."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _draft(session: Session) -> ActivityDraft:
    """The plan as it stood, with the roster that the slips give. Who asked for leave and did not come is not absent."""
    kinds, came = kinds_of(session), attendance_of(session)
    rest, leave = expects_everybody_listed(kinds), leave_of(session)

    def entry(member_id: int) -> RosterEntry:
        if member_id in came:
            return RosterEntry(member_id, came[member_id])
        category = leave.get(member_id)
        return RosterEntry(member_id, Attendance.LEAVE if category else Attendance.ABSENT, category)

    return ActivityDraft(
        kinds=kinds, title=session.title, starts_at=session.starts_at, place=session.place,
        roster=tuple(
            entry(person.member_id)
            for person in people_of(session)
            if rest or person.member_id in came
        ),
        agenda=tuple(AgendaDraft(item.title, item.note, ItemKind(item.kind)) for item in session.agenda.all()),
    )  # fmt: skip


def _planned(session: Session, verb: str) -> Session:
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.status != Status.PLANNED:
        raise Refusal("", f"{now.number} 已经是“{Status(now.status).zh}”，不能{verb}。")
    return now


def _note(session: Session, *, verb: str, by: Actor | None, at: datetime) -> None:
    """The record itself did not change: a line, and neither revision nor version."""
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="session", object_id=session.pk, unit_id=session.ledger_id,
        summary=session.number,
    )  # fmt: skip
