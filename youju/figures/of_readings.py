"""自学 as figures count it: what was said to be read, and in a row of it no name."""

from __future__ import annotations

from collections.abc import Iterator

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.models import Reading


def reading_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    rows = Reading.objects.standing().filter(ledger_id__in=unit_ids, read_on__gte=period.start, read_on__lte=period.end)
    for pk, title, day, ledger_id, entered_at in rows.values_list("pk", "title", "read_on", "ledger_id", "entered_at"):
        yield EntryFact(pk, "", "reading", title, day, day.year, ledger_id, local_day(entered_at))
