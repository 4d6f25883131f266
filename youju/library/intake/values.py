"""What is offered to the library, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum


class Way(StrEnum):
    """How it came."""

    PATHS = "paths"
    UPLOAD = "upload"
    PASTE = "paste"
    INBOX = "inbox"

    @property
    def zh(self) -> str:
        return WAYS_ZH[self]


WAYS_ZH = {Way.PATHS: "目录或文件", Way.UPLOAD: "网页上传", Way.PASTE: "粘贴", Way.INBOX: "收件目录"}


class State(StrEnum):
    """What became of one file."""

    WAITING = "waiting"
    ADDED = "added"
    COPY = "copy"
    KNOWN = "known"
    REFUSED = "refused"

    @property
    def zh(self) -> str:
        return STATES_ZH[self]


STATES_ZH = {
    State.WAITING: "等待",
    State.ADDED: "入库",
    State.COPY: "同文",
    State.KNOWN: "已入过",
    State.REFUSED: "没有入库",
}


class NotTaken(Exception):
    """A file that is not taken in. ``sentence`` says why, to whoever offered it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Offer:
    """One file that is offered. ``path`` is only shown and kept, never opened: ``read`` knows where the bytes are.

    ``read`` raises NotTaken. ``title`` is what a person gave the text, if he did.
    """

    path: str
    size: int
    read: Callable[[], bytes]
    title: str = ""


@dataclass(frozen=True)
class Counts:
    """How far a run has come."""

    waiting: int = 0
    added: int = 0
    copies: int = 0
    known: int = 0
    refused: int = 0

    @classmethod
    def of(cls, tally: Mapping[State, int]) -> Counts:
        return cls(
            waiting=tally.get(State.WAITING, 0), added=tally.get(State.ADDED, 0), copies=tally.get(State.COPY, 0),
            known=tally.get(State.KNOWN, 0), refused=tally.get(State.REFUSED, 0),
        )  # fmt: skip

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def done(self) -> int:
        return self.added + self.copies + self.known + self.refused

    @property
    def total(self) -> int:
        return self.done + self.waiting

    @property
    def sentence(self) -> str:
        """What the run did, for a person."""
        parts = [f"入库 {self.added} 篇"]
        parts += [f"同文 {self.copies} 份"] if self.copies else []
        parts += [f"已入过 {self.known} 份"] if self.known else []
        parts += [f"没有入库 {self.refused} 份"] if self.refused else []
        parts += [f"还有 {self.waiting} 份没轮到" if self.waiting else ""]
        return "，".join(part for part in parts if part) + "。"
