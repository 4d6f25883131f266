"""Plain values of a spot check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """How a spot check stands."""

    DRAWN = "drawn"
    HELD = "held"
    DROPPED = "dropped"

    @property
    def zh(self) -> str:
        return {"drawn": "已抽，还没有查", "held": "已查", "dropped": "作废"}[self]


@dataclass(frozen=True)
class HeldDraft:
    """What is written of a check that was held: when, who looked, whom of those drawn he met, and one sentence."""

    starts_at: datetime
    checker_id: int | None
    met_ids: tuple[int, ...]
    outcome: str
    place: str = ""
