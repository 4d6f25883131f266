"""Changes to problems: raise, add a measure, report progress, close."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Refusal
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import NumberSeries
from youju.records.problems.models import Measure, Problem
from youju.records.problems.values import MeasureDraft, ProblemDraft
from youju.store.models import StoredFile

CODE = "问题"


def raise_problem(
    *, unit: Unit, draft: ProblemDraft, measures: tuple[MeasureDraft, ...] = (), by: Actor | None, at: datetime
) -> Problem:
    """列入问题清单. Raises Refusal on ``title`` or ``measure``."""
    if not draft.title.strip():
        raise Refusal("title", "请写问题。")
    keeper = ledger_unit(unit)
    with transaction.atomic():
        number = _next_number(
            keeper, draft.for_year
        )  # locks the series: of two that come at once, the second sees the first
        _refuse_twice(keeper, draft)
        problem = Problem.objects.create(
            unit=keeper, number=number, title=draft.title.strip(), source=draft.source,
            source_note=draft.source_note.strip(), cause=draft.cause.strip(), found_on=draft.found_on, for_year=draft.for_year, entered_at=at,
        )  # fmt: skip
        for position, measure in enumerate(measures):
            _write_measure(problem, measure, position)
        _note(problem, verb="列入问题", on=draft.found_on, by=by, at=at)
    return problem


def add_measure(*, problem: Problem, draft: MeasureDraft, by: Actor | None, at: datetime) -> Measure:
    """Raises Refusal on ``text`` or when the problem is closed."""
    with transaction.atomic():
        problem = _open(problem)
        if problem.measures.filter(text=draft.text.strip()).exists():
            raise Refusal("text", "已经有这条措施。")
        measure = _write_measure(problem, draft, problem.measures.count())
        _note(problem, verb="定整改措施", on=at.date(), by=by, at=at)
    return measure


def finish_measure(
    *, measure: Measure, proof: str, on: date, file: StoredFile | None = None, by: Actor | None, at: datetime
) -> None:
    """填进展: the measure was carried out. Raises Refusal on ``proof`` or ``done_on``."""
    if not proof.strip():
        raise Refusal("proof", "请写落实情况，之后才能销号。")
    if on > at.date():
        raise Refusal("done_on", "完成日期不能在将来。")
    with transaction.atomic():
        problem = _open(measure.problem)
        measure.proof, measure.done_on, measure.file = proof.strip(), on, file
        measure.save(update_fields=["proof", "done_on", "file"])
        _note(problem, verb="填进展", on=on, by=by, at=at)


def close_problem(*, problem: Problem, on: date, by: Actor | None, at: datetime) -> None:
    """销号. Raises Refusal while a measure is without proof, or none was set."""
    with transaction.atomic():
        problem = _open(problem)
        measures = list(problem.measures.all())
        if not measures:
            raise Refusal("", "还没有整改措施，不能销号。")
        if any(measure.done_on is None for measure in measures):
            raise Refusal("", "还有措施没有填写落实情况，不能销号。")
        if on < problem.found_on or on > at.date():
            raise Refusal("closed_on", "销号日期须在发现之后、今天之前。")
        problem.closed_on = on
        problem.save(update_fields=["closed_on"])
        _note(problem, verb="销号", on=on, by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a measure keeps an id; the name goes with the member."""


def _refuse_twice(unit: Unit, draft: ProblemDraft) -> None:
    same = Problem.objects.filter(unit=unit, title=draft.title.strip(), found_on=draft.found_on, closed_on__isnull=True)
    there = same.first()
    if there:
        raise Refusal("title", f"这个问题已经列入，编号 {there.number}。")


def _open(problem: Problem) -> Problem:
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    if problem.closed_on:
        raise Refusal("", "这个问题已经销号。")
    return problem


def _write_measure(problem: Problem, draft: MeasureDraft, position: int) -> Measure:
    if not draft.text.strip():
        raise Refusal("text", "请写整改措施。")
    return Measure.objects.create(
        problem=problem, position=position, text=draft.text.strip(), owner_id=draft.owner_id, due_on=draft.due_on
    )


def _next_number(unit: Unit, year: int) -> str:
    NumberSeries.objects.bulk_create([NumberSeries(ledger=unit, year=year, code=CODE)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update().get(ledger=unit, year=year, code=CODE)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{year}-{CODE}-{series.last:02d}"


def _note(problem: Problem, *, verb: str, on: date, by: Actor | None, at: datetime) -> None:
    Problem.objects.filter(pk=problem.pk).update(revision=F("revision") + 1)
    bump(unit_id=problem.unit_id, years={problem.for_year, on.year})
    measures = list(problem.measures.all())
    texts = {"title": problem.title, "cause": problem.cause, "source_note": problem.source_note}
    for measure in measures:
        texts[f"measure.{measure.position}"], texts[f"proof.{measure.position}"] = measure.text, measure.proof
    body = {
        "number": problem.number, "unit": problem.unit_id, "source": problem.source, "found_on": problem.found_on,
        "for_year": problem.for_year, "closed_on": problem.closed_on,
        "measures": [[m.owner_id, m.due_on, m.done_on, m.file.sha256 if m.file else None] for m in measures],
    }  # fmt: skip
    journal.write_revision(owner=Owner("records", "problem", problem.pk), body=body, texts=texts, by=by, at=at)
    journal.write_line(
        by=by,
        at=at,
        verb=verb,
        room="records",
        noun="problem",
        object_id=problem.pk,
        unit_id=problem.unit_id,
        summary=problem.number,
    )
