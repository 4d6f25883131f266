"""Re-exports, so that outsiders write ``from youju.study.models import Topic``."""

from youju.study.curriculum.models import Placement, Topic
from youju.study.questions.models import Question
from youju.study.uses.models import Use

__all__ = ["Placement", "Question", "Topic", "Use"]
