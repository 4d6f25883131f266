"""Numbers of records (2026-大会-03): year, code, serial; given once and never reused."""

from __future__ import annotations

from django.db.models import F

from youju.people.units.models import Unit
from youju.records.activities.models import NumberSeries


def next_number(ledger: Unit, year: int, code: str) -> str:
    """The next number of a code in one ledger and year, to be asked inside the transaction that writes the record.

    The row of the series is locked by counting on: two clerks at once get two numbers, and the second of them sees what
    the first has written.
    """
    series = NumberSeries.objects.filter(ledger=ledger, year=year, code=code)
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.bulk_create([NumberSeries(ledger=ledger, year=year, code=code)], ignore_conflicts=True)
        series.update(last=F("last") + 1)
    return f"{year}-{code}-{series.values_list('last', flat=True).get():02d}"
