"""专项任务 with a day, of a campaign or of a plan of tasks: owed by it, done by the word of proof beside it.

A superior reads standings too: what the task is and who answers for it stands on its own page and in no standing.
"""

from __future__ import annotations

from youju.duties.asking import Asked
from youju.duties.sources.by_step import due_rows, grouped
from youju.duties.values import Standing
from youju.records.models import CampaignTask


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Tasks due in the years asked for; carried, also the earlier ones that are still open."""
    rows = due_rows(CampaignTask.objects.filter(campaign__unit__in=asked.ids), asked).select_related("campaign")
    return grouped(
        (
            row, asked.on, row.campaign.unit_id, row.campaign.number, row.campaign.since,
            ("campaign_task", "专项任务", "finish_campaign_task", row.campaign.kind_zh),
        )
        for row in rows
    )  # fmt: skip
