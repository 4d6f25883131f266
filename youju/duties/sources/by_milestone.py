"""项目节点 with a day: owed by it, done by the word of proof that is written beside it.

A superior reads standings too: what the project is and who answers for it stands on its own page and in no standing.
"""

from __future__ import annotations

from datetime import date

from youju.duties.asking import Asked
from youju.duties.sources.by_step import grouped, owed
from youju.duties.values import Standing
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import Milestone


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Milestones due in the years asked for; carried, also the earlier ones that are still open. Of a project that was
    stopped nothing is owed any more; what was reached stays done."""
    found = _owed(Listed(asked.ids), asked.first_day, asked.last_day, asked.on, carried=asked.carried)
    ids = [pk for (pk,) in found]
    rows = (
        Milestone.objects.filter(pk__in=Listed(ids)).order_by("due_on", "pk").select_related("project") if ids else ()
    )
    return grouped(
        (
            row, asked.on, row.project.unit_id, row.project.number, row.project.since,
            ("milestone", "项目节点", "finish_milestone", row.project.kind_zh),
        )
        for row in rows
    )  # fmt: skip


@written_once
def _owed(units: Listed, first: date, last: date, on: date, *, carried: bool) -> Rows:
    steps = Milestone.objects.filter(project__unit_id__in=units, project__since__lte=on)
    steps = steps.exclude(project__stopped_on__isnull=False, done_on__isnull=True)
    return owed(steps, first, last, carried=carried)
