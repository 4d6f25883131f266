"""项目节点 with a day: owed by it, done by the word of proof that is written beside it.

A superior reads standings too: what the project is and who answers for it stands on its own page and in no standing.
"""

from __future__ import annotations

from youju.duties.asking import Asked
from youju.duties.sources.by_step import due_rows, grouped
from youju.duties.values import Standing
from youju.records.models import Milestone


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Milestones due in the years asked for; carried, also the earlier ones that are still open. Of a project that was
    stopped nothing is owed any more; what was reached stays done."""
    rows = due_rows(Milestone.objects.filter(project__unit__in=asked.ids, project__since__lte=asked.on), asked)
    rows = rows.exclude(project__stopped_on__isnull=False, done_on__isnull=True).select_related("project")
    return grouped(
        (
            row, asked.on, row.project.unit_id, row.project.number, row.project.since,
            ("milestone", "项目节点", "finish_milestone", row.project.kind_zh),
        )
        for row in rows
    )  # fmt: skip
