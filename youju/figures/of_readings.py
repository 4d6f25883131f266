"""自学 as figures count it: what was said to be read, and in a row of it no name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import Reading


def reading_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    for pk, title, day, ledger_id, entered_at in _readings(unit_ids, period.start, period.end):
        yield EntryFact(pk, "", "reading", title, day, day.year, ledger_id, local_day(entered_at))


@written_once
def _readings(ledgers: Listed, start: date, end: date) -> Rows:
    rows = Reading.objects.standing().filter(ledger_id__in=ledgers, read_on__gte=start, read_on__lte=end)
    return rows.values_list("pk", "title", "read_on", "ledger_id", "entered_at")
