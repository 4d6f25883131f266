"""Plain values of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Owner:
    """What a revision is a revision of: room, noun and id, as plain words."""

    room: str
    noun: str
    id: int


class Actor(Protocol):
    """Who acts; the journal keeps nothing of him but his id."""

    @property
    def pk(self) -> int | None: ...


@dataclass(frozen=True)
class Break:
    """A place where the journal and its seal do not agree."""

    seal: int
    sentence: str
