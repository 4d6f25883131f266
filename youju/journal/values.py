"""Plain values of the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from youju.kit.digests import canonical


@dataclass(frozen=True)
class Owner:
    """What a revision is a revision of: room, noun and id, as plain words."""

    room: str
    noun: str
    id: int


NOBODY = 0
#: How many others one phone may sign for in a session.
MOST_PROXIES = 3


class Means(StrEnum):
    """How a slip came about."""

    SCAN = "scan"
    PROXY = "proxy"
    END = "end"

    @property
    def zh(self) -> str:
        return {"scan": "本人扫码", "proxy": "代签", "end": "签到结束"}[self]


@dataclass(frozen=True)
class Reach:
    """How far a seal reaches: the last line, revision and slip under it."""

    line: int = 0
    revision: int = 0
    slip: int = 0


class Actor(Protocol):
    """Who acts; the journal keeps nothing of him but his id."""

    @property
    def pk(self) -> int | None: ...


@dataclass(frozen=True)
class Break:
    """A place where the journal and its seal do not agree."""

    seal: int
    sentence: str


@dataclass(frozen=True)
class Kept:
    """The newest version of one thing: its body as data, and its texts with their salts as far as they are not erased."""

    number: int
    body: dict[str, Any]
    texts: dict[str, tuple[str, str]]

    def unlike(self, body: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
        """Whether a thing no longer reads as it was written down. An erased text cannot be compared."""
        now = json.loads(canonical(body))
        then = {key: value for key, value in self.body.items() if key != "texts"}
        digests = self.body.get("texts", {})
        words = {key: text for key, text in texts.items() if text}
        return (
            now != then
            or bool(words.keys() - digests.keys())
            or any(words.get(key, "") != text for key, (_, text) in self.texts.items())
        )
