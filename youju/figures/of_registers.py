"""Registers, coverage and requests as the entries that figures count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.models import Request, Subject
from youju.records.registers.kinds import REGISTERS, TELLS, VISITS
from youju.records.visits.queries import days_reached

FIELDS = ("pk", "code", "kind", "name", "since", "until", "unit_id", "place__name", "paired_since", "paired_until")
Row = tuple[int, str, str, str, date, date | None, int, str | None, date | None, date | None]


def subject_entries(unit_ids: Listed, period: Period) -> Iterable[EntryFact]:
    """What stood on a register at any time of the period, and its pairings as entries of their own."""
    for row in _standing(unit_ids, period):
        yield _fact(row)
        yield from _paired(row)


def reach_entries(unit_ids: Listed, period: Period) -> Iterable[EntryFact]:
    """The same, with the days on which a visit reached it; villages a second time with the days of the telling."""
    visited = days_reached(unit_ids, period, VISITS)
    told = days_reached(unit_ids, period, TELLS)
    for row in _standing(unit_ids, period):
        days = tuple(visited.get(row[0], ()))
        yield _fact(row, days=days)
        yield from _paired(row, days=days)
        kind = REGISTERS[row[2]]
        if kind.told:
            yield _fact(row, kind=kind.told_of, days=tuple(told.get(row[0], ())))


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


def _standing(unit_ids: Listed, period: Period) -> Iterable[Row]:
    rows = Subject.objects.filter(unit_id__in=unit_ids).standing(period.start, period.end)
    return rows.order_by().values_list(*FIELDS)


def _fact(row: Row, *, kind: str = "", days: tuple[date, ...] = ()) -> EntryFact:
    """A household is named by its village and code: a family name is for the register alone."""
    pk, code, own, name, since, until, unit_id, place, _, _ = row
    title = f"{place} {code}" if place and own == "household" else code if own == "household" else name or code
    return EntryFact(pk, code, kind or own, title, since, since.year, unit_id, since, until, days)


def _paired(row: Row, *, days: tuple[date, ...] = ()) -> Iterator[EntryFact]:
    kind, since, until = REGISTERS[row[2]], row[8], row[9]
    if since is not None and kind.pair:
        fact = _fact(row, kind=kind.paired, days=days)
        left = min(filter(None, (until, row[5])), default=None)
        yield EntryFact(
            fact.id, fact.number, fact.kind, fact.title, since, since.year, fact.unit_id, since, left, days
        )  # fmt: skip
