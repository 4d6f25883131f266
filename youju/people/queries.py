"""What the room knows of one member."""

from __future__ import annotations

from youju.people.invitations import queries as invitations
from youju.people.members import queries as members
from youju.people.members.models import Member
from youju.people.posts import queries as posts


def about(member: Member) -> dict[str, object]:
    """All that the rosters keep of a member."""
    return members.about(member) | posts.about(member) | invitations.about(member)
