"""Questions about leave: who asked for it, how many, and which sessions a member is expected at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from youju.people.listed import Listed
from youju.people.members.models import Member, Membership
from youju.people.posts.models import Post
from youju.people.posts.queries import committee_on
from youju.people.units.queries import ledger_unit
from youju.people.written_once import Rows, rows_once, written_once
from youju.records.activities.models import Session
from youju.records.activities.rules import expects_committee, expects_everybody_listed
from youju.records.activities.values import LeaveCategory, Status
from youju.records.leave.models import LeaveRequest
from youju.records.leave.values import Asked

#: Sessions to come that one page shows.
MOST_COMING = 12


def is_expected(session: Session, member_id: int) -> bool:
    """Whether a member stands on the roster of a planned session. Where whoever comes takes part, nobody is expected."""
    kinds = tuple(row.kind for row in session.kind_rows.all())
    if not expects_everybody_listed(kinds):
        return False
    if expects_committee(kinds):
        return any(post.member_id == member_id for post in committee_on(session.unit, session.held_on))
    return Membership.objects.in_unit(session.unit).on(session.held_on).filter(member_id=member_id).exists()


def asked_for(session: Session) -> tuple[Asked, ...]:
    """Who has asked for leave from a session, in the order of the roster."""
    rows = LeaveRequest.objects.standing().filter(session=session).select_related("member")
    return tuple(_asked(row) for row in rows.order_by("member__rank", "member_id"))


def leave_of(session: Session) -> dict[int, LeaveCategory]:
    """How the record of a session begins: who stands as 请假, and under which category."""
    rows = LeaveRequest.objects.standing().filter(session=session)
    return {pk: LeaveCategory(category) for pk, category in rows.values_list("member_id", "category")}


def count_of(session_id: int) -> int:
    """How many have asked for leave from a session."""
    return LeaveRequest.objects.standing().filter(session_id=session_id).count()


@dataclass(frozen=True)
class Coming:
    """A planned session that a member is expected at, and his leave from it."""

    session: Session
    asked: Asked | None
    began: bool


def coming_for(member: Member, *, at: datetime, on: date) -> tuple[Coming, ...]:
    """要开的会 of a member from today on, the next one first."""
    homes = {ledger_unit(row.unit).pk for row in _homes(member.pk, on)} | {unit for (unit,) in _seats(member.pk, on)}
    planned = _planned(Listed(homes), on) if homes else []
    found = [session for session in planned if is_expected(session, member.pk)][:MOST_COMING]
    if not found:
        return ()
    asked = {
        row.session_id: _asked(row)
        for row in LeaveRequest.objects.standing().filter(member=member, session__in=found).select_related("member")
    }
    return tuple(Coming(session, asked.get(session.pk), session.starts_at <= at) for session in found)


@rows_once
def _homes(member: int, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(member_id=member).on(on).select_related("unit__parent")


@written_once
def _seats(member: int, on: date) -> Rows:
    return Post.objects.filter(member_id=member).on(on).values_list("unit_id")


@rows_once
def _planned(ledgers: Listed, on: date) -> QuerySet[Session]:
    rows = Session.objects.filter(ledger_id__in=ledgers, status=Status.PLANNED, held_on__gte=on)
    return rows.select_related("unit").prefetch_related("kind_rows").order_by("starts_at")


@rows_once
def _of_member(member: int) -> QuerySet[LeaveRequest]:
    rows = LeaveRequest.objects.filter(member_id=member).exclude(session__status=Status.REMOVED)
    return rows.select_related("session", "member").order_by("asked_at", "pk")


def about(member: Member) -> dict[str, object]:
    """Every leave a member asked for, withdrawn or not."""
    return {
        "请假": [
            {
                "编号": row.session.number,
                "日期": row.session.held_on,
                "类别": row.get_category_display(),
                "情况": "已撤回" if row.withdrawn_at else "已请假",
                "谁填的": "本人" if _by_himself(row) else "党务工作者",
            }
            for row in _of_member(member.pk)
        ]
    }


def _asked(row: LeaveRequest) -> Asked:
    return Asked(
        row.pk, row.member_id, row.member.name, LeaveCategory(row.category), row.asked_at, _by_himself(row)
    )  # fmt: skip


def _by_himself(row: LeaveRequest) -> bool:
    return row.entered_by is not None and row.entered_by == row.member.user_id
