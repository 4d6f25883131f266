"""Plain values of a knowledge contest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_QUESTIONS, USUAL_QUESTIONS = 100, 20
LONGEST_TITLE = 60


class Stage(StrEnum):
    """How a contest stands."""

    DRAWN = "drawn"
    HELD = "held"
    DROPPED = "dropped"

    @property
    def zh(self) -> str:
        return {"drawn": "题已抽好", "held": "已办", "dropped": "作废"}[self]


@dataclass(frozen=True)
class ContestDraft:
    """What is asked for: ``topic`` is the number of a topic in the tree, or a word; with neither it nor ``source_id`` the
    whole bank."""

    title: str
    day: date
    size: int
    topic: str = ""
    source_id: int | None = None
