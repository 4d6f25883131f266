"""Plain values of self-tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_QUESTIONS = 50
#: Fewer than these who finished, and nothing is said of what was missed: it would be said of persons.
ENOUGH = 5


@dataclass(frozen=True)
class TestDraft:
    """What the clerk hands in about one test; ``question_ids`` in the order in which they are asked."""

    __test__ = False  # its name is no test of pytest's

    title: str
    opens_on: date
    closes_on: date
    question_ids: tuple[int, ...] = ()


class Stage(StrEnum):
    """How a test stands on a day."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def zh(self) -> str:
        return {
            "draft": "没有发布", "coming": "还没开始", "open": "正在作答", "closed": "已截止", "dropped": "已撤下",
        }[self]  # fmt: skip


class Missed(StrEnum):
    """How many got a question wrong, no closer than this: 5 of 5 would name everybody."""

    MOST = "most"
    MANY = "many"
    FEW = "few"

    @property
    def zh(self) -> str:
        return {"most": "半数以上答错", "many": "三成以上答错", "few": "答错的不到三成"}[self]


@dataclass(frozen=True)
class Memory:
    """How well one question sits with one member, and when it is worth asking again."""

    stability: float
    difficulty: float
    due_on: date
    last_on: date


@dataclass(frozen=True)
class Tested:
    """That a text or a topic was tested: by a test that began that day, finished by so many. No names, no answers."""

    ledger_id: int
    source_id: int | None
    topic: str
    day: date
    participants: int
    test_id: int
    title: str
