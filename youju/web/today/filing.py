"""What was recorded and is not yet filed (归档): records are commonly filed within three workdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min

from youju.duties.workdays.rules import Workdays
from youju.people.models import Unit
from youju.records.activities.values import Status
from youju.records.models import Session

LOOKS_BACK = timedelta(days=30)
WITHIN = 3  # workdays


@dataclass(frozen=True)
class Unfiled:
    """How many of the last weeks wait, and by which day the oldest of them would be filed."""

    count: int
    by: date


def unfiled_of(unit: Unit, *, on: date, days: Workdays) -> Unfiled | None:
    """None when nothing waits; taken over from paper is no late filing."""
    rows = Session.objects.filter(ledger=unit, status=Status.HELD, held_on__gte=on - LOOKS_BACK, transcribed_from="")
    found = rows.aggregate(count=Count("pk"), first=Min("held_on"))
    return Unfiled(found["count"], days.after(found["first"], WITHIN)) if found["count"] else None
