"""Re-exports, so that Django finds every table of the room."""

from youju.duties.choices.models import LocalRule, RuleChoice, Waiver
from youju.duties.feeds.models import Feed
from youju.duties.notices.models import Notice, NoticeReach
from youju.duties.plans.models import Plan, PlanLine
from youju.duties.replies.models import DueRecord
from youju.duties.scores.models import ScoreTotal, UnitScore
from youju.duties.workdays.models import DayOverride

__all__ = [
    "DayOverride",
    "DueRecord",
    "Feed",
    "LocalRule",
    "Notice",
    "NoticeReach",
    "Plan",
    "PlanLine",
    "RuleChoice",
    "ScoreTotal",
    "UnitScore",
    "Waiver",
]
