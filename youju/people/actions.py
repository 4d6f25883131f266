"""What the room does when a member must be forgotten."""

from __future__ import annotations

from datetime import datetime

from youju.journal.values import Actor
from youju.kit.zone import local_day
from youju.people.corrections import actions as corrections
from youju.people.invitations import actions as invitations
from youju.people.looks import actions as looks
from youju.people.members import actions as members
from youju.people.members.models import Member
from youju.people.posts import actions as posts
from youju.people.roles.actions import withdraw
from youju.people.roles.models import Grant


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The name goes, and what his account may do; dated memberships and posts stay as numbers without a person to them."""
    posts.forget(member=member, by=by, at=at)
    invitations.forget(member=member, by=by, at=at)
    for row in Grant.objects.filter(user=member.user_id or 0, until=None):
        withdraw(row=row, on=max(local_day(at), row.since), by=by, at=at)
    corrections.forget(member=member, by=by, at=at)
    looks.forget(member=member, by=by, at=at)
    members.forget(member=member, by=by, at=at)
