"""Questions about invitations."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from youju.kit.digests import sha256_hex
from youju.kit.zone import SHANGHAI
from youju.people.invitations.models import Invitation
from youju.people.invitations.values import State
from youju.people.members.models import Member
from youju.people.roles.models import Grant
from youju.people.roles.rules import Role
from youju.people.units.models import Unit
from youju.people.written_once import rows_once


def invitations_of(unit: Unit) -> list[Invitation]:
    """What a unit has given out, latest first."""
    return list(Invitation.objects.filter(unit=unit).select_related("member").order_by("-pk"))


def open_invitation(code: str, *, at: datetime) -> Invitation | None:
    """The invitation a code opens now; None for one that was used, taken back, ran out or never was."""
    row = Invitation.objects.filter(digest=sha256_hex(code.encode())).select_related("member__user", "unit").first()
    return row if row and row.state(at) is State.OPEN and row.member.forgotten_at is None else None


def has_own_account(member: Member) -> bool:
    """Whether he signs in with a name and password, or does more than read about himself: no code may open such an account."""
    if member.user is None:
        return False
    more = Grant.objects.filter(user=member.user).exclude(role=Role.MEMBER).exists()
    return more or member.user.has_usable_password() or not member.user.is_active


@rows_once
def _sent_to(member: int) -> QuerySet[Invitation]:
    return Invitation.objects.filter(member_id=member).order_by("pk")


def about(member: Member) -> dict[str, object]:
    """Every invitation of a member."""
    return {
        "邀请": [
            {"发出": _told(row.made_at), "打开": _told(row.used_at), "收回": _told(row.revoked_at)}
            for row in _sent_to(member.pk)
        ]
    }


def _told(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""
