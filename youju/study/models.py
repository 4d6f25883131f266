"""Re-exports, so that outsiders write ``from youju.study.models import Question``."""

from youju.study.questions.models import Question

__all__ = ["Question"]
