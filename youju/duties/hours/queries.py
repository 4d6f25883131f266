"""The hours of a branch in a year, from the same dues and answers as 本月应做."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from youju.duties.asking import Asked, asked_of
from youju.duties.hours.rules import lines_of, typical_of
from youju.duties.hours.values import Ahead, HoursOfYear
from youju.duties.sources import by_rule
from youju.duties.values import Standing
from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.hours import COUNTING, lengths_of
from youju.figures.rules import without_end
from youju.figures.values import Answer
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import rows_once
from youju.study.models import StudyUnit
from youju.study.units.queries import stood
from youju.study.units.values import Stage

ALL_HOURS = "学时合计"


def hours_of_year(unit: Unit, year: int, *, on: date, member_id: int | None = None) -> HoursOfYear | None:
    """Of a branch; None of any other unit, which owes no hours. With ``member_id`` of him alone, whose line is the only one."""
    if unit.kind != UnitKind.BRANCH:
        return None
    asked = asked_of((unit,), (year,), on=on, inside=False, member_id=member_id)
    standings = tuple(by_rule.standings(asked, only=lambda due: due.hours)[unit.pk])
    answer = _answer(asked, unit, year, standings)
    material, facts, period = asked.materials[unit.pk], asked.facts[unit.pk], Period.year(year)
    seen = period.clipped(on)
    return HoursOfYear(
        year=year,
        on=on,
        lines=lines_of(facts.members, standings, answer.rows, facts.elsewhere, last=seen.end if seen else on),
        standings=standings,
        answer=answer,
        unended=tuple(row for row in answer.rows if without_end(row)),
        planned=tuple(
            plan
            for plan in asked.planned.get(unit.pk, ())
            if plan.day in period and not COUNTING.isdisjoint(plan.kinds)
        ),
        units=_units_ahead(unit, year, on),
        typical=typical_of(lengths_of(material, seen)) if seen else None,
    )


def _answer(asked: Asked, unit: Unit, year: int, standings: Iterable[Standing]) -> Answer:
    """What is asked of everybody, whether a rule asks it or not; where one does, it has been asked."""
    figure, period = FIGURES[ALL_HOURS], Period.year(year)
    given = (one.answer for one in standings if one.answer)
    same = next((one for one in given if one.figure is figure and (one.period, one.as_of) == (period, asked.on)), None)
    return same or figures.answer(figure, asked.materials[unit.pk], period, asked.on)


def _units_ahead(unit: Unit, year: int, on: date) -> tuple[Ahead, ...]:
    """Of kinds that count: whose days are not over, and that no record fulfils yet."""
    return tuple(
        Ahead(one.unit.title, one.unit.ends_on, one.unit.kind_zh)
        for one in stood(_not_over(unit.pk, year, on), on=on)
        if one.stage is not Stage.DONE
    )


@rows_once
def _not_over(unit: int, year: int, on: date) -> QuerySet[StudyUnit]:
    rows = StudyUnit.objects.standing().filter(ledger_id=unit, year=year, ends_on__gte=on, kind__in=COUNTING)
    return rows.select_related("topic", "leader", "ledger").prefetch_related("sources")
