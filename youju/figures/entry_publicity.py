"""Publicity as figures count it: what was published, by the day it appeared."""

from __future__ import annotations

from collections.abc import Iterator

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.models import Publication
from youju.records.publicity.values import Status


def publications(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """A draft, and what was not taken, is no publication. Words that were erased leave the number."""
    rows = Publication.objects.filter(
        unit_id__in=unit_ids, status=Status.PUBLISHED, dated_on__gte=period.start, dated_on__lte=period.end
    )
    for row in rows.defer("text", "practice", "outcome", "use"):
        yield EntryFact(
            row.pk, row.number, row.kind, row.said, row.dated_on, row.dated_on.year, row.unit_id,
            local_day(row.entered_at), note=row.where,
        )  # fmt: skip
