"""What the room does when a member must be forgotten."""

from __future__ import annotations

from datetime import datetime

from youju.journal.values import Actor
from youju.people.invitations import actions as invitations
from youju.people.members import actions as members
from youju.people.members.models import Member
from youju.people.posts import actions as posts


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The name goes; dated memberships and posts stay as numbers without a person to them."""
    posts.forget(member=member, by=by, at=at)
    invitations.forget(member=member, by=by, at=at)
    members.forget(member=member, by=by, at=at)
