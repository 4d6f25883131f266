"""Changes to members and where they belong."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.people.members.models import Member, Membership
from youju.people.members.values import Standing
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit

FORGOTTEN_NAME = "已清除"


def admit_member(
    *, name: str, unit: Unit, standing: Standing, since: date, rank: int = 1000, by: Actor | None, at: datetime
) -> Member:
    """A person enters the roster of a unit (转入或接收). Raises Refusal on ``name``."""
    if not name.strip():
        raise Refusal("name", "请写姓名。")
    with transaction.atomic():
        member = Member.objects.create(name=name.strip(), rank=rank)
        Membership.objects.create(member=member, unit=unit, standing=standing, since=since)
        _note(member, unit, verb="党员转入", year=since.year, by=by, at=at)
    return member


def change_membership(
    *, member: Member, unit: Unit, standing: Standing, since: date, by: Actor | None, at: datetime
) -> Membership:
    """From ``since`` the member belongs to ``unit`` as ``standing`` (转正, change of group, transfer).

    Raises Refusal on ``since`` when it does not lie after the start of what holds now.
    """
    with transaction.atomic():
        now = Membership.objects.select_for_update().filter(member=member, until__isnull=True).first()
        if now:
            if since <= now.since:
                raise Refusal("since", f"日期须晚于现在这段组织关系的开始日（{now.since}）。")
            now.until = since
            now.save(update_fields=["until"])
            _note(member, now.unit, verb="组织关系变动", year=since.year, by=by, at=at)
        fresh = Membership.objects.create(member=member, unit=unit, standing=standing, since=since)
        if not now or now.unit_id != unit.pk:
            _note(member, unit, verb="党员转入", year=since.year, by=by, at=at)
    return fresh


def end_membership(*, member: Member, on: date, by: Actor | None, at: datetime) -> None:
    """转出: from ``on`` the member no longer belongs here. Raises Refusal on ``until``."""
    with transaction.atomic():
        now = Membership.objects.select_for_update().filter(member=member, until__isnull=True).first()
        if now is None:
            raise Refusal("until", "这名党员现在没有组织关系在册。")
        if on <= now.since:
            raise Refusal("until", f"转出日期须晚于转入日期（{now.since}）。")
        now.until = on
        now.save(update_fields=["until"])
        _note(member, now.unit, verb="党员转出", year=on.year, by=by, at=at)


def link_account(*, member: Member, user: User, by: Actor | None, at: datetime) -> None:
    """Says which account is this member's own."""
    with transaction.atomic():
        member.user = user
        member.save(update_fields=["user"])
        journal.write_line(by=by, at=at, verb="关联账号", room="people", noun="member", object_id=member.pk)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Erases the name; dated membership stays as numbers, without a person to it."""
    with transaction.atomic():
        member.name, member.user, member.forgotten_at = FORGOTTEN_NAME, None, at
        member.save(update_fields=["name", "user", "forgotten_at"])
        journal.write_line(by=by, at=at, verb="清除党员信息", room="people", noun="member", object_id=member.pk)


def _note(member: Member, unit: Unit, *, verb: str, year: int, by: Actor | None, at: datetime) -> None:
    keeper = ledger_unit(unit)
    bump(unit_id=keeper.pk, years={year})
    journal.write_line(by=by, at=at, verb=verb, room="people", noun="member", object_id=member.pk, unit_id=keeper.pk)
