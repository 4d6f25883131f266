"""落实事项 with a day: what a resolution left to be done, owed by its day, done by the word that is written beside it.

A superior reads standings too: what is to be done and by whom stands on the task's own page and in no standing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from youju.duties.asking import Asked
from youju.duties.sources.dated import asked_for
from youju.duties.values import Due, Standing, Status
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.followups.rules import stage
from youju.records.followups.values import Stage
from youju.records.models import Task

HOW = {Stage.DONE: Status.DONE, Stage.LATE: Status.LATE, Stage.OPEN: Status.OPEN}


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Tasks due in the years asked for; carried, also the earlier ones that are still open."""
    owed = _owed(Listed(asked.ids), asked.first_day, asked.last_day, asked.on, carried=asked.carried)
    ids = [pk for (pk,) in owed]
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    rows = Task.objects.filter(pk__in=Listed(ids)).order_by("due_on", "pk").select_related("session")
    for row in rows if ids else ():
        found[row.session.ledger_id].append(_standing(row, asked.on))
    return found


@written_once
def _owed(ledgers: Listed, first: date, last: date, on: date, *, carried: bool) -> Rows:
    wanted = asked_for(first, last, carried=carried)
    rows = Task.objects.owed().filter(wanted, session__ledger_id__in=ledgers, session__held_on__lte=on)
    return rows.values_list("pk")


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
