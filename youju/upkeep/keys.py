"""A key to somebody's account that passes through another's hands: a password set for him, a further invitation.

Whoever holds it opens the member's own pages, and nobody can say who that is; so what is his alone goes first, and whoever
is signed in with the old key is signed out.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.accounts.actions import change_password, sign_out
from youju.accounts.models import User
from youju.people.invitations.actions import accept
from youju.people.invitations.queries import open_invitation
from youju.people.members.models import Member
from youju.study.selftests.actions import erase_own


def set_password_for(*, user: User, password: str, by: User | None, at: datetime) -> None:
    """重设密码 by somebody else. Raises Refusal on ``password``."""
    with transaction.atomic():
        change_password(user=user, password=password, by=by, at=at)
        _close_what_is_his(user)


def open_invited(*, code: str, at: datetime) -> User:
    """Opens an invitation; that of a member who has had an account, on another phone, closes what stood open there.

    Raises Refusal.
    """
    with transaction.atomic():
        found = open_invitation(code, at=at)
        again = found is not None and found.member.user_id is not None
        user = accept(code=code, at=at)
        if again:
            sign_out(user=user, by=user, at=at)
            _close_what_is_his(user)
    return user


def _close_what_is_his(user: User) -> None:
    for member in Member.objects.filter(user=user):
        erase_own(member=member)
