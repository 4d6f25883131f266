"""Re-exports, so that outsiders write ``from youju.study.models import Topic``."""

__all__: list[str] = []
