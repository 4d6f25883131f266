"""A campaign on paper: one sheet with its requirement, its tasks, what was held for it and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.records.campaigns.models import Campaign, CampaignTask
from youju.records.campaigns.queries import sessions_of, stage_of

Pair = tuple[str, str]
NOT_SAID = "没有填写"


def campaign_docx(campaign: Campaign, *, on: date, preset: writing.Preset = writing.STANDARD) -> bytes:
    """专项活动表 of one campaign, loaded with its parts, as it stands on a day."""
    form = writing.Form(
        title=f"{campaign.kind_zh}表",
        rows=tuple(_rows(campaign, on)),
        foot=f"{campaign.number}　第{campaign.revision}次修订",
    )
    paper = writing.Paper(title=f"{campaign.unit.name}\n{campaign.kind_zh}表", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def _rows(campaign: Campaign, on: date) -> Iterator[tuple[Pair, ...]]:
    yield (("编号", campaign.number), ("状态", stage_of(campaign, on).zh))
    yield (("名称", campaign.title),)
    yield (("时段", f"{chinese_date(campaign.since)}至{chinese_date(campaign.until)}"),)
    yield (("要求", campaign.requirement or NOT_SAID),)
    for number, task in enumerate(campaign.tasks.all(), 1):
        yield ((f"任务{number}", _task(task)),)
    held = [f"{session.number} {session.head_title}" for session in sessions_of(campaign).filter(held_on__lte=on)]
    yield (("列入的场次", "；".join(held) or "还没有"),)
    yield (("小结", campaign.summary or "还没有写"),)


def _task(task: CampaignTask) -> str:
    due = f"，时限{chinese_date(task.due_on)}" if task.due_on else ""
    owner = f"，责任人{task.owner.name}" if task.owner else ""
    done = f"{chinese_date(task.done_on)}落实：{task.proof}" if task.done_on else "还没有落实"
    return f"{task.text}{due}{owner}。{done}"
