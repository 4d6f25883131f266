"""Registers, coverage and requests as the entries that figures count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from django.db.models import CharField
from django.db.models.functions import Cast

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.models import Request, Subject
from youju.records.registers.kinds import REGISTERS, TELLS, VISITS
from youju.records.visits.queries import days_reached

# Days come as text and are read once each: thousands of entries of a register began on the same few days, and a database
# that keeps days as text takes longer to read each of them than to find the rows.
FIELDS = ("pk", "code", "kind", "name", "unit_id", "place_id")
Row = tuple[int, str, str, str, int, int | None, date, date | None]


def subject_entries(unit_ids: Listed, period: Period) -> Iterable[EntryFact]:
    """What stood on a register at any time of the period, and its pairings as entries of their own."""
    rows, places = _standing(unit_ids, period)
    yield from (_fact(row, places) for row in rows)
    yield from _paired(unit_ids, rows, places, {})


def reach_entries(unit_ids: Listed, period: Period) -> Iterable[EntryFact]:
    """The same, with the days on which a visit reached it; villages a second time with the days of the telling."""
    visited, told = days_reached(unit_ids, period, VISITS, TELLS)
    rows, places = _standing(unit_ids, period)
    for row in rows:
        yield _fact(row, places, days=tuple(visited.get(row[0], ())))
        kind = REGISTERS[row[2]]
        if kind.told:
            yield _fact(row, places, kind=kind.told_of, days=tuple(told.get(row[0], ())))
    yield from _paired(unit_ids, rows, places, visited)


def request_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """Requests raised in the period. The words of a request are nobody's but the unit's own: its title says none."""
    rows = Request.objects.filter(unit_id__in=unit_ids)
    rows = rows.filter(raised_on__gte=period.start, raised_on__lte=period.end)
    fields = ("pk", "number", "raised_on", "unit_id", "entered_at", "closed_on", "session_id", "subject__place__name")
    for pk, number, day, unit_id, entered, closed, session_id, place in rows.order_by("raised_on", "pk").values_list(
        *fields
    ):
        kind = "at_visit" if session_id else "brought"
        title = f"诉求（{place}）" if place else "诉求"
        yield EntryFact(pk, number, kind, title, day, day.year, unit_id, local_day(entered), closed)


def _standing(unit_ids: Listed, period: Period) -> tuple[list[Row], dict[int, str]]:
    """The rows, and the names of the places they lie in."""
    found = Subject.objects.filter(unit_id__in=unit_ids).standing(period.start, period.end).order_by()
    written = found.values_list(*FIELDS, Cast("since", CharField()), Cast("until", CharField()))
    rows: list[Row] = [(*row[:6], _day(row[6]), _day(row[7]) if row[7] else None) for row in written]
    lying = {place for row in rows if (place := row[5]) is not None}
    return rows, dict(Subject.objects.filter(pk__in=Listed(sorted(lying))).values_list("pk", "name"))


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _fact(row: Row, places: dict[int, str], *, kind: str = "", days: tuple[date, ...] = ()) -> EntryFact:
    """A household is named by its village and code: a family name is for the register alone."""
    pk, code, own, name, unit_id, place, since, until = row
    if own == "household":
        title = f"{places[place]} {code}" if place else code
    else:
        title = name or code
    return EntryFact(pk, code, kind or own, title, since, since.year, unit_id, since, until, days)


def _paired(
    unit_ids: Listed, rows: list[Row], places: dict[int, str], visited: Mapping[int, list[date]]
) -> Iterator[EntryFact]:
    by_id = {row[0]: row for row in rows}
    pairs = Subject.objects.filter(unit_id__in=unit_ids, paired_since__isnull=False)
    for pk, since, until in pairs.order_by("pk").values_list("pk", "paired_since", "paired_until"):
        row = by_id.get(pk)
        if row is None:
            continue
        kind = REGISTERS[row[2]]
        left = min(filter(None, (until, row[7])), default=None)
        if since is not None and kind.pair:
            days = tuple(visited.get(pk, ()))
            yield _fact((*row[:6], since, left), places, kind=kind.paired, days=days)
