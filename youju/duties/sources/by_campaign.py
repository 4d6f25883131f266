"""专项任务 with a day, of a campaign or of a plan of tasks: owed by it, done by the word of proof beside it.

A superior reads standings too: what the task is and who answers for it stands on its own page and in no standing.
"""

from __future__ import annotations

from datetime import date

from youju.duties.asking import Asked
from youju.duties.sources.by_step import grouped, owed
from youju.duties.values import Standing
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import CampaignTask


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Tasks due in the years asked for; carried, also the earlier ones that are still open."""
    found = _owed(Listed(asked.ids), asked.first_day, asked.last_day, carried=asked.carried)
    ids = [pk for (pk,) in found]
    rows = (
        CampaignTask.objects.filter(pk__in=Listed(ids)).order_by("due_on", "pk").select_related("campaign")
        if ids
        else ()
    )
    return grouped(
        (
            row, asked.on, row.campaign.unit_id, row.campaign.number, row.campaign.since,
            ("campaign_task", "专项任务", "finish_campaign_task", row.campaign.kind_zh),
        )
        for row in rows
    )  # fmt: skip


@written_once
def _owed(units: Listed, first: date, last: date, *, carried: bool) -> Rows:
    return owed(CampaignTask.objects.filter(campaign__unit_id__in=units), first, last, carried=carried)
