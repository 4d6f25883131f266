"""Plain values of 送学上门."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """How it was brought."""

    READ = "read"
    PRINT = "print"
    PHONE = "phone"
    VIDEO = "video"

    @property
    def zh(self) -> str:
        return {"read": "上门讲读", "print": "送书报", "phone": "电话", "video": "视频"}[self]


@dataclass(frozen=True)
class DeliveryDraft:
    """What is written down of one round: the same to several members on one day.

    What was studied is texts of the register, words, or both; who brought it is a member, words, or both.
    """

    member_ids: tuple[int, ...]
    brought_on: date
    way: str
    source_ids: tuple[int, ...] = ()
    text: str = ""
    bringer_id: int | None = None
    bringer_words: str = ""
    note: str = ""


def said_of(titles: Iterable[str], text: str) -> str:
    """What was studied, in one line: 《one》、《other》、words."""
    return "、".join([*(f"《{title}》" for title in titles), *([text] if text else [])])
