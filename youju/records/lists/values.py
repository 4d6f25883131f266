"""Plain values of lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from youju.kit.periods import Period


class Rhythm(StrEnum):
    """How often an item is looked at."""

    NONE = "none"
    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def zh(self) -> str:
        return RHYTHMS_ZH[self]


RHYTHMS_ZH = {
    Rhythm.NONE: "不定期检查", Rhythm.ONCE: "办一次", Rhythm.MONTHLY: "每月", Rhythm.QUARTERLY: "每季度",
    Rhythm.HALF_YEARLY: "每半年", Rhythm.YEARLY: "每年",
}  # fmt: skip


class Stage(StrEnum):
    """How an item stands on a day. 待检查 is what this period still owes, 逾期 what an earlier one owed."""

    LATE = "late"
    OPEN = "open"
    DONE = "done"
    QUIET = "quiet"  # nothing is owed now: without rhythm, or not begun
    ENDED = "ended"

    @property
    def zh(self) -> str:
        return {"late": "逾期", "open": "待检查", "done": "已检查", "quiet": "在用", "ended": "已停用"}[self]


@dataclass(frozen=True)
class Owed:
    """One time an item is to be looked at: over these days, by their last one; ``done_on`` when it was."""

    period: Period
    owed_by: date
    done_on: date | None = None


@dataclass(frozen=True)
class ItemDraft:
    """What is typed about one item. ``words`` are the further words of its kind, by the id of their field."""

    kind: str
    title: str
    since: date
    requirement: str = ""
    owner_id: int | None = None
    post: str = ""
    rhythm: Rhythm = Rhythm.NONE
    first_due: date | None = None
    note: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VersionDraft:
    """One version of a 制度: from when it is in force, its text or file, and what changed."""

    in_force: date
    change: str = ""
    text: str = ""
