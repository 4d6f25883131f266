"""Which accounts a site admin keeps (站点管理员): those that hold, or held, something in a unit of his reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youju.accounts.models import User
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.members.models import Member, Membership
from youju.people.roles.models import Grant
from youju.people.roles.queries import Reader, require, units_with
from youju.people.roles.rules import Right
from youju.people.units.models import Unit

BEYOND = "{name}在您管不到的组织也有权限，请找管得到那里的站点管理员。"


@dataclass(frozen=True)
class Account:
    """An account and what it holds, within somebody's reach; ``past`` are grants that ended."""

    user: User
    grants: tuple[Grant, ...]
    past: tuple[Grant, ...]


def accounts_kept_by(keeper: Reader, *, on: date) -> list[Account]:
    """Every account with a grant, past or present, in his reach: those that can sign in first, then by login name."""
    rows = Grant.objects.filter(unit__in=units_with(keeper, Right.MANAGE_ACCOUNTS, on=on)).select_related(
        "user", "unit"
    )
    held: dict[int, list[Grant]] = {}
    for row in rows.order_by("unit__path", "since", "pk"):
        held.setdefault(row.user_id, []).append(row)
    found = [_account(grants[0].user, grants, on) for grants in held.values()]
    return sorted(found, key=lambda one: (not one.user.is_active, not one.grants, one.user.username.lower()))


def account_kept_by(keeper: Reader, account_id: int, *, on: date) -> Account:
    """One of them, with what it holds in his reach. Raises NotYours or NotAllowed."""
    user = User.objects.filter(pk=account_id).first()
    if user is None:
        raise NotYours("没有这个账号。")
    rows = list(Grant.objects.filter(user=user).select_related("unit").order_by("unit__path", "since", "pk"))
    refused: Refusal = NotYours("没有这个账号。")
    kept = []
    for row in rows:
        try:
            require(keeper, row.unit_id, Right.MANAGE_ACCOUNTS, on=on)
            kept.append(row)
        except NotAllowed as refusal:
            refused = refusal
        except NotYours:
            continue
    if not kept:
        raise refused
    return _account(user, kept, on)


def require_whole(keeper: Reader, user: User, *, on: date) -> None:
    """What changes the account itself (密码、停用) needs all that it holds to be in reach: who could set the password of
    one who also works elsewhere could sign in there. Raises Refusal."""
    reach = units_with(keeper, Right.MANAGE_ACCOUNTS, on=on)
    beyond = Grant.objects.filter(user=user).exclude(unit__in=reach)
    if any(_holds(row, on) for row in beyond):
        raise Refusal("", BEYOND.format(name=user.name))


def namesakes(user: User, units: list[Unit], *, on: date) -> list[Member]:
    """Members of these units who carry the account's name and have no account of their own."""
    found = Member.objects.filter(name=user.name, user=None, forgotten_at=None)
    ids = {row.member_id for unit in units for row in Membership.objects.in_unit(unit).on(on).filter(member__in=found)}
    return list(found.filter(pk__in=ids))


def _account(user: User, rows: list[Grant], on: date) -> Account:
    past = tuple(row for row in rows if not _holds(row, on))
    return Account(user, tuple(row for row in rows if _holds(row, on)), past)


def _holds(row: Grant, on: date) -> bool:
    """Also one that begins on a later day: it is granted, and can be withdrawn."""
    return row.until is None or row.until > on
