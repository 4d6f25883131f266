"""Re-exports, so that Django finds every table of the room. There are two only: ignored findings and kept runs."""

from youju.audit.ignored.models import IgnoredFinding
from youju.audit.runs.models import Run

__all__ = ["IgnoredFinding", "Run"]
