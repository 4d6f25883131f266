"""The records a report is told from, loaded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from youju.figures.material import load as loaded
from youju.figures.queries import completed, named
from youju.figures.values import Material
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.posts.queries import secretary_on
from youju.records.activities.values import ItemKind
from youju.records.models import AgendaItem, Problem, Project, Resolution, Session
from youju.records.problems.queries import problems_of
from youju.records.projects.queries import projects_of

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


def load(unit: Unit, year: int, as_of: date, figures: Iterable[str]) -> ReportMaterial:
    """The year's material as things stood on ``as_of``, with what these figures ask and no more: hours are dear."""
    asked = [named(figure) for figure in figures]
    this, last = (completed(loaded(unit, period), unit, asked) for period in (Period.year(year), Period.year(year - 1)))
    secretary = secretary_on(unit, min(as_of, date(year, 12, 31)))
    return ReportMaterial(
        unit=unit,
        above=unit.parent.name if unit.parent else "",
        secretary=secretary.name if secretary else "",
        year=year,
        as_of=as_of,
        this=this,
        last=last,
        tales=_tales(unit, this, year, as_of),
        problems_last=_own(unit, problems_of(unit, for_years=(year - 1,), on=as_of)),
        problems_this=_own(unit, problems_of(unit, for_years=(year,), on=as_of)),
        projects=_own(unit, projects_of(unit, on=as_of, running_in=year)),
    )


def _own(unit: Unit, rows: Iterable[Kept]) -> tuple[Kept, ...]:
    """What the unit keeps itself: of the units below it their numbers are counted and their words are not told."""
    return tuple(row for row in rows if row.unit_id == unit.pk)


def _tales(unit: Unit, this: Material, year: int, as_of: date) -> tuple[Tale, ...]:
    """Of a record that another unit keeps, its head alone: the rest is not for a unit that took part."""
    facts = [fact for fact in this.activities if fact.for_year == year and fact.held_on <= as_of]
    places = dict(Session.objects.filter(pk__in=[fact.id for fact in facts]).values_list("pk", "place"))
    outcomes = dict(Session.objects.kept_by(unit).filter(pk__in=places).values_list("pk", "outcome"))
    ids = list(outcomes)
    agenda = _grouped(
        AgendaItem.objects.filter(session_id__in=ids, kind=ItemKind.ORDINARY)
        .order_by("position")
        .values_list("session_id", "title")
    )
    decided = Resolution.objects.filter(item__session_id__in=ids).exclude(carried=False).order_by("pk")
    decisions = _grouped(decided.values_list("item__session_id", "text"))
    return tuple(
        Tale(
            fact.id, fact.number, fact.kinds, fact.held_on, fact.title, places[fact.id],
            outcomes.get(fact.id, "").rstrip("。；;"), tuple(agenda[fact.id]),
            tuple(title for _, title in fact.first_topics if fact.id in outcomes), tuple(decisions[fact.id]),
        )
        for fact in facts
    )  # fmt: skip


def _grouped(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
