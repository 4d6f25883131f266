"""Two texts of one document: the whole one, and the one without its restricted spans (受限段)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from youju.library.documents.values import Section, Span


@dataclass(frozen=True)
class Reading:
    """A text as one reader has it, and where each stretch of it stands in the whole.

    Who has no right reads on across a restricted span as if nothing had stood there.
    """

    text: str
    kept: tuple[Span, ...]

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for span in self.kept:
            starts.append(at)
            at += span.end - span.start
        return starts

    def to_whole(self, offset: int) -> int:
        """Where the character at ``offset`` stands in the whole text; the end of the text is the end of what is kept."""
        if not self.kept:
            return 0
        at = bisect_right(self._starts, offset) - 1
        return self.kept[at].start + offset - self._starts[at]

    def from_whole(self, offset: int) -> int:
        """The first character here that stands at ``offset`` of the whole or behind it."""
        here = 0
        for span in self.kept:
            if offset < span.end:
                return here + max(offset - span.start, 0)
            here += span.end - span.start
        return here

    def holds(self, start: int, end: int) -> bool:
        """Whether all of a stretch of the whole is read."""
        here = self.from_whole(start)
        return self.from_whole(end) - here == end - start and self.to_whole(here) == start


def whole_reading(whole: str) -> Reading:
    return Reading(whole, (Span(0, len(whole)),) if whole else ())


def permitted_reading(whole: str, restricted: Iterable[Span]) -> Reading:
    """The text without the restricted spans, however they lie: touching, nested, out of order or beyond the end."""
    kept: list[Span] = []
    at = 0
    for span in sorted(restricted, key=lambda one: one.start):
        start, end = min(max(span.start, 0), len(whole)), min(span.end, len(whole))
        if start > at:
            kept.append(Span(at, start))
        at = max(at, end)
    if at < len(whole):
        kept.append(Span(at, len(whole)))
    return Reading("".join(whole[span.start : span.end] for span in kept), tuple(kept))


def sections_in(reading: Reading, sections: Sequence[Section]) -> list[Section]:
    """The section tree of a reading: its own offsets, its headings as they are read there, nothing of what is not.

    A heading of which the beginning is not read parts nothing: what stands behind it belongs to the section before.
    """
    found = []
    for section in sections:
        start, end = reading.from_whole(section.start), reading.from_whole(section.end)
        heading_end = reading.from_whole(section.start + len(section.heading))
        heading = reading.text[start:heading_end].strip()
        if heading and reading.to_whole(start) == section.start:
            found.append(Section(start, end, section.level, heading))
    return found if len(found) == len(sections) else _closed(found, len(reading.text))


def _closed(sections: Sequence[Section], length: int) -> list[Section]:
    """Each ends where the next of its level or above begins."""
    ends = [length] * len(sections)
    left: list[int] = []
    for at, one in enumerate(sections):
        while left and sections[left[-1]].level >= one.level:
            ends[left.pop()] = one.start
        left.append(at)
    return [Section(one.start, end, one.level, one.heading) for one, end in zip(sections, ends, strict=True)]
