"""What cleaning gives: the whole text, and where every character of it stood in the raw one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from youju.library.documents.values import Span, Taken


@dataclass(frozen=True)
class Kept:
    """The stretches of a raw text that were kept, in order: character by character they are the cleaned text."""

    stretches: tuple[Span, ...]

    @cached_property
    def _begins(self) -> list[int]:
        begins, at = [], 0
        for one in self.stretches:
            begins.append(at)
            at += one.end - one.start
        return begins

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.stretches]

    def to_raw(self, offset: int) -> int:
        """Where the character at ``offset`` of the cleaned text stands in the raw one; its end is the end of what was kept."""
        if not self.stretches:
            return 0
        at = max(bisect_right(self._begins, offset) - 1, 0)
        return self.stretches[at].start + offset - self._begins[at]

    def span_in_raw(self, start: int, end: int) -> Span:
        """The raw stretch from the first to the last character of ``[start, end)``, with all that was dropped between."""
        return Span(self.to_raw(start), self.to_raw(end - 1) + 1)

    def from_raw(self, offset: int) -> int:
        """The first character of the cleaned text that stood at ``offset`` of the raw one or behind it."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0
        one = self.stretches[at]
        return self._begins[at] + min(offset, one.end) - one.start

    def without(self, cuts: Iterable[Span]) -> Kept:
        """What is left when these stretches of the cleaned text (in order, apart from each other) go too."""
        left: list[Span] = []
        pending = iter(cuts)
        cut = next(pending, None)
        for begin, one in zip(self._begins, self.stretches, strict=True):
            at, shift, end = begin, one.start - begin, begin + one.end - one.start
            while cut is not None and cut.start < end:
                if cut.start > at:
                    left.append(Span(at + shift, cut.start + shift))
                at = max(at, min(cut.end, end))
                if cut.end > end:
                    break
                cut = next(pending, None)
            if at < end:
                left.append(Span(at + shift, end + shift))
        return Kept(tuple(left))


@dataclass(frozen=True)
class Cleaned:
    """``removals`` count in the raw text, ``restricted`` and ``marks`` in ``whole``; ``kept`` leads from one to the other."""

    whole: str
    restricted: tuple[Span, ...]
    removals: tuple[Taken, ...]
    marks: tuple[Taken, ...]
    kept: Kept
