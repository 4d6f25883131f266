"""Questions about plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from youju.duties.plans.models import Plan, PlanLine
from youju.duties.plans.values import (
    ADOPTING_KINDS,
    Carried,
    Line,
    LineDraft,
    OpenMeasure,
    OpenProblem,
    Point,
    Rhythm,
    Source,
    Status,
    Taken,
)
from youju.journal import queries as journal
from youju.people.listed import Listed
from youju.people.models import Member, Unit
from youju.people.units.values import UnitKind, ancestors
from youju.people.written_once import Rows, rows_once, written_once
from youju.records.activities.models import SessionSet
from youju.records.activities.values import HAPPENED
from youju.records.models import Problem, Session
from youju.records.problems.queries import problems_of

MOST_MEETINGS = 60


def plan_of(unit: Unit, year: int) -> Plan | None:
    return Plan.objects.filter(unit=unit, year=year).select_related("adopted_by", "unit").first()


def years_of(unit: Unit) -> list[int]:
    """The years for which the unit has a plan, newest first."""
    return list(Plan.objects.filter(unit=unit).order_by("-year").values_list("year", flat=True))


def in_force(plan: Plan) -> bool:
    """Adopted, and the meeting that adopted it still stands in the ledger; ``adopted_by`` being loaded."""
    return plan.status == Status.ADOPTED and plan.adopted_by is not None and plan.adopted_by.status in HAPPENED


def lines_of(plan: Plan) -> tuple[Line, ...]:
    """The lines that stand in a plan, in its order."""
    rows = PlanLine.objects.filter(plan=plan).present().select_related("plan", "owner", "problem")
    return tuple(_line(row) for row in rows.prefetch_related("problem__measures"))


def lines_in_force(unit_ids: Iterable[int], years: Collection[int]) -> dict[tuple[int, int], tuple[Line, ...]]:
    """(unit id, year) → the lines of its plan in force: a fixed number of queries, whatever the number of units."""
    plans = [pk for (pk,) in _plans_in_force(Listed(unit_ids), Listed(years))]
    if not plans:
        return {}
    rows = PlanLine.objects.present().filter(plan_id__in=Listed(plans))
    found: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for row in rows.select_related("plan", "owner", "problem").prefetch_related("problem__measures"):
        found[row.plan.unit_id, row.plan.year].append(_line(row))
    return {place: tuple(lines) for place, lines in found.items()}


@written_once
def _plans_in_force(units: Listed, years: Listed) -> Rows:
    return Plan.objects.in_force().filter(unit_id__in=units, year__in=years).values_list("pk")


def _line(row: PlanLine) -> Line:
    return Line(
        id=row.pk,
        year=row.plan.year,
        title=row.title,
        heading=row.heading,
        source=Source(row.source),
        source_note=row.source_note,
        rule_id=row.rule_id,
        figure=row.figure,
        target=row.target or 1,
        rhythm=Rhythm(row.rhythm),
        months=months_in(row.months),
        by_day=row.by_day,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        note=row.note,
        for_below=row.for_below,
        problem=_carried(row.problem) if row.problem else None,
    )


def _carried(problem: Problem) -> Carried:
    dated = any(measure.due_on for measure in problem.measures.all())
    return Carried(number=problem.number, closed_on=problem.closed_on, has_dated_measures=dated)


def drafts_of(lines: Iterable[Line]) -> list[LineDraft]:
    """Lines as they stand, ready to be handed in again."""
    return [
        LineDraft(
            title=line.title, heading=line.heading, source=line.source, source_note=line.source_note, rule_id=line.rule_id,
            figure=line.figure, target=line.target if line.figure else None, rhythm=line.rhythm, months=line.months,
            by_day=line.by_day, owner_id=line.owner_id, note=line.note, for_below=line.for_below, id=line.id,
        )
        for line in lines
    ]  # fmt: skip


def months_in(text: str) -> tuple[int, ...]:
    return tuple(int(month) for month in text.split(",") if month)


# -- what a plan may start from ---------------------------------------------------------------------------------------


def open_problems(unit: Unit, year: int, *, on: date) -> tuple[OpenProblem, ...]:
    """Problems of earlier years that are not closed, with the measures not carried out."""
    rows = problems_of(unit, for_years=tuple(range(year - 5, year)), on=on)
    return tuple(
        OpenProblem(
            id=row.pk,
            number=row.number,
            title=row.title,
            measures=tuple(OpenMeasure(m.text, m.due_on, m.owner_id) for m in row.measures.all() if m.done_on is None),
        )
        for row in rows
        if row.closed_on is None
    )


def points_for(unit: Unit, year: int) -> tuple[Point, ...]:
    """上级要点: lines marked 下发 of the plans in force of the units above, the highest first."""
    above = [path for path in ancestors(unit.path) if path != unit.path]
    plans = Plan.objects.in_force().filter(unit__path__in=above, year=year)
    rows = PlanLine.objects.present().filter(plan__in=plans, for_below=True).select_related("plan__unit", "owner")
    rows = rows.order_by("plan__unit__path", "position", "pk")
    return tuple(Point(_line(row), row.plan.unit.name) for row in rows)


def taken_by(plan: Plan | None) -> Taken:
    if plan is None:
        return Taken()
    rows = list(PlanLine.objects.filter(plan=plan).present().values_list("rule_id", "problem", "above", "title"))
    return Taken(
        rules=frozenset(rule for rule, *_ in rows if rule),
        problems=frozenset(problem for _, problem, *_ in rows if problem),
        above=frozenset(above for _, _, above, _ in rows if above),
        titles=frozenset(title for *_, title in rows),
    )


def last_lines(unit: Unit, year: int) -> tuple[Line, ...]:
    """The lines of the year before."""
    before = plan_of(unit, year - 1)
    return lines_of(before) if before else ()


def lines_ahead(unit: Unit, year: int) -> tuple[Line, ...]:
    """What the unit has set itself for the year after, once a meeting has adopted it: for a report's 下步打算."""
    plan = plan_of(unit, year + 1)
    return lines_of(plan) if plan is not None and in_force(plan) else ()


# -- adoption ---------------------------------------------------------------------------------------------------------


def may_adopt(unit: Unit, year: int) -> SessionSet:
    """Meetings that may have adopted the plan of a year: the unit's own, of that year or the one before."""
    rows = Session.objects.happened().filter(ledger=unit, unit=unit, held_on__year__in=(year - 1, year))
    return rows.of_kinds(ADOPTING_KINDS) if unit.kind == UnitKind.BRANCH else rows


def meetings(unit: Unit, year: int, *, on: date) -> list[Session]:
    """The newest of them up to a day."""
    return list(may_adopt(unit, year).filter(held_on__lte=on).order_by("-held_on", "-pk")[:MOST_MEETINGS])


def takers(plan: Plan) -> dict[int, int]:
    """For each line that was sent down: how many plans in force below have taken it up."""
    rows = PlanLine.objects.present().filter(above__plan=plan, plan__in=Plan.objects.in_force())
    found: dict[int, int] = defaultdict(int)
    for above_id in rows.values_list("above_id", flat=True):
        assert above_id is not None
        found[above_id] += 1
    return found


# -- versions and persons ---------------------------------------------------------------------------------------------


def body_of(plan: Plan) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a plan holds: plain data with persons as ids, and free texts by key."""
    rows = list(PlanLine.objects.filter(plan=plan).present())
    texts: dict[str, str] = {}
    for row in rows:
        texts |= {f"title.{row.pk}": row.title, f"note.{row.pk}": row.note, f"source.{row.pk}": row.source_note}
    body = {
        "unit": plan.unit_id, "year": plan.year, "status": plan.status, "adopted_by": plan.adopted_by_id,
        "adopted_on": plan.adopted_on,
        "lines": [
            [row.pk, row.heading, row.source, row.rule_id, row.problem_id, row.above_id, row.figure, row.target, row.rhythm,
             row.months, row.by_day, row.owner_id, row.for_below]
            for row in rows
        ],
    }  # fmt: skip
    return body, texts


@rows_once
def _owned_by(member: int) -> QuerySet[PlanLine]:
    return PlanLine.objects.filter(owner_id=member).present().select_related("plan").order_by("plan__year", "position")


def about(member: Member) -> dict[str, object]:
    """Lines a member answers for."""
    rows = _owned_by(member.pk)
    return {"负责的计划事项": [{"年度": row.plan.year, "事项": row.title, "类别": row.heading} for row in rows]}


def torn() -> Iterator[str]:
    """Plans that no longer read as their newest revision does."""
    kept = journal.newest(room="duties", noun="plan")
    for plan in Plan.objects.select_related("unit").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(plan.pk, None)
        name = f"{plan.unit.short_name}{plan.year}年度计划"
        if written is None:
            yield f"{name}没有修订记录。"
        elif written.number != plan.revision or written.unlike(*body_of(plan)):
            yield f"{name}与最后一次修订不一致。"
    yield from ("一份年度计划只剩下修订记录。" for _ in kept)
