"""Changes of leave: asked for by the member himself, written down for him, withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import NotYours, Refusal
from youju.people.members.models import Member
from youju.records.activities.models import Session
from youju.records.activities.values import LeaveCategory, Status
from youju.records.leave.models import LeaveRequest
from youju.records.leave.queries import is_expected


def ask_leave(*, session: Session, member: Member, category: str, by: Actor, at: datetime) -> LeaveRequest:
    """请假, by the member himself until the session begins. The same again changes nothing.

    Raises NotYours where he is not expected, Refusal on ``category`` or on the whole.
    """
    with transaction.atomic():
        session = _open(session, at=at)
        if not is_expected(session, member.pk):
            raise NotYours("没有这场会，或者名单里没有您。")
        return _write(session, member, category, verb="请假", by=by, at=at)


def enter_leave(*, session: Session, member: Member, category: str, by: Actor | None, at: datetime) -> LeaveRequest:
    """代记请假: somebody rang. As long as the session is planned, since who is late to say so is still not absent.

    Raises Refusal on ``member``, ``category`` or the whole.
    """
    with transaction.atomic():
        session = _planned(session)
        if not is_expected(session, member.pk):
            raise Refusal("member", "这场会的应到名单里没有他。")
        return _write(session, member, category, verb="代记请假", by=by, at=at)


def withdraw_own(*, session: Session, member: Member, by: Actor, at: datetime) -> None:
    """撤回 by the member himself, until the session begins. Withdrawing what is withdrawn does nothing. Raises Refusal."""
    with transaction.atomic():
        session = _open(session, at=at)
        _withdraw(session, member.pk, by=by, at=at)


def withdraw_entered(*, session: Session, member_id: int, by: Actor | None, at: datetime) -> None:
    """撤回 by the clerk, as long as the session is planned: written for the wrong one, or he comes after all. Raises Refusal."""
    with transaction.atomic():
        session = _planned(session)
        _withdraw(session, member_id, by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """What he asked for goes. What the record of a session says of him stands there, as an id."""
    with transaction.atomic():
        for row in LeaveRequest.objects.filter(member=member).select_related("session"):
            _note(row, verb="清除请假", by=by, at=at)
            row.delete()


# -- parts ------------------------------------------------------------------------------------------------------------


def _planned(session: Session) -> Session:
    """The session as it stands now, locked: who is recorded meanwhile cannot be on leave as well."""
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.status != Status.PLANNED:
        raise Refusal("", f"{now.number} 已经是“{Status(now.status).zh}”，不能再请假或撤回。")
    return now


def _open(session: Session, *, at: datetime) -> Session:
    now = _planned(session)
    if now.starts_at <= at:
        raise Refusal("", "会议已经开始，不能再请假或撤回，请找党务工作者。")
    return now


def _write(
    session: Session, member: Member, category: str, *, verb: str, by: Actor | None, at: datetime
) -> LeaveRequest:
    if category not in set(LeaveCategory):
        raise Refusal("category", "请选请假类别。")
    standing = LeaveRequest.objects.standing().filter(session=session, member=member).first()
    if standing and standing.category == category:
        return standing
    if standing:
        _end(standing, at=at)
    row = LeaveRequest.objects.create(
        session=session, member=member, category=category, asked_at=at, entered_by=by.pk if by else None
    )
    _note(row, verb=verb, by=by, at=at)
    return row


def _withdraw(session: Session, member_id: int, *, by: Actor | None, at: datetime) -> None:
    row = LeaveRequest.objects.standing().filter(session=session, member_id=member_id).first()
    if row:
        _end(row, at=at)
        _note(row, verb="撤回请假", by=by, at=at)


def _end(row: LeaveRequest, *, at: datetime) -> None:
    row.withdrawn_at = max(at, row.asked_at)  # a clock set back must not keep anybody on leave
    row.save(update_fields=["withdrawn_at"])


def _note(row: LeaveRequest, *, verb: str, by: Actor | None, at: datetime) -> None:
    """Figures and duties read nothing of leave asked for: a line, and no version."""
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="leave", object_id=row.pk, unit_id=row.session.ledger_id,
        summary=row.session.number,
    )  # fmt: skip
