"""Plain values of 学以致用."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """Where a material was put to use."""

    PROJECT = "project"
    PROBLEM = "problem"
    RECORD = "record"

    @property
    def zh(self) -> str:
        return {"project": "项目", "problem": "问题整改", "record": "走访和办实事"}[self]


@dataclass(frozen=True)
class UseDraft:
    """What is written down. A record has its own day, so ``used_on`` is said of projects and problems only."""

    source_id: int
    outcome: str
    part_id: int | None = None
    used_on: date | None = None


#: Kinds of records in which something may be put to use: walking to people, and doing something for them.
WORK_KINDS = ("visit", "research", "volunteer", "good_deed", "field_insight")
