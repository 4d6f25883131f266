"""What stands beside a member's own self-tests: his hours, what he says he has read, and what his branch will study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from youju.people.models import Member
from youju.people.units.queries import ledger_unit
from youju.records.readings.models import Reading
from youju.study.models import StudyUnit

MOST = 4  # of his readings and of the units ahead


@dataclass(frozen=True)
class OwnStudy:
    readings: tuple[Reading, ...]  # the latest
    units: tuple[tuple[StudyUnit, bool], ...]  # whose days are not over, and whether he leads it


def is_member(request: HttpRequest) -> bool:
    return Member.objects.filter(user=request.user.pk or 0, forgotten_at__isnull=True).exists()


def own_study(member: Member, *, on: date) -> OwnStudy:
    """The plan reaches him as a session to come does: by belonging to the branch. What was recorded does not."""
    homes = {ledger_unit(row.unit).pk for row in member.memberships.on(on).select_related("unit__parent")}
    units = StudyUnit.objects.standing().filter(ledger_id__in=homes, ends_on__gte=on).order_by("starts_on", "pk")
    readings = Reading.objects.standing().filter(member=member)
    return OwnStudy(tuple(readings[:MOST]), tuple((unit, unit.leader_id == member.pk) for unit in units[:MOST]))
