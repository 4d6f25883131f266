"""Plain values of 经验卡."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Words:
    """What the ledger holds of one use."""

    number: str
    unit: str
    day: date
    studied: str
    place: str  # 项目, 问题整改, 走访和办实事
    work_number: str
    work: str  # its title; empty of a problem, whose title is for who reads the ledger
    outcome: str


@dataclass(frozen=True)
class CardText:
    title: str
    body: str


class State(StrEnum):
    """How a card stands to what the ledger says now."""

    HOLDS = "holds"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"

    @property
    def zh(self) -> str:
        return {
            "holds": "",
            "changed": "已过期：写成以后，台账里的这一件又改过",
            "withdrawn": "已失效：台账里的这一件已经撤回",
            "removed": "这张经验卡已经移出素材库",
        }[self]
