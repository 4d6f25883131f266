"""What each page of the problems shows: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from youju.accounts.models import User
from youju.journal.queries import lines_of
from youju.journal.values import Owner
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import own_ledger
from youju.records.problems.models import Measure, Problem
from youju.records.problems.queries import is_proved, problems_of
from youju.records.problems.rules import Pace, Stage, pace
from youju.web.problems.forms import AmendForm, AskForm, ListFilter, MeasureForm, ProblemForm, ProgressForm, ReturnForm
from youju.web.shared.uses import UsesHere, uses_here

MOST_OFFERED = 200
MARKS = {Stage.OVERDUE: "late", Stage.GOING: "half", Stage.CLOSED: "done"}


@dataclass(frozen=True)
class Row:
    """One problem in the list."""

    problem: Problem
    source: str
    pace: Pace
    mark: str
    owners: str
    days: int
    far: bool
    url: str


@dataclass(frozen=True)
class Group:
    stage: Stage
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        return "逾期，先办这些" if self.stage is Stage.OVERDUE else self.stage.zh


@dataclass(frozen=True)
class ListPage:
    unit: Unit
    groups: tuple[Group, ...]
    total: int
    overdue: int
    going: int
    may_write: bool
    filters: ListFilter
    side: Row | None = None

    @property
    def filtered(self) -> bool:
        return any(self.filters.cleaned_data.values())


@dataclass(frozen=True)
class Step:
    """One measure with how it stands."""

    measure: Measure
    mark: str
    label: str
    late: int
    url: str
    amend_url: str
    file_url: str
    record_url: str


@dataclass(frozen=True)
class Trace:
    verb: str
    who: str
    at: datetime


@dataclass(frozen=True)
class ProblemPage:
    unit: Unit
    problem: Problem
    row: Row
    steps: tuple[Step, ...]
    traces: tuple[Trace, ...]
    asking: AskForm
    returning: ReturnForm
    may_write: bool
    asked_by_me: bool
    proved: bool
    uses: UsesHere


@dataclass(frozen=True)
class NewPage:
    unit: Unit
    form: ProblemForm
    measure: MeasureForm


@dataclass(frozen=True)
class StepPage:
    """The form of one measure: a new one, or the progress of one."""

    unit: Unit
    problem: Problem
    measure: Measure | None
    form: MeasureForm | ProgressForm | AmendForm
    heading: str
    verb: str
    back: str
    revision: object = None
    offered: Sequence[Session] = ()


def url_of(problem: Problem, page: str = "problem", *more: int) -> str:
    return reverse(f"problems:{page}", args=[problem.unit_id, problem.number, *more])


def row_of(problem: Problem, *, on: date) -> Row:
    measures = list(problem.measures.all())
    stands = pace(closed_on=problem.closed_on, measures=[(m.due_on, m.done_on) for m in measures], on=on)
    names = dict.fromkeys(measure.owner.name for measure in measures if measure.owner)
    return Row(
        problem=problem,
        source=problem.get_source_display(),
        pace=stands,
        mark=MARKS[stands.stage],
        owners="、".join(names),
        days=abs((stands.next_due - on).days) if stands.next_due else 0,
        far=bool(stands.next_due and stands.next_due.year != on.year),
        url=url_of(problem),
    )


def rows_of(unit: Unit, filters: ListFilter, *, on: date) -> list[Row]:
    """The unit's own list as the address chooses: a unit below opens its problems itself."""
    wanted = filters.cleaned_data
    rows = [row_of(problem, on=on) for problem in problems_of(unit) if problem.unit_id == unit.pk]
    return [row for row in rows if _chosen(row, wanted)]


def _chosen(row: Row, wanted: Mapping[str, Any]) -> bool:
    problem = row.problem
    steps = problem.measures.all()
    return (
        (not wanted.get("stage") or row.pace.stage == wanted["stage"])
        and (not wanted.get("source") or problem.source == wanted["source"])
        and (not wanted.get("year") or problem.for_year == wanted["year"])
        and all(
            word in " ".join((problem.number, problem.title, problem.cause, row.owners, *(m.text for m in steps)))
            for word in (wanted.get("words") or "").split()
        )
    )


def filters_of(unit: Unit, given: Mapping[str, Any]) -> ListFilter:
    years = Problem.objects.filter(unit=unit).order_by("-for_year").values_list("for_year", flat=True).distinct()
    return ListFilter(given, years=list(years))


def list_page(*, unit: Unit, rights: frozenset[Right], on: date, filters: ListFilter, open_at: str = "") -> ListPage:
    """``open_at`` is the number of the problem that is looked at beside the list."""
    rows = rows_of(unit, filters, on=on)
    groups = []
    for stage in Stage:
        found = [row for row in rows if row.pace.stage is stage]
        if stage is Stage.CLOSED:
            found.sort(key=lambda row: row.problem.closed_on or on, reverse=True)
        else:
            found.sort(key=lambda row: (row.pace.next_due or date.max, row.problem.pk))
        if found:
            groups.append(Group(stage, tuple(found)))
    count = {group.stage: len(group.rows) for group in groups}
    return ListPage(
        unit=unit,
        groups=tuple(groups),
        total=len(rows),
        overdue=count.get(Stage.OVERDUE, 0),
        going=count.get(Stage.GOING, 0),
        may_write=Right.WRITE_RECORDS in rights,
        filters=filters,
        side=next((row for row in rows if row.problem.number == open_at), None),
    )


def problem_page(
    *, problem: Problem, rights: frozenset[Right], reader: User, on: date, asking: AskForm, returning: ReturnForm
) -> ProblemPage:
    lines = lines_of(Owner("records", "problem", problem.pk))
    names = dict(User.objects.filter(pk__in={line.by_id for line in lines if line.by_id}).values_list("pk", "name"))
    return ProblemPage(
        unit=problem.unit,
        problem=problem,
        row=row_of(problem, on=on),
        steps=tuple(_step(problem, measure, on=on) for measure in problem.measures.all()),
        traces=tuple(Trace(line.verb, names.get(line.by_id or 0, "系统"), line.at) for line in lines),
        asking=asking,
        returning=returning,
        may_write=Right.WRITE_RECORDS in rights and problem.closed_on is None,
        asked_by_me=problem.asked_by_id == reader.pk,
        proved=is_proved(problem),
        uses=uses_here(problem, may_write=Right.WRITE_RECORDS in rights),
    )


def _step(problem: Problem, measure: Measure, *, on: date) -> Step:
    late = (on - measure.due_on).days if measure.due_on and not measure.done_on and measure.due_on < on else 0
    mark, label = ("done", "已完成") if measure.done_on else ("late", "逾期") if late else ("todo", "未完成")
    urls = url_of(problem, "progress", measure.position), url_of(problem, "amend_measure", measure.position)
    file_url = url_of(problem, "file", measure.position) if measure.shown_file else ""
    record = measure.shown_record
    record_url = reverse("ledger:record", args=[record.ledger_id, record.number]) if record else ""
    return Step(measure, mark, label, late, *urls, file_url, record_url)


def offered(problem: Problem) -> tuple[Session, ...]:
    """The records that may prove a measure: of the unit's own ledger since the problem was found, latest first."""
    rows = own_ledger(problem.unit).happened().beside_talks().filter(held_on__gte=problem.found_on)
    return tuple(rows.order_by("-held_on", "-pk")[:MOST_OFFERED])
