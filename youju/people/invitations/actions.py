"""Changes of invitations: give out, take back, open."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from youju.accounts.actions import create_account
from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.people.invitations.models import Invitation
from youju.people.invitations.queries import has_own_account, open_invitation
from youju.people.invitations.values import DAYS, State
from youju.people.members.actions import link_account
from youju.people.members.models import Member, Membership
from youju.people.roles.actions import grant
from youju.people.roles.models import Grant
from youju.people.roles.rules import Role
from youju.people.units.models import Unit

GONE = "这个邀请已经用过、收回或过期了，请找党务工作者再要一个。"


def invite(*, member: Member, unit: Unit, by: Actor | None, at: datetime) -> tuple[Invitation, str]:
    """A new invitation and its code, which is told this once; one given out before is taken back. Raises Refusal."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        if member.forgotten_at or not Membership.objects.in_unit(unit).on(local_day(at)).filter(member=member).exists():
            raise Refusal("", "他现在不在本组织，不能邀请。")
        if has_own_account(member):
            raise Refusal("", "他有自己的登录账号，用账号登录就能看到自己的页面，不用邀请。")
        for row in Invitation.objects.filter(member=member, used_at=None, revoked_at=None):
            _revoke(row, at)
        code = secrets.token_urlsafe(18)
        row = Invitation.objects.create(
            member=member, unit=unit, digest=sha256_hex(code.encode()), made_at=at, expires_at=at + timedelta(days=DAYS)
        )
        _note(row, verb="发出邀请", by=by, at=at)
    return row, code


def revoke(*, invitation: Invitation, by: Actor | None, at: datetime) -> None:
    """收回 one that was not opened yet. Raises Refusal."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if row.state(at) is not State.OPEN:
            raise Refusal("", f"这个邀请{row.state(at).zh}，不用收回。")
        _revoke(row, at)
        _note(row, verb="收回邀请", by=by, at=at)


def accept(*, code: str, at: datetime) -> User:
    """Opens an invitation, once: the account that reads this member's own pages, and the library as every member. Raises Refusal.

    Of two that open it at once the second finds it used.
    """
    with transaction.atomic():
        found = open_invitation(code, at=at)
        if found is None:
            raise Refusal("", GONE)
        member = Member.objects.select_for_update().get(pk=found.member_id)  # he first, as in giving one out
        row = Invitation.objects.select_for_update().get(pk=found.pk)
        if row.state(at) is not State.OPEN or member.forgotten_at or has_own_account(member):
            raise Refusal("", GONE)
        row.used_at = at
        row.save(update_fields=["used_at"])
        user = member.user or _account(member, at)
        if not Grant.objects.filter(user=user, unit=row.unit, role=Role.MEMBER, until=None).exists():
            grant(user=user, unit=row.unit, role=Role.MEMBER, since=local_day(at), by=None, at=at)
        _note(row, verb="打开邀请", by=user, at=at)
    return user


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """What is still open is taken back; the rest are days without a name."""
    for row in Invitation.objects.filter(member=member, used_at=None, revoked_at=None):
        _revoke(row, at)


def _account(member: Member, at: datetime) -> User:
    """An account without a password and without the member's name: forgetting him need not look for it there."""
    username = f"dangyuan-{member.pk}-{secrets.token_hex(3)}"
    user = create_account(username=username, name="党员", password=None, by=None, at=at)
    link_account(member=member, user=user, by=None, at=at)
    return user


def _revoke(row: Invitation, at: datetime) -> None:
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])


def _note(row: Invitation, *, verb: str, by: Actor | None, at: datetime) -> None:
    journal.write_line(by=by, at=at, verb=verb, room="people", noun="invitation", object_id=row.pk, unit_id=row.unit_id)
