"""What was recorded and is not yet filed (归档): records are commonly filed within three workdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from youju.duties.workdays.rules import Workdays
from youju.people.models import Unit
from youju.people.written_once import Rows, written_once
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
    held = [day for (day,) in _held_since(unit.pk, on - LOOKS_BACK)]
    return Unfiled(len(held), days.after(min(held), WITHIN)) if held else None


@written_once
def _held_since(ledger: int, day: date) -> Rows:
    rows = Session.objects.filter(ledger_id=ledger, status=Status.HELD, held_on__gte=day, transcribed_from="")
    return rows.values_list("held_on")
