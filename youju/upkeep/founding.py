"""First start (首次启用): a folder in which nobody can sign in yet gets its branch and the person who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from youju.accounts.actions import create_account
from youju.accounts.models import User
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.actions import admit_member, link_account
from youju.people.members.values import Standing
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role
from youju.people.units.actions import open_unit
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind

FOUNDED = "这里已经有人启用了，请用发给您的登录名登录；还没有账号就请站点管理员开一个。"
ROLES = (Role.CLERK, Role.SITE_ADMIN)
#: Codes only tell units apart; whoever has official ones writes them when he opens units himself.
CODE_ABOVE, CODE_BRANCH = "1", "1-1"


@dataclass(frozen=True)
class Founder:
    """What the first person says of himself and his branch. ``since``: since when he belongs to it, if he knows."""

    branch: str
    short_name: str
    above: str
    name: str
    username: str
    password: str
    since: date | None = None


def is_founded() -> bool:
    """Whether anybody has an account here."""
    return User.objects.exists()


def found(*, founder: Founder, at: datetime) -> User:
    """The branch (under its committee, if one is named), its first member, his account and what he may do.

    All or nothing, and once: of two that begin at the same time the second is refused. Raises Refusal on ``branch``,
    ``short_name``, ``above``, ``name``, ``username``, ``password`` or ``since``.
    """
    branch = needed(founder.branch, field="branch", name="党支部全称", most=80)
    above = worded(founder.above, field="above", name="上级组织", most=80)
    name = needed(founder.name, field="name", name="姓名", most=40)
    if founder.since and founder.since > local_day(at):
        raise Refusal("since", "转入日期不能晚于今天。")
    with transaction.atomic():
        _wait_for_others()
        if is_founded():
            raise Refusal("", FOUNDED)
        user = create_account(username=founder.username, name=name, password=founder.password, by=None, at=at)
        top = _above(above, by=user, at=at) if above else None
        unit = open_unit(
            parent=top, kind=UnitKind.BRANCH, name=branch, short_name=founder.short_name,
            code=CODE_BRANCH if top else CODE_ABOVE, on=None, by=user, at=at,
        )  # fmt: skip
        member = admit_member(
            name=name, unit=unit, standing=Standing.FORMAL, since=founder.since or local_day(at), by=user, at=at
        )
        link_account(member=member, user=user, by=user, at=at)
        for role in ROLES:
            over = top or unit if role is Role.SITE_ADMIN else unit
            grant(user=user, unit=over, role=role, since=local_day(at), by=user, at=at)
    return user


def _above(name: str, *, by: User, at: datetime) -> Unit:
    kind = UnitKind.GENERAL_BRANCH if "总支" in name else UnitKind.COMMITTEE
    try:
        return open_unit(parent=None, kind=kind, name=name, short_name="", code=CODE_ABOVE, on=None, by=by, at=at)
    except Refusal as refusal:
        raise Refusal("above", refusal.sentence) from refusal


def _wait_for_others() -> None:
    """There is no row yet to lock. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE accounts_user IN SHARE ROW EXCLUSIVE MODE")
