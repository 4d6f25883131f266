"""Plain values of joining."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How an invitation stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # confirmed first, and taken back
    RECALLED = "recalled"  # by the host, before anybody answered

    @property
    def zh(self) -> str:
        return {
            "asked": "已邀请参加，待对方确认",
            "confirmed": "已确认参加",
            "declined": "不参加",
            "withdrawn": "已退出",
            "recalled": "邀请已撤回",
        }[self]


@dataclass(frozen=True)
class Waiting:
    """What a unit has been asked: how many wait for its answer, and whether there is anything to look at at all."""

    count: int
    every: int


@dataclass(frozen=True)
class Head:
    """What an asked unit reads of the host's record, and nothing else of it."""

    number: str
    kinds: str
    title: str
    day: date
    hours: str
    place: str
    host: str
