"""党费 as figures count it: months that were marked, and marks of members. No name stands in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.fees.values import FeeState
from youju.records.models import FeeMark, FeeMonth

#: ``month`` a month that was marked; ``mark`` one member in it, of those who have to pay.
FEE_KINDS = ("month", "mark")


def fee_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    months = FeeMonth.objects.filter(unit_id__in=unit_ids, year__in=period.years())
    by_id: dict[int, EntryFact] = {}
    for row in months:
        day = date(row.year, row.month, 1)
        by_id[row.pk] = EntryFact(
            row.pk, "", "month", f"{row}党费登记", day, row.year, row.unit_id, local_day(row.entered_at)
        )
    yield from by_id.values()
    marks = FeeMark.objects.filter(sheet_id__in=Listed(by_id)).exclude(state=FeeState.EXEMPT)
    for pk, sheet_id, state in marks.values_list("pk", "sheet_id", "state"):
        of = by_id[sheet_id]
        paid = state == FeeState.PAID
        yield EntryFact(
            pk, "", "mark", of.title, of.day, of.for_year, of.unit_id, of.entered_on,
            closed_on=of.day if paid else None, note=FeeState(state).zh,
        )  # fmt: skip
