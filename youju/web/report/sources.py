"""The records behind a number, as this reader may see them: what he may open is a link, the rest is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from youju.figures.figure import Figure
from youju.figures.values import Answer, Row
from youju.people.roles.queries import units_with
from youju.people.roles.rules import Right
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind, after_subtree
from youju.records.models import Problem, Session
from youju.reports.values import Told
from youju.web.shared import clock
from youju.web.shared.navigation import address

PERSONS = frozenset({"member", "committee"})
ELSEWHERE = "别处的台账"
PROBLEMS = frozenset({"problem", "measure"})
KEEPER = Mapping[int, int]  # unit → the unit that keeps its ledger, for units whose records the reader may read


@dataclass(frozen=True)
class Source:
    """One row that makes a number."""

    day: date
    number: str
    title: str
    url: str
    note: str
    late: bool


def keepers(request: HttpRequest, unit_ids: Iterable[int]) -> KEEPER:
    """Of these units, those the reader may read records of, each with the unit that keeps its ledger. One query."""
    units = units_with(request.user, Right.READ_RECORDS, on=clock.today()).filter(pk__in=set(unit_ids))
    return {
        pk: parent if kind == UnitKind.GROUP and parent else pk
        for pk, parent, kind in units.values_list("pk", "parent_id", "kind")
    }


def told_urls(request: HttpRequest, told: Iterable[Told]) -> dict[int, str]:
    """Session → address of its record, for the told words of a report. Two queries."""
    ids = {span.session_id for span in told}
    rows = list(Session.objects.filter(pk__in=ids).values_list("pk", "ledger_id", "unit_id", "number"))
    open_to = keepers(request, (unit_id for _, _, unit_id, _ in rows))
    return {pk: record_url(ledger, number) for pk, ledger, unit_id, number in rows if unit_id in open_to}


def sources(answer: Answer, open_to: KEEPER) -> tuple[tuple[Source, ...], int]:
    """The rows the reader may open, newest first, and how many others there are."""
    late = frozenset(answer.entered_late)
    shown = tuple(
        Source(row.day, row.number, row.title, _url(row, open_to[row.unit_id]), row.note, row in late)
        for row in sorted(answer.rows, key=lambda row: (row.day, row.id), reverse=True)
        if row.unit_id in open_to
    )
    return shown, len(answer.rows) - len(shown)


def every_source(answer: Answer, open_to: KEEPER) -> tuple[Source, ...]:
    """All rows, newest first. One kept in another ledger is shown by its number and does not open."""
    shown, hidden = sources(answer, open_to)
    if not hidden:
        return shown
    late = frozenset(answer.entered_late)
    others = (
        Source(row.day, row.number, row.number, "", ELSEWHERE, row in late)
        for row in answer.rows
        if row.unit_id not in open_to and row.number
    )
    return tuple(sorted((*shown, *others), key=lambda source: source.day, reverse=True))


@dataclass(frozen=True)
class Named:
    """A record that a finding names: what is shown of it, the unit whose it is and the ledger that keeps it."""

    source: Source
    unit_id: int


def named_records(unit: Unit, numbers: set[str]) -> dict[str, Named]:
    """The records and problems of these numbers that the unit held, joined or raised. Two queries; its own go first."""
    if not numbers:
        return {}
    held = Session.objects.filter(
        Q(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path)) | Q(joining=unit)
    )
    found: dict[str, Named] = {}
    rows = held.filter(number__in=sorted(numbers), held_on__isnull=False)
    fields = ("number", "title", "held_on", "unit_id", "ledger_id")
    for number, title, day, unit_id, ledger_id in rows.values_list(*fields):
        if number not in found or ledger_id == unit.pk:
            found[number] = Named(Source(day, number, title, record_url(ledger_id, number), "", False), unit_id)
    problems = Problem.objects.filter(unit=unit, number__in=sorted(numbers))
    for number, title, day in problems.values_list("number", "title", "found_on"):
        found[number] = Named(Source(day, number, title, problem_url(unit.pk, number), "", False), unit.pk)
    return found


def opened(named: Named, open_to: KEEPER) -> Source:
    """The record as this reader sees it: one he may not open is shown by its number."""
    if named.unit_id in open_to:
        return named.source
    return replace(named.source, title=named.source.number, url="", note=ELSEWHERE)


def _url(row: Row, ledger_id: int) -> str:
    if row.noun in PERSONS:
        return ""
    if row.noun in PROBLEMS:
        return problem_url(ledger_id, row.number)
    return record_url(ledger_id, row.number)


def record_url(ledger_id: int, number: str) -> str:
    return reverse("ledger:record", args=(ledger_id, number))


def problem_url(unit_id: int, number: str) -> str:
    return reverse("problems:problem", args=(unit_id, number))


def rows_url(unit: Unit, figure: Figure, year: int) -> str:
    """在台账中打开: the ledger's own list of what a figure counts; empty where it has no list for it."""
    if figure.of in PROBLEMS:
        return _listed("problems:index", {"unit": unit.pk})
    if figure.of in PERSONS:
        return _listed("people:index", {"unit": unit.pk})
    given: dict[str, int | str] = {"unit": unit.pk, "year": year}
    if len(figure.kinds) == 1:
        given["kind"] = figure.kinds[0]
    return _listed("ledger:index", given)


def entry_url(unit: Unit, kinds: Sequence[str]) -> str:
    """去补录: the form of the ledger with its kinds ticked."""
    return _listed("ledger:new", {"unit": unit.pk, "kinds": ",".join(kinds)} if kinds else {"unit": unit.pk})


def _listed(name: str, given: Mapping[str, int | str]) -> str:
    url = address(name)
    return f"{url}?{urlencode(given)}" if url else ""
