"""The searched form of a text: small letters, narrow signs, simplified characters, lines and characters put together.

Each character becomes one or is left out, so every place of the searched form has its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from youju.library.folding.table import BLANK, BREAK, CHINESE, CLOSES, FOLLOWS, GOES_ON, LETTER, STOPS, table

Number = TypeVar("Number", bound=np.generic)
Marks = NDArray[np.bool_]

_NUMBERED = re.compile(
    r"第[0-9０-９一二三四五六七八九十百千零〇]{1,7}[章节条编款项部篇讲]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][0-9０-９一二三四五六七八九十]{1,3}[)）]|[0-9０-９]{1,2}(?:[、．)）]|\.(?![0-9]))|[①-⑳]|附件[0-9一二三四五：:]"
)
_LOOK = 12  # characters in which a number in front of a line shows itself


@dataclass(frozen=True, slots=True)
class Folded:
    """The searched form, and for each of its characters where it stood. ``places`` is None where all stand as they stood."""

    text: str
    places: NDArray[np.int64] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that a span of the searched form came from. An empty span stays empty."""
        if self.places is None or start >= end:
            at = start if self.places is None or start >= len(self.places) else int(self.places[start])
            return (start, end) if self.places is None else (at, at)
        return int(self.places[start]), int(self.places[end - 1]) + 1

    def searched(self, places: Sequence[int]) -> list[int]:
        """The places of the searched form at or behind places of the text, all looked up at once."""
        return list(places) if self.places is None else np.searchsorted(self.places, places).tolist()


def fold(text: str) -> str:
    """The searched form of a text."""
    return folded(text).text


def folded(text: str) -> Folded:
    """The searched form with its way back."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    known = table()
    letters, kinds = known.becomes[codes], known.kind[codes]
    gapped = kinds >= BLANK
    if not gapped.any():
        return Folded(_text(letters), None)
    gaps = _Gaps(text, codes, kinds, gapped)
    keep = ~gapped
    for places, sign in ((gaps.starts[gaps.as_breaks], "\n"), (gaps.starts[gaps.as_blanks], " ")):
        letters[places] = ord(sign)
        keep[places] = True
    return Folded(_text(letters[keep]), np.flatnonzero(keep))


def _text(letters: NDArray[np.uint32]) -> str:
    return letters.astype("<u4", copy=False).tobytes().decode("utf-32-le")


@dataclass(frozen=True)
class _Gaps:
    """The stretches of blanks, broken lines and nothings in a text, and what each of them comes to."""

    text: str
    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    gapped: Marks

    @cached_property
    def bounds(self) -> NDArray[np.int64]:
        marks = np.concatenate(([False], self.gapped, [False]))
        return np.flatnonzero(marks[1:] != marks[:-1])

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        return self.bounds[::2]

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        return self.bounds[1::2]

    @cached_property
    def inside(self) -> Marks:
        """Those with text on both sides."""
        return (self.starts > 0) & (self.ends < len(self.kinds))

    @cached_property
    def broken(self) -> Marks:
        """Where a line ends. CR and LF together end one line."""
        breaks: Marks = self.kinds == BREAK
        breaks[:-1] &= ~((self.codes[:-1] == 13) & (self.codes[1:] == 10))
        return breaks

    @cached_property
    def breaks(self) -> NDArray[np.int64]:
        return self._count(self.broken)

    @cached_property
    def between_words(self) -> Marks:
        """Where a blank is more than looks: between letters or digits that are not Chinese."""
        before, after = self._sides(self.kinds)
        between: Marks = self.inside & (before == LETTER) & (after == LETTER)
        return between

    @cached_property
    def as_breaks(self) -> Marks:
        return self.inside & (self.breaks > 0) & ~self._joined()

    @cached_property
    def as_blanks(self) -> Marks:
        seen = (self.breaks > 0) | (self._count(self.kinds == BLANK) > 0)
        return self.between_words & seen & ~self.as_breaks

    def _count(self, marks: Marks) -> NDArray[np.int64]:
        """How many of the marks stand in each gap."""
        total = np.concatenate(([0], np.cumsum(marks)))
        return total[self.ends] - total[self.starts]

    def _sides(self, of: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
        return of[self.starts - 1], of[np.minimum(self.ends, len(of) - 1)]

    def _joined(self) -> Marks:
        """Where the line was broken inside a sentence."""
        single: Marks = self.inside & (self.breaks == 1)
        if not single.any():
            return single
        before, after = self._sides(table().role[self.codes])
        kind_before, kind_after = self._sides(self.kinds)
        ends = _worded(kind_before) | (before & GOES_ON > 0)
        stopped = (before & CLOSES > 0) & (table().role[self.codes[np.maximum(self.starts - 2, 0)]] & STOPS > 0)
        begins = _worded(kind_after) | (after & FOLLOWS > 0)
        joined: Marks = single & ends & ~stopped & begins & ~self._indented()
        for gap in np.flatnonzero(joined):
            at = int(self.ends[gap])
            joined[gap] = not _NUMBERED.match(self.text[at : at + _LOOK])
        return joined

    def _indented(self) -> Marks:
        """Where the next line stands two blanks in, or one wide one: it begins a paragraph."""
        last = np.maximum.accumulate(np.where(self.broken, np.arange(len(self.kinds)), -1))[self.ends - 1]
        indented: Marks = (self.ends - last > 2) | (self.codes[self.ends - 1] == 0x3000)
        return indented


def _worded(kinds: NDArray[np.uint8]) -> Marks:
    worded: Marks = (kinds == LETTER) | (kinds == CHINESE)
    return worded
