"""Items of lists and their checks as the entries that figures count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.lists.queries import check_days
from youju.records.lists.rules import owed
from youju.records.lists.values import Owed, Rhythm
from youju.records.models import ListItem

MONTHS = 12
A_PLACE = 100_000  # more months than any ledger has


class Item(NamedTuple):
    """Of an item what its figures need."""

    pk: int
    number: str
    kind: str
    title: str
    rhythm: str
    first_due: date | None
    since: date
    until: date | None
    unit_id: int
    entered_at: datetime


def list_entries(unit_ids: Listed, period: Period) -> dict[str, Iterator[EntryFact]]:
    """What stood on a list at any time of the period and its checks, told from the same rows."""
    standing = [Item(*row) for row in _standing(unit_ids, period.start, period.end)]
    return {"item": _items(standing), "check": _checks(standing, period)}


def _items(standing: list[Item]) -> Iterator[EntryFact]:
    """From its first day until it was ended."""
    for row in standing:
        yield EntryFact(
            row.pk, row.number, row.kind, row.title, row.since, row.since.year, row.unit_id, local_day(row.entered_at),
            row.until,
        )  # fmt: skip


def _checks(standing: list[Item], period: Period) -> Iterator[EntryFact]:
    """Each time an item was to be looked at: by the day it was; while it waits, by the day it is owed.

    So a yearly check that was made in November counts at once, and one that is owed by December not before.
    """
    rows = [row for row in standing if row.rhythm != Rhythm.NONE]
    days = check_days(row.pk for row in rows) if rows else {}
    asked = Period(period.start.replace(month=1, day=1), period.end.replace(month=12, day=31))
    for row in rows:
        times = owed(
            rhythm=Rhythm(row.rhythm), since=row.since, first=row.first_due, until=row.until,
            checks=days.get(row.pk, ()), asked=asked,
        )  # fmt: skip
        yield from (_check(row, one) for one in times)


@written_once
def _standing(units: Listed, start: date, end: date) -> Rows:
    rows = ListItem.objects.filter(unit_id__in=units, since__lte=end).exclude(until__lte=start)
    return rows.order_by("pk").values_list(*Item._fields)


def item_of(row_id: int) -> int:
    """The item whose check an entry is."""
    return row_id // A_PLACE


def _check(row: Item, one: Owed) -> EntryFact:
    day = one.done_on or one.owed_by
    start = one.period.start
    return EntryFact(
        row.pk * A_PLACE + start.year * MONTHS + start.month, row.number, row.kind, row.title, day, start.year,
        row.unit_id, local_day(row.entered_at), closed_on=one.done_on, note="已检查" if one.done_on else "未检查",
    )  # fmt: skip
