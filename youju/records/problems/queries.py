"""Questions about problems."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.problems.models import Measure, Problem
from youju.records.problems.rules import Proof, proved


def problems_of(unit: Unit, *, for_years: tuple[int, ...] | None = None, on: date | None = None) -> list[Problem]:
    """Problems in a unit's list, with measures and owners; of some years only, or those named by a day."""
    rows = Problem.objects.kept_by(unit).select_related("closed_by")
    if for_years is not None:
        rows = rows.filter(for_year__in=for_years)
    if on is not None:
        rows = rows.filter(found_on__lte=on)
    measures = Prefetch("measures", queryset=Measure.objects.select_related("owner", "file", "session"))
    return list(rows.prefetch_related(measures).order_by("found_on", "pk"))


def is_proved(problem: Problem) -> bool:
    """Of a problem whose measures are loaded with their files and records."""
    steps = problem.measures.all()
    return proved(Proof(step.shown_file is not None, step.shown_record is not None) for step in steps)


def find(unit: Unit, number: str) -> Problem | None:
    rows = Problem.objects.filter(unit=unit, number=number).select_related("unit", "asked_by", "closed_by")
    return with_parts(rows).first()


def with_parts(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """With measures, who answers for them, and what proves them."""
    return rows.prefetch_related("measures__owner", "measures__file", "measures__session__kind_rows")


def body_of(problem: Problem) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a problem holds, measures and their files being loaded: plain data and texts by key."""
    measures = list(problem.measures.all())
    texts = {"title": problem.title, "cause": problem.cause, "source_note": problem.source_note}
    for measure in measures:
        texts[f"measure.{measure.position}"], texts[f"proof.{measure.position}"] = measure.text, measure.proof
    body = {
        "number": problem.number, "unit": problem.unit_id, "source": problem.source, "found_on": problem.found_on,
        "for_year": problem.for_year, "closed_on": problem.closed_on,
        "measures": [_kept(measure) for measure in measures],
    }  # fmt: skip
    # Only where there is one: the revisions of problems closed before two had to look hold no such word.
    if problem.asked_on is not None:
        body |= {"asked_on": problem.asked_on, "asked_by": problem.asked_by_id, "closed_by": problem.closed_by_id}
    if problem.returned:
        texts["returned"] = problem.returned
    return body, texts


def _kept(measure: Measure) -> list[object]:
    """A linked record stands last and only where there is one: older revisions hold no such place."""
    proof = [measure.file.sha256 if measure.file else None, *([measure.session_id] if measure.session_id else [])]
    return [measure.owner_id, measure.due_on, measure.done_on, *proof]


@rows_once
def _owned_by(member: int) -> QuerySet[Measure]:
    return Measure.objects.filter(owner_id=member).select_related("problem")


def about(member: Member) -> dict[str, object]:
    """Measures a member answers for."""
    return {
        "负责的整改措施": [
            {"编号": row.problem.number, "措施": row.text, "时限": row.due_on, "完成": row.done_on}
            for row in _owned_by(member.pk)
        ]
    }
