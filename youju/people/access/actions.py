"""Opening an account together with its first role, and linking it to its member."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.accounts.actions import create_account
from youju.accounts.models import User
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.people.access.queries import namesakes
from youju.people.members.actions import link_account
from youju.people.members.models import Member
from youju.people.roles.actions import grant
from youju.people.roles.models import Grant
from youju.people.roles.rules import Role
from youju.people.units.models import Unit


def open_account(
    *,
    username: str,
    name: str,
    password: str,
    unit: Unit,
    role: Role,
    since: date,
    link: bool,
    by: User | None,
    at: datetime,
) -> User:
    """An account that may do something from its first day; with ``link`` it is its namesake's in the unit's roster.

    Raises Refusal on ``username``, ``name``, ``password``, ``role`` or ``link``.
    """
    with transaction.atomic():
        user = create_account(username=username, name=name, password=password, by=by, at=at)
        grant(user=user, unit=unit, role=role, since=since, by=by, at=at)
        if link:
            link_namesake(user=user, by=by, at=at)
    return user


def link_namesake(*, user: User, by: Actor | None, at: datetime) -> Member:
    """关联: the one member of this name where the account holds a role. Who keeps accounts need not read the roster for it.

    Raises Refusal on ``link`` when there is none, or more than one.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Member.objects.filter(user=user).exists():
            raise Refusal("link", "这个账号已经关联了党员。")
        units = [row.unit for row in Grant.objects.filter(user=user, until=None).select_related("unit")]
        found = namesakes(user, units, on=local_day(at))
        if not found:
            raise Refusal("link", f"名册里没有叫“{user.name}”、还没有账号的党员。请核对姓名，或先不关联。")
        if len(found) > 1:
            raise Refusal("link", f"名册里有 {len(found)} 名党员叫“{user.name}”，分不清是谁，请先在名册里区分。")
        link_account(member=found[0], user=user, by=by, at=at)
    return found[0]
