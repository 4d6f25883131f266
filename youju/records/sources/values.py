"""Plain values of the texts a unit studies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import RootModel

from youju.kit.schema import Strict, validated


class SourceKind(Strict):
    id: str
    zh: str


class _Kinds(RootModel[tuple[SourceKind, ...]]):
    pass


SOURCE_KINDS: dict[str, SourceKind] = {
    kind.id: kind for kind in validated(Path(__file__).with_name("kinds.yaml"), _Kinds)[0].root
}


@dataclass(frozen=True)
class Said:
    """What was studied, as written in a record: a text, and which part of it."""

    title: str
    part: str = ""


@dataclass(frozen=True)
class SourceDraft:
    """What the clerk hands in about one text. ``parts`` are 学习篇目, in the order in which they are to be read."""

    title: str
    kind: str = "other"
    issued_on: date | None = None
    origin: str = ""
    parts: tuple[str, ...] = ()
    document_id: int | None = None  # its original in the library
