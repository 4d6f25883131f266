"""Registers, coverage and requests as the entries that figures count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import CharField
from django.db.models.functions import Cast

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import Request, Subject
from youju.records.registers.kinds import REGISTERS, TELLS, VISITS
from youju.records.visits.queries import days_reached

# Days come as text and are read once each: thousands of entries of a register began on the same few days, and a database
# that keeps days as text takes longer to read each of them than to find the rows.
FIELDS = ("pk", "code", "kind", "name", "unit_id", "place_id")
Row = tuple[int, str, str, str, int, int | None, date, date | None]


@dataclass(frozen=True)
class Standing:
    """What stood on the registers of some units at any time of a period, and what is told of all of it."""

    rows: list[Row]
    places: dict[int, str]  # the names of the places they lie in
    pairs: list[tuple[int, date, date | None]]

    def fact(self, row: Row, *, kind: str = "", days: tuple[date, ...] = ()) -> EntryFact:
        """A household is named by its village and code: a family name is for the register alone."""
        pk, code, own, name, unit_id, place, since, until = row
        if own == "household":
            title = f"{self.places[place]} {code}" if place else code
        else:
            title = name or code
        return EntryFact(pk, code, kind or own, title, since, since.year, unit_id, since, until, days)

    def paired(self, visited: Mapping[int, list[date]]) -> Iterator[EntryFact]:
        by_id = {row[0]: row for row in self.rows}
        for pk, since, until in self.pairs:
            row = by_id.get(pk)
            if row is None:
                continue
            kind = REGISTERS[row[2]]
            left = min(filter(None, (until, row[7])), default=None)
            if kind.pair:
                days = tuple(visited.get(pk, ()))
                yield self.fact((*row[:6], since, left), kind=kind.paired, days=days)


def register_entries(unit_ids: Listed, period: Period) -> dict[str, Iterator[EntryFact]]:
    """Who stood on a register, and how each was reached, told from the same rows: of thousands of them read once."""
    standing = _standing(unit_ids, period)
    return {"subject": _subjects(standing), "reach": _reached(standing, unit_ids, period)}


def _subjects(standing: Standing) -> Iterator[EntryFact]:
    """Each once, and its pairings as entries of their own."""
    yield from (standing.fact(row) for row in standing.rows)
    yield from standing.paired({})


def _reached(standing: Standing, unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """The same, with the days on which a visit reached it; villages a second time with the days of the telling."""
    visited, told = days_reached(unit_ids, period, VISITS, TELLS)
    for row in standing.rows:
        yield standing.fact(row, days=tuple(visited.get(row[0], ())))
        kind = REGISTERS[row[2]]
        if kind.told:
            yield standing.fact(row, kind=kind.told_of, days=tuple(told.get(row[0], ())))
    yield from standing.paired(visited)


def request_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """Requests raised in the period. The words of a request are nobody's but the unit's own: its title says none."""
    for pk, number, day, unit_id, entered, closed, session_id, place in _raised(unit_ids, period.start, period.end):
        kind = "at_visit" if session_id else "brought"
        title = f"诉求（{place}）" if place else "诉求"
        yield EntryFact(pk, number, kind, title, day, day.year, unit_id, local_day(entered), closed)


@written_once
def _raised(units: Listed, start: date, end: date) -> Rows:
    rows = Request.objects.filter(unit_id__in=units, raised_on__gte=start, raised_on__lte=end)
    fields = ("pk", "number", "raised_on", "unit_id", "entered_at", "closed_on", "session_id", "subject__place__name")
    return rows.order_by("raised_on", "pk").values_list(*fields)


def _standing(unit_ids: Listed, period: Period) -> Standing:
    stood = _stood(unit_ids, period.start, period.end)
    rows: list[Row] = [(*row[:6], _day(row[6]), _day(row[7]) if row[7] else None) for row in stood]
    lying = {place for row in rows if (place := row[5]) is not None}
    places = dict(_places(Listed(sorted(lying)))) if lying else {}
    return Standing(rows, places, list(_pairs(unit_ids)) if rows else [])


@written_once
def _stood(units: Listed, first: date, last: date) -> Rows:
    found = Subject.objects.filter(unit_id__in=units).standing(first, last).order_by()
    return found.values_list(*FIELDS, Cast("since", CharField()), Cast("until", CharField()))


@written_once
def _places(subjects: Listed) -> Rows:
    return Subject.objects.filter(pk__in=subjects).values_list("pk", "name")


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@written_once
def _pairs(units: Listed) -> Rows:
    pairs = Subject.objects.filter(unit_id__in=units, paired_since__isnull=False)
    return pairs.order_by("pk").values_list("pk", "paired_since", "paired_until")
