"""Plain values of campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youju.records.steps.values import StepDraft


class Stage(StrEnum):
    """How a campaign stands on a day. 已到期: its days are over and nobody has summed it up."""

    LATE = "late"
    GOING = "going"
    OVER = "over"
    COMING = "coming"
    CLOSED = "closed"

    @property
    def zh(self) -> str:
        return STAGES_ZH[self]


STAGES_ZH = {
    Stage.LATE: "有任务逾期",
    Stage.GOING: "进行中",
    Stage.OVER: "已到期，待小结",
    Stage.COMING: "未开始",
    Stage.CLOSED: "已小结",
}


@dataclass(frozen=True)
class CampaignDraft:
    """``requirement`` is what is asked in words, as the notice says it."""

    kind: str
    title: str
    since: date
    until: date
    requirement: str = ""


@dataclass(frozen=True)
class TaskDraft(StepDraft):
    """A task; beside the party work may stand the work of the office, how it was ordered and how it is judged."""

    business: str = ""
    deployed: str = ""
    assessed: str = ""
