"""党费 as figures count it: months that were marked, and marks of members. No name stands in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.fees.values import FeeState
from youju.records.models import FeeMark, FeeMonth

#: ``month`` a month that was marked; ``mark`` one member in it, of those who have to pay.
FEE_KINDS = ("month", "mark")


def fee_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    by_id: dict[int, EntryFact] = {}
    for pk, year, month, unit_id, entered_at in _months(unit_ids, Listed(period.years())):
        title, day = f"{year}年{month}月党费登记", date(year, month, 1)
        by_id[pk] = EntryFact(pk, "", "month", title, day, year, unit_id, local_day(entered_at))
    yield from by_id.values()
    for pk, sheet_id, state in _marks(Listed(by_id)) if by_id else ():
        of = by_id[sheet_id]
        paid = state == FeeState.PAID
        yield EntryFact(
            pk, "", "mark", of.title, of.day, of.for_year, of.unit_id, of.entered_on,
            closed_on=of.day if paid else None, note=FeeState(state).zh,
        )  # fmt: skip


@written_once
def _months(units: Listed, years: Listed) -> Rows:
    marked = Exists(FeeMark.objects.filter(sheet=OuterRef("pk")))  # one that was emptied is not marked any more
    rows = FeeMonth.objects.filter(marked, unit_id__in=units, year__in=years)
    return rows.values_list("pk", "year", "month", "unit_id", "entered_at")


@written_once
def _marks(sheets: Listed) -> Rows:
    rows = FeeMark.objects.filter(sheet_id__in=sheets).exclude(state=FeeState.EXEMPT)
    return rows.values_list("pk", "sheet_id", "state")
