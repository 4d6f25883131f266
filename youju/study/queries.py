"""What the room knows of one member."""

from __future__ import annotations

from youju.people.members.models import Member
from youju.study.deliveries import queries as deliveries
from youju.study.selftests import queries as selftests
from youju.study.spotchecks import queries as spotchecks
from youju.study.units import queries as units


def about(member: Member) -> dict[str, object]:
    """All that study keeps of a member."""
    return selftests.about(member) | spotchecks.about(member) | units.about(member) | deliveries.about(member)
