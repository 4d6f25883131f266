"""The records a report is told from, loaded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from youju.figures.queries import material_for
from youju.figures.values import Material
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.people.posts.queries import secretary_on
from youju.people.units.values import after_subtree
from youju.people.written_once import Rows, written_once
from youju.records.activities.values import ItemKind
from youju.records.models import AgendaItem, Problem, Project, Resolution, Session, Studied
from youju.records.problems.queries import problems_of
from youju.records.projects.queries import projects_told
from youju.reports.outline import Outline
from youju.study.models import Use
from youju.study.uses.queries import uses_told

Kept = TypeVar("Kept", Problem, Project)


@dataclass(frozen=True)
class Tale:
    """One activity in what can be told of it."""

    id: int
    number: str
    kinds: tuple[str, ...]
    held_on: date
    title: str
    place: str
    outcome: str
    agenda: tuple[str, ...]
    first_topics: tuple[str, ...]
    decisions: tuple[str, ...]
    studied: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportMaterial:
    """Everything one report is made from."""

    unit: Unit
    above: str
    secretary: str
    year: int
    as_of: date
    this: Material
    last: Material
    tales: tuple[Tale, ...]
    problems_last: tuple[Problem, ...]
    problems_this: tuple[Problem, ...]
    projects: tuple[Project, ...] = ()
    uses: tuple[Use, ...] = ()


def load(unit: Unit, year: int, as_of: date, outline: Outline) -> ReportMaterial:
    """The year's material as things stood on ``as_of``, with what the outline asks and no more."""
    secretary = secretary_on(unit, min(as_of, date(year, 12, 31)))
    this = material_for(unit, Period.year(year), outline.figures)
    problems = _own(unit, problems_of(unit, for_years=(year - 1, year), on=as_of))
    projects = projects_told(unit, year, on=as_of) if outline.tells_projects else ()
    return ReportMaterial(
        unit=unit,
        above=unit.parent.name if unit.parent else "",
        secretary=secretary.name if secretary else "",
        year=year,
        as_of=as_of,
        this=this,
        last=material_for(unit, Period.year(year - 1), outline.figures_of_last_year),
        tales=_tales(unit, this, year, as_of),
        problems_last=tuple(problem for problem in problems if problem.for_year == year - 1),
        problems_this=tuple(problem for problem in problems if problem.for_year == year),
        projects=_own(unit, projects),
        uses=tuple(uses_told(unit, year, on=as_of)) if outline.tells_uses else (),
    )


def _own(unit: Unit, rows: Iterable[Kept]) -> tuple[Kept, ...]:
    """What the unit keeps itself: of the units below it their numbers are counted and their words are not told."""
    return tuple(row for row in rows if row.unit_id == unit.pk)


def _tales(unit: Unit, this: Material, year: int, as_of: date) -> tuple[Tale, ...]:
    """Of a record that another unit keeps, its head alone: the rest is not for a unit that took part."""
    facts = [fact for fact in this.activities if fact.for_year == year and fact.held_on <= as_of]
    heads = {pk: (place, outcome, path) for pk, place, outcome, path in _heads(Listed(fact.id for fact in facts))}
    below = after_subtree(unit.path)
    kept = {pk for pk, (_, _, path) in heads.items() if unit.path <= path < below}
    agenda, decisions = _grouped(_agenda(Listed(kept))), _grouped(_decided(Listed(kept)))
    studied = _grouped(_studied(Listed(kept)))
    return tuple(
        Tale(
            fact.id, fact.number, fact.kinds, fact.held_on, fact.title, heads[fact.id][0],
            heads[fact.id][1].rstrip("。；;") if fact.id in kept else "", tuple(agenda[fact.id]),
            tuple(title for _, title in fact.first_topics if fact.id in kept), tuple(decisions[fact.id]),
            tuple(f"《{title}》" for title in dict.fromkeys(studied[fact.id])),
        )
        for fact in facts
    )  # fmt: skip


@written_once
def _heads(sessions: Listed) -> Rows:
    return Session.objects.filter(pk__in=sessions).values_list("pk", "place", "outcome", "unit__path")


@written_once
def _agenda(sessions: Listed) -> Rows:
    rows = AgendaItem.objects.filter(session_id__in=sessions, kind=ItemKind.ORDINARY).order_by("position")
    return rows.values_list("session_id", "title")


@written_once
def _decided(sessions: Listed) -> Rows:
    rows = Resolution.objects.filter(item__session_id__in=sessions).exclude(carried=False).order_by("pk")
    return rows.values_list("item__session_id", "text")


@written_once
def _studied(sessions: Listed) -> Rows:
    return Studied.objects.filter(session_id__in=sessions).order_by("position").values_list("session_id", "title")


def _grouped(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
