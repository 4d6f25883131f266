"""What the room knows of one member."""

from __future__ import annotations

from youju.people.corrections import queries as corrections
from youju.people.invitations import queries as invitations
from youju.people.looks import queries as looks
from youju.people.members import queries as members
from youju.people.members.models import Member
from youju.people.posts import queries as posts


def about(member: Member) -> dict[str, object]:
    """All that the rosters keep of a member, what he asked to be corrected, and who looked."""
    rosters = members.about(member) | posts.about(member) | invitations.about(member)
    return rosters | corrections.about(member) | looks.about(member)
