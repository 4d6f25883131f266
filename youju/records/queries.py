"""What the room knows of one member."""

from __future__ import annotations

from youju.people.members.models import Member
from youju.records.activities import queries as activities
from youju.records.campaigns import queries as campaigns
from youju.records.fees import queries as fees
from youju.records.followups import queries as tasks
from youju.records.leave import queries as leave
from youju.records.lists import queries as lists
from youju.records.problems import queries as problems
from youju.records.projects import queries as projects
from youju.records.publicity import queries as publicity
from youju.records.readings import queries as readings
from youju.records.registers import queries as registers
from youju.records.requests import queries as requests
from youju.records.signin import queries as signin


def about(member: Member) -> dict[str, object]:
    """All that the ledger keeps of a member."""
    return (
        activities.about(member)
        | campaigns.about(member)
        | fees.about(member)
        | leave.about(member)
        | lists.about(member)
        | problems.about(member)
        | projects.about(member)
        | publicity.about(member)
        | readings.about(member)
        | registers.about(member)
        | requests.about(member)
        | signin.about(member)
        | tasks.about(member)
    )
