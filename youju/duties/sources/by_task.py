"""落实事项 with a day: what a resolution left to be done, owed by its day, done by the word that is written beside it.

A superior reads standings too: what is to be done and by whom stands on the task's own page and in no standing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from youju.duties.asking import Asked
from youju.duties.values import Due, Standing, Status
from youju.kit.periods import Period
from youju.records.followups.rules import stage
from youju.records.followups.values import Stage
from youju.records.models import Task

HOW = {Stage.DONE: Status.DONE, Stage.LATE: Status.LATE, Stage.OPEN: Status.OPEN}


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Tasks due in the years asked for; carried, also the earlier ones that are still open."""
    in_years = Q(due_on__year__gte=asked.years[0], due_on__year__lte=asked.years[-1])
    still_open = Q(done_on__isnull=True) | Q(done_on__year__gte=asked.years[0])
    wanted = (in_years | still_open) if asked.carried else in_years
    rows = Task.objects.owed().filter(wanted, session__ledger__in=asked.ids, due_on__isnull=False)
    rows = rows.filter(session__held_on__lte=asked.on).select_related("session").order_by("due_on", "pk")
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for row in rows:
        found[row.session.ledger_id].append(_standing(row, asked.on))
    return found


def _standing(row: Task, on: date) -> Standing:
    assert row.due_on is not None
    session = row.session
    which = f"第{row.item + 1}项" if row.item is not None else ""
    due = Due(
        source="task",
        source_id=str(row.pk),
        title=f"落实{session.number}{which}决议",
        label="落实事项",
        basis=f"{session.number} 的决议",
        period=Period(session.held_on, max(session.held_on, row.due_on)),
        opens_on=session.held_on,
        owed_by=row.due_on,
        unit_id=session.ledger_id,
        verb="finish_task",
    )
    how = stage(due_on=row.due_on, done_on=row.done_on, on=on)
    done = how is Stage.DONE
    return Standing(
        due=due, on=on, status=HOW[how], done=int(done), day=row.done_on if done else None, sentence="",
        initial={"task": str(row.pk), "unit": str(session.ledger_id)},
    )  # fmt: skip
