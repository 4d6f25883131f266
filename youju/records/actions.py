"""What the room does when a member must be forgotten."""

from __future__ import annotations

from datetime import datetime

from youju.journal.values import Actor
from youju.people.members.models import Member
from youju.records.activities import actions as activities
from youju.records.campaigns import actions as campaigns
from youju.records.fees import actions as fees
from youju.records.followups import actions as tasks
from youju.records.leave import actions as leave
from youju.records.lists import actions as lists
from youju.records.problems import actions as problems
from youju.records.projects import actions as projects
from youju.records.publicity import actions as publicity
from youju.records.readings import actions as readings
from youju.records.registers import actions as registers
from youju.records.requests import actions as requests
from youju.records.signin import actions as signin


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Each noun drops what names the member; numbers and digests stay."""
    activities.forget(member=member, by=by, at=at)
    campaigns.forget(member=member, by=by, at=at)
    fees.forget(member=member, by=by, at=at)
    leave.forget(member=member, by=by, at=at)
    lists.forget(member=member, by=by, at=at)
    problems.forget(member=member, by=by, at=at)
    projects.forget(member=member, by=by, at=at)
    publicity.forget(member=member, by=by, at=at)
    readings.forget(member=member, by=by, at=at)
    registers.forget(member=member, by=by, at=at)
    requests.forget(member=member, by=by, at=at)
    signin.forget(member=member, by=by, at=at)
    tasks.forget(member=member, by=by, at=at)
