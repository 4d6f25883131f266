"""What milestones and tasks of campaigns have in common as dues: a day, done or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from youju.duties.sources.dated import asked_for
from youju.duties.values import Due, Standing, Status
from youju.kit.periods import Period
from youju.people.written_once import Rows
from youju.records.followups.rules import stage
from youju.records.followups.values import Stage
from youju.records.steps.models import Step

HOW = {Stage.DONE: Status.DONE, Stage.LATE: Status.LATE, Stage.OPEN: Status.OPEN}
Words = tuple[str, str, str, str]  # source, its name, verb, and what kind of thing it is a step of
S = TypeVar("S", bound=Model)


def owed(steps: QuerySet[S], first: date, last: date, *, carried: bool) -> Rows:
    """The ids of the dated steps that the question is about."""
    return steps.filter(asked_for(first, last, carried=carried), dropped_on__isnull=True).values_list("pk")


def grouped(rows: Iterable[tuple[Step, date, int, str, date, Words]]) -> dict[int, list[Standing]]:
    """By unit: of each step the day asked on, the unit, the number of what it belongs to, and when that begins."""
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for step, on, unit_id, number, since, words in rows:
        found[unit_id].append(_standing(step, on, unit_id, number, since, words))
    return found


def _standing(step: Step, on: date, unit_id: int, number: str, since: date, words: Words) -> Standing:
    assert step.due_on is not None
    source, label, verb, kind = words
    due = Due(
        source=source,
        source_id=str(step.pk),
        title=f"完成{number}第{step.position + 1}项{label}",
        label=label,
        basis=f"{kind} {number}",
        period=Period(min(since, step.due_on), step.due_on),
        opens_on=min(since, step.due_on),
        owed_by=step.due_on,
        unit_id=unit_id,
        verb=verb,
    )
    how = stage(due_on=step.due_on, done_on=step.done_on, on=on)
    done = how is Stage.DONE
    status = Status.NOT_YET if how is Stage.OPEN and on < due.opens_on else HOW[how]
    return Standing(
        due=due, on=on, status=status, done=int(done), day=step.done_on if done else None, sentence="",
        initial={"unit": str(unit_id), "number": number, "position": str(step.position)},
    )  # fmt: skip
