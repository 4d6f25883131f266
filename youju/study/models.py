"""Re-exports, so that outsiders write ``from youju.study.models import Topic``."""

from youju.study.curriculum.models import Placement, Topic
from youju.study.questions.models import Question
from youju.study.selftests.models import AskedIn, Picked, Recall, Reminder, SelfTest, Sitting
from youju.study.spotchecks.models import RosterPlace, SpotCheck
from youju.study.units.models import StudyUnit
from youju.study.uses.models import Use

__all__ = [
    "AskedIn",
    "Picked",
    "Placement",
    "Question",
    "Recall",
    "Reminder",
    "RosterPlace",
    "SelfTest",
    "Sitting",
    "SpotCheck",
    "StudyUnit",
    "Topic",
    "Use",
]
