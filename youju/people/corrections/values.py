"""Plain values of requests for a correction."""

from __future__ import annotations

from enum import StrEnum

#: How long a text may be, and how many open requests one member may have: a person reads each of them.
MOST_SIGNS, MOST_OPEN = 300, 20
#: After so many working days an open request is shown as waiting too long.
PATIENCE = 15


class Outcome(StrEnum):
    """What came of it."""

    CHANGED = "changed"
    KEPT = "kept"

    @property
    def zh(self) -> str:
        return "已改" if self is Outcome.CHANGED else "不改"
