"""Items of lists and their checks as the entries that figures count."""

from __future__ import annotations

from collections.abc import Iterator

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.lists.queries import check_days
from youju.records.lists.rules import owed
from youju.records.lists.values import Owed, Rhythm
from youju.records.models import ListItem

MONTHS = 12
A_PLACE = 100_000  # more months than any ledger has


def items(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """What stood on a list at any time of the period, from its first day until it was ended."""
    for row in _standing(unit_ids, period):
        yield EntryFact(
            row.pk, row.number, row.kind, row.title, row.since, row.since.year, row.unit_id, local_day(row.entered_at),
            row.until,
        )  # fmt: skip


def checks(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """Each time an item was to be looked at: by the day it was; while it waits, by the day it is owed.

    So a yearly check that was made in November counts at once, and one that is owed by December not before.
    """
    rows = [row for row in _standing(unit_ids, period) if row.rhythm != Rhythm.NONE]
    days = check_days(row.pk for row in rows) if rows else {}
    asked = Period(period.start.replace(month=1, day=1), period.end.replace(month=12, day=31))
    for row in rows:
        times = owed(
            rhythm=Rhythm(row.rhythm), since=row.since, first=row.first_due, until=row.until,
            checks=days.get(row.pk, ()), asked=asked,
        )  # fmt: skip
        yield from (_check(row, one) for one in times)


def _standing(unit_ids: Listed, period: Period) -> list[ListItem]:
    rows = ListItem.objects.filter(unit_id__in=unit_ids, since__lte=period.end)
    return list(rows.exclude(until__lte=period.start).order_by("pk"))


def item_of(row_id: int) -> int:
    """The item whose check an entry is."""
    return row_id // A_PLACE


def _check(row: ListItem, one: Owed) -> EntryFact:
    day = one.done_on or one.owed_by
    start = one.period.start
    return EntryFact(
        row.pk * A_PLACE + start.year * MONTHS + start.month, row.number, row.kind, row.title, day, start.year,
        row.unit_id, local_day(row.entered_at), closed_on=one.done_on, note="已检查" if one.done_on else "未检查",
    )  # fmt: skip
