"""How everything a unit owes stands on a day: the sources of dues, asked alike, for one unit or for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from youju.duties.asking import Asked, asked_of
from youju.duties.plans import queries as plans
from youju.duties.sources import (
    by_campaign,
    by_item,
    by_measure,
    by_milestone,
    by_notice,
    by_plan,
    by_request,
    by_rule,
    by_task,
)
from youju.duties.values import Planned, Standing, Status
from youju.figures.material import came_to
from youju.figures.rules import came_note
from youju.kit.periods import Period
from youju.people.models import Member, Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import Rows, written_once
from youju.records.models import Measure

GRACE_MONTHS = 3  # what last year left undone stays on the list until the end of March

#: Each gives the standings of all units asked for, in a fixed number of queries.
SOURCES: tuple[Callable[[Asked], dict[int, list[Standing]]], ...] = (
    by_rule.standings,
    by_plan.standings,
    by_notice.standings,
    by_measure.standings,
    by_task.standings,
    by_milestone.standings,
    by_campaign.standings,
    by_request.standings,
    by_item.standings,
)


@dataclass(frozen=True)
class Outlook:
    """All that 本月应做 shows of a unit on a day."""

    unit: Unit
    on: date
    standings: tuple[Standing, ...]  # what comes again: of this year, and what last year still owes
    single: tuple[Standing, ...]  # what is owed once: measures and the like, open or done this month
    coming: Planned | None
    held_month: int  # sessions of this month up to the day, whether owed or not
    ledgers: frozenset[int]  # the unit and its groups: whose sessions stand in its ledger
    ledger_since: date | None  # None: nothing is recorded yet

    def of_year(self) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standings if standing.due.period.start.year == self.on.year)


def standings_many(units: Iterable[Unit], years: tuple[int, ...], *, on: date) -> dict[int, tuple[Standing, ...]]:
    """Every due of these years of each unit, by its id."""
    return gathered(asked_of(units, years, on=on))


def standings(unit: Unit, year: int, *, on: date) -> tuple[Standing, ...]:
    """Every due of a year of one unit."""
    return standings_many((unit,), (year,), on=on)[unit.pk]


def outlook(unit: Unit, *, on: date) -> Outlook:
    """The dues of the year and what is left of the year before, what is owed once, and what is planned.

    A year has a hundred sessions and a list shows a few of them, so who came is not loaded: see ``came_notes``.
    """
    years = (on.year - 1, on.year) if on.month <= GRACE_MONTHS else (on.year,)
    asked = asked_of((unit,), years, on=on, carried=True, inside=False)
    found = gathered(asked)[unit.pk]
    month = Period.month(on.year, on.month)
    material, facts = asked.materials.get(unit.pk), asked.facts.get(unit.pk)
    planned = asked.planned.get(unit.pk, ())
    return Outlook(
        unit=unit,
        on=on,
        standings=tuple(
            s for s in found if s.due.rhythm != "once" and (s.due.period.end.year == on.year or _still_owed(s))
        ),
        single=tuple(s for s in found if s.due.rhythm == "once" and (s.day is None or s.day in month)),
        coming=min(planned, key=lambda plan: plan.starts_at, default=None),
        held_month=sum(month.start <= fact.held_on <= on for fact in material.activities) if material else 0,
        ledgers=frozenset({unit.pk, *(group.id for group in (facts.groups if facts else ()))}),
        ledger_since=asked.since.get(unit.pk),
    )


def came_notes(standings: Iterable[Standing], ledgers: frozenset[int]) -> dict[int, str]:
    """5/6人 of each session behind these standings of an outlook, by its id."""
    rows = (row for standing in standings if standing.answer for row in standing.answer.rows)
    shown = {row.id for row in rows if row.noun == "activity"}
    return {session_id: came_note(*counted) for session_id, counted in came_to(shown, ledgers).items()}


def standing_of(unit: Unit, rule_id: str, code: str, *, on: date) -> Standing | None:
    """One standing by its rule and the code of its period."""
    if not code[:4].isdecimal() or not 1900 < int(code[:4]) < 9999:
        return None
    found = standings(unit, int(code[:4]), on=on)
    return next(
        (s for s in found if s.due.source_id == rule_id and s.due.source == "rule" and s.due.code == code), None
    )


def standing_by_key(unit: Unit, key: str, *, on: date) -> Standing | None:
    """One standing by the key of its due, whatever it comes from: of the year before, this one and the next."""
    asked = asked_of((unit,), (on.year - 1, on.year, on.year + 1), on=on, carried=True)
    return next((standing for standing in gathered(asked)[unit.pk] if standing.due.key == key), None)


def gathered(asked: Asked) -> dict[int, tuple[Standing, ...]]:
    """What the sources answer, together; for who needs the question beside it."""
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for source in SOURCES:
        for unit_id, standings in source(asked).items():
            found[unit_id] += standings
    return {unit.pk: tuple(found[unit.pk]) for unit in asked.units}


def _still_owed(standing: Standing) -> bool:
    """Of last year: what is late or may still be done. A state is judged of this year only."""
    return not standing.due.state and standing.status not in (Status.DONE, Status.WAIVED, Status.UNKNOWN)


def ledgers_of(unit: Unit) -> frozenset[int]:
    """The unit and its groups, closed ones too: whose sessions stand in its ledger."""
    return frozenset({unit.pk, *(pk for (pk,) in _groups_of(unit.pk))})


@written_once
def _groups_of(branch: int) -> Rows:
    return Unit.objects.filter(parent_id=branch, kind=UnitKind.GROUP).values_list("pk")


def late_measures(units: Iterable[Unit], *, on: date) -> dict[int, int]:
    """How many measures are overdue in each unit; units without any are left out."""
    rows = Measure.objects.filter(
        problem__unit__in=list(units),
        problem__found_on__lte=on,
        due_on__lt=on,
        done_on__isnull=True,
        problem__closed_on__isnull=True,
    )
    return dict(rows.values_list("problem__unit_id").annotate(Count("pk")))


def about(member: Member) -> dict[str, object]:
    """All that duties keep of a member: what he answers for in plans."""
    return plans.about(member)
