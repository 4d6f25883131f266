"""Plain values of problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Source(StrEnum):
    """Where a problem was named."""

    APPRAISAL = "appraisal"
    SELF = "self"
    MEMBERS = "members"
    INSPECTION = "inspection"

    @property
    def zh(self) -> str:
        return {"appraisal": "述职评议点评", "self": "支部自查", "members": "党员意见", "inspection": "上级检查"}[self]


@dataclass(frozen=True)
class ProblemDraft:
    title: str
    source: Source
    found_on: date
    for_year: int
    cause: str = ""
    source_note: str = ""


@dataclass(frozen=True)
class MeasureDraft:
    text: str
    due_on: date | None = None
    owner_id: int | None = None
