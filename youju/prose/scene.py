"""A quantity in its surroundings (语境): its sentence, its clause, what stands left and right of it.

A sentence is at most 200 characters: longer runs are cut around the quantity, and rules look no further.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from youju.prose.quantities import Quantity
from youju.prose.rhythms import Rhythm

SENTENCE_ENDS = "。！？；\n"
CLAUSE_ENDS = "，。；：！？\n"
_ANY_OF = {marks: re.compile(f"[{marks}]") for marks in (SENTENCE_ENDS, CLAUSE_ENDS)}
LONGEST = 200
_LEADS = (
    "全部",
    "所有",
    "达到了",
    "达到",
    "共计",
    "合计",
    "累计",
    "总计",
    "先后",
    "分别",
    "均",
    "达",
    "共",
    "仅",
    "只",
    "就",
    "约",
    "有",
    "为",
    "：",
    "的",
)


@dataclass(slots=True)
class Scene:
    """One quantity (or a rhythm without a count) and where it stands. All places are in the cleaned text."""

    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    clause_start: int
    clause_end: int
    left_start: int  # where this quantity's own words begin: after the previous quantity of the clause
    right_end: int  # where they end: before the next quantity's own words, or the clause's end
    quantity: Quantity | None
    rhythm: Rhythm | None
    section: str | None

    @property
    def left(self) -> str:
        return self.text[self.left_start : self.start]

    @property
    def right(self) -> str:
        return self.text[self.end : self.right_end]

    @property
    def clause_left(self) -> str:
        return self.text[self.clause_start : self.start]

    @property
    def sentence_left(self) -> str:
        return self.text[self.sentence_start : self.start]

    @property
    def sentence(self) -> str:
        return self.text[self.sentence_start : self.sentence_end]

    @property
    def clause(self) -> str:
        return self.text[self.clause_start : self.clause_end]

    @property
    def preposed(self) -> bool:
        """The counted thing follows its number: 12次集体学习, 3名党员."""
        after = self.text[self.end : self.end + 1]
        if not after or after in '，。；：！？\n、）》”"…/-' or after in "和及与或并":
            return False
        return not self.text.startswith("以及", self.end)


def last_of(text: str, marks: str, start: int, end: int) -> int:
    """Place after the last of ``marks`` in text[start:end], or ``start``."""
    for mark in marks:
        at = text.rfind(mark, start, end)
        if at >= 0:
            start = at + 1
    return start


def first_of(text: str, marks: str, start: int, end: int) -> int:
    """Place of the first of ``marks`` in text[start:end], or ``end``."""
    found = _ANY_OF[marks].search(text, start, end)
    return end if found is None else found.start()


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, cut to 200 characters around it."""
    room = max(0, LONGEST - (end - start))
    far_left, far_right = max(0, start - room), min(len(text), end + room)
    left = last_of(text, SENTENCE_ENDS, far_left, start)
    right = min(first_of(text, SENTENCE_ENDS, end, far_right) + 1, far_right)
    over = (right - left) - LONGEST
    if over > 0:
        after = min(right - end, room // 2)
        left = max(left, end + after - LONGEST)
        right = min(right, left + LONGEST)
    return left, right


def clause_bounds(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """The clause around a span; an opened bracket begins one and its closing ends it."""
    left = last_of(text, CLAUSE_ENDS, sentence[0], start)
    opened = text.rfind("（", left, start)
    if opened >= 0 and text.find("）", opened, start) < 0:
        left = opened + 1
    right = first_of(text, CLAUSE_ENDS, end, sentence[1])
    closed = text.find("）", end, right)
    if closed >= 0 and text.find("（", end, closed) < 0:
        right = closed
    return left, right


def trimmed(left: str) -> str:
    """``left`` without the light words before a number (达, 共, 先后 …)."""
    while left.endswith(_LEADS):
        left = left[: -next(len(word) for word in _LEADS if left.endswith(word))]
    return left
