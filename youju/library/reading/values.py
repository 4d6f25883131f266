"""What a text says of itself, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youju.library.documents.values import Section


@dataclass(frozen=True)
class Facts:
    """``genre`` and ``sector`` are ids of ``words.yaml`` (sector may be empty); ``year`` is the year it speaks of, ``dated``
    the day it was written."""

    title: str
    genre: str
    year: int | None
    sector: str
    dated: date | None
    sections: tuple[Section, ...]
