"""Changes to members and where they belong."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.accounts.actions import FORGOTTEN_NAME, forget_account
from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.people.members.models import Member, Membership
from youju.people.members.values import Standing
from youju.people.units.actions import bump_all, years_from
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit


def admit_member(
    *, name: str, unit: Unit, standing: Standing, since: date, rank: int = 1000, by: Actor | None, at: datetime
) -> Member:
    """A person enters the roster of a unit (转入或接收). Raises Refusal on ``name`` or ``unit``."""
    name = needed(name, field="name", name="姓名", most=40)
    _check_open(unit, since)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # of two that come at once, the second sees the first
        if Membership.objects.filter(unit=unit, member__name=name, since=since, until__isnull=True).exists():
            raise Refusal("name", "这一天已经加过同名的党员；如果是另一个人，请在姓名后注明以便区分。")
        member = Member.objects.create(name=name, rank=rank)
        Membership.objects.create(member=member, unit=unit, standing=standing, since=since)
        _note(member, ledger_unit(unit), verb="党员转入", years=years_from(since, at), by=by, at=at)
    return member


def change_membership(
    *, member: Member, unit: Unit, standing: Standing, since: date, by: Actor | None, at: datetime
) -> Membership:
    """From ``since`` the member belongs to ``unit`` as ``standing`` (转正, change of group, transfer).

    One line in each ledger it touches: a move between two groups of a branch is one change, a transfer between two
    branches is written down in both. Raises Refusal on ``unit``, or on ``since`` when it does not lie after what was before.
    """
    _check_open(unit, since)
    with transaction.atomic():
        now, before = _last_membership(member), None
        if now and now.until is None:
            if since <= now.since:
                raise Refusal("since", f"日期须晚于现在这段组织关系的开始日（{chinese_date(now.since)}）。")
            now.until, before = since, ledger_unit(now.unit)
            now.save(update_fields=["until"])
        elif now and now.until and since < now.until:
            raise Refusal("since", f"上一段组织关系到{chinese_date(now.until)}为止，日期不能早于这一天。")
        fresh = Membership.objects.create(member=member, unit=unit, standing=standing, since=since)
        keeper, years = ledger_unit(unit), years_from(since, at)
        if before:
            _note(member, before, verb="组织关系变动", years=years, by=by, at=at)
        elif now:  # a year's hours are owed by who has him last, and that is no longer the one he had left
            bump_all(unit_ids={ledger_unit(now.unit).pk}, years=years, onward=True)
        if before != keeper:
            _note(member, keeper, verb="党员转入", years=years, by=by, at=at)
    return fresh


def end_membership(*, member: Member, on: date, by: Actor | None, at: datetime) -> None:
    """转出: from ``on`` the member no longer belongs here. Raises Refusal on ``until``."""
    with transaction.atomic():
        now = _last_membership(member)
        if now is None or now.until is not None:
            raise Refusal("until", "这名党员现在没有组织关系在册。")
        if on <= now.since:
            raise Refusal("until", f"转出日期须晚于转入日期（{chinese_date(now.since)}）。")
        now.until = on
        now.save(update_fields=["until"])
        _note(member, ledger_unit(now.unit), verb="党员转出", years=years_from(on, at), by=by, at=at)


def link_account(*, member: Member, user: User, by: Actor | None, at: datetime) -> None:
    """Says which account is this member's own. Raises Refusal on ``user`` when it is somebody else's."""
    with transaction.atomic():
        if Member.objects.filter(user=user).exclude(pk=member.pk).exists():
            raise Refusal("user", f"账号 {user.username} 已经关联了另一名党员。")
        member.user = user
        member.save(update_fields=["user"])
        journal.write_line(by=by, at=at, verb="关联账号", room="people", noun="member", object_id=member.pk)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Erases the name, here and of his account; dated membership stays as numbers, without a person to it."""
    with transaction.atomic():
        if member.user:
            forget_account(user=member.user, by=by, at=at)
        member.name, member.user, member.forgotten_at = FORGOTTEN_NAME, None, at
        member.save(update_fields=["name", "user", "forgotten_at"])
        for row in member.memberships.select_related("unit__parent"):
            bump_all(unit_ids={ledger_unit(row.unit).pk}, years=years_from(row.since, at, row.until))
        journal.write_line(by=by, at=at, verb="清除党员信息", room="people", noun="member", object_id=member.pk)


def _check_open(unit: Unit, day: date) -> None:
    if unit.closed_on and day >= unit.closed_on:
        raise Refusal("unit", f"{unit.short_name}已于{chinese_date(unit.closed_on)}撤销。")


def _last_membership(member: Member) -> Membership | None:
    """The latest membership; the member's row is locked, so two changes at once come one after the other."""
    Member.objects.select_for_update().get(pk=member.pk)
    return Membership.objects.filter(member=member).select_related("unit__parent").order_by("-since").first()


def _note(member: Member, keeper: Unit, *, verb: str, years: set[int], by: Actor | None, at: datetime) -> None:
    bump_all(unit_ids={keeper.pk}, years=years, onward=True)
    journal.write_line(by=by, at=at, verb=verb, room="people", noun="member", object_id=member.pk, unit_id=keeper.pk)
