"""What a document is made of, as plain values. Offsets count characters from 0; an end stands behind its last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Origin(StrEnum):
    """来源: where a text came from, which says how far it is to be trusted."""

    OWN = "own"
    SUPERIOR = "superior"
    WEB = "web"
    BOUGHT = "bought"

    @property
    def zh(self) -> str:
        return ORIGINS_ZH[self]


ORIGINS_ZH = {
    Origin.OWN: "本单位",
    Origin.SUPERIOR: "上级下发",
    Origin.WEB: "网络收集",
    Origin.BOUGHT: "购买",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all under it; ``level`` 1 is 一、, 2 is （一）, 3 is 1."""

    start: int
    end: int
    level: int
    heading: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch that cleaning took off or marked, and why: ``kind`` is an id of ``cleaning/words.yaml``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class NewDocument:
    """A text that was read and cleaned, ready to be kept. ``digest`` is of the bytes; ``file_id`` names them in the store.

    ``removals`` count in ``raw``; ``restricted``, ``sections`` and ``marks`` in ``whole``.
    """

    path: str
    digest: str
    raw: str
    whole: str
    title: str
    restricted: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()
    removals: tuple[Taken, ...] = ()
    marks: tuple[Taken, ...] = ()
    genre: str = ""
    year: int | None = None
    sector: str = ""
    origin: Origin = Origin.WEB
    dated: date | None = None
    unit_id: int | None = None
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewCopy:
    """One more place at which the bytes of a known document were found."""

    document_id: int
    path: str
    digest: str
    file_id: int | None = None


@dataclass(frozen=True)
class Description:
    """What a person may correct of what a text says of itself."""

    title: str
    genre: str
    year: int | None
    sector: str
    origin: Origin
    dated: date | None
    unit_id: int | None
