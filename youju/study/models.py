"""Re-exports, so that outsiders write ``from youju.study.models import Topic``."""

from youju.study.cards.models import Card
from youju.study.contests.models import Contest, ContestQuestion
from youju.study.curriculum.models import Placement, Topic
from youju.study.deliveries.models import Delivery
from youju.study.points.models import StudyPoint
from youju.study.questions.models import Question
from youju.study.selftests.models import AskedIn, Picked, Recall, Reminder, SelfTest, Sitting
from youju.study.spotchecks.models import RosterPlace, SpotCheck
from youju.study.units.models import StudyUnit
from youju.study.uses.models import Use

__all__ = [
    "AskedIn",
    "Card",
    "Contest",
    "ContestQuestion",
    "Delivery",
    "Picked",
    "Placement",
    "Question",
    "Recall",
    "Reminder",
    "RosterPlace",
    "SelfTest",
    "Sitting",
    "SpotCheck",
    "StudyPoint",
    "StudyUnit",
    "Topic",
    "Use",
]
