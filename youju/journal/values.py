"""Plain values of the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from youju.kit.digests import canonical


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
