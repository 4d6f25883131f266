"""What the room does when a member must be forgotten."""

from __future__ import annotations

from datetime import datetime

from youju.journal.values import Actor
from youju.people.members.models import Member
from youju.study.deliveries import actions as deliveries
from youju.study.selftests import actions as selftests
from youju.study.spotchecks import actions as spotchecks
from youju.study.units import actions as units


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Each noun drops what names the member; numbers stay."""
    selftests.forget(member=member, by=by, at=at)
    spotchecks.forget(member=member, by=by, at=at)
    units.forget(member=member, by=by, at=at)
    deliveries.forget(member=member, by=by, at=at)
