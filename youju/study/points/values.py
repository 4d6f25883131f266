"""Plain values of what a unit above says shall be studied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LONGEST_TITLE, LONGEST_TOPIC, LONGEST_TEXT, LONGEST_BASIS, LONGEST_NOTE, LONGEST_REASON = 50, 40, 120, 120, 300, 200
MOST_IN_A_YEAR = 40


@dataclass(frozen=True)
class PointDraft:
    """What the unit above types. ``topic`` and ``text`` are words: each unit below has a tree and a register of its own."""

    title: str
    starts_on: date
    ends_on: date
    topic: str = ""
    text: str = ""
    basis: str = ""
    note: str = ""
