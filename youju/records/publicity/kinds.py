"""The kinds of publicity and the channels it goes by, read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from youju.kit.schema import Strict, validated

Id = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=20)]


class PublicityKind(Strict):
    id: Id
    zh: str = Field(min_length=1, max_length=12)
    hint: str
    person: bool = False
    card: bool = False


class Channel(Strict):
    id: Id
    zh: str = Field(min_length=1, max_length=12)
    name: str


class Publicity(Strict):
    kinds: tuple[PublicityKind, ...]
    channels: tuple[Channel, ...]


def read_kinds(path: Path) -> Publicity:
    """Raises DataFault naming file, line and key."""
    read, located = validated(path, Publicity)
    for key in ("kinds", "channels"):
        seen: set[str] = set()
        for index, one in enumerate(getattr(read, key)):
            if one.id in seen:
                raise located.fault((key, index, "id"), f"{one.id} 写了两次。")
            seen.add(one.id)
    return read


_READ = read_kinds(Path(__file__).with_name("kinds.yaml"))
PUBLICITY_KINDS = {kind.id: kind for kind in _READ.kinds}
CHANNELS = {channel.id: channel for channel in _READ.channels}
PERSONS = frozenset(kind.id for kind in _READ.kinds if kind.person)
CARDS = frozenset(kind.id for kind in _READ.kinds if kind.card)
