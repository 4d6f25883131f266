"""What is shown of a hit: its sentence with the words marked, and the section it stands in. Offsets count in the text as
it is displayed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from youju.library.documents.values import Section
from youju.library.folding.rules import folded
from youju.library.search.values import Query, Snippet

LONGEST = 120  # characters of a sentence that are shown
FAR = 4 * LONGEST  # how far the ends of a sentence are looked for
_END = re.compile(r"[。!?;…]+[\"'』)》]*|\n")  # in the searched form, which has put broken lines together
Span = tuple[int, int]


def marks(query: Query, text: str, *, place: str = "text", most: int = 2000) -> tuple[Span, ...]:
    """Where in a displayed text (``place`` title: in a title) the phrases stand, in order; those that overlap are one."""
    form = folded(text)
    return tuple(form.original(*span) for span in _merged(span for span, _ in _standing(query, form.text, place, most)))


def snippet(query: Query, text: str, sections: Sequence[Section] = (), *, longest: int = LONGEST) -> Snippet:
    """The sentence that holds most of what was asked; the beginning where the text itself holds nothing of it."""
    form = folded(text)
    page = _Page(form.text, sorted(form.searched([*_edges(text, sections)])))
    found = sorted(_standing(query, form.text, "text", 200))
    around = page.fullest(found) if found else (0, min(1, len(form.text)))
    start, end = page.cut(around, longest)
    inside = _merged((max(first, start), min(last, end)) for (first, last), _ in found if first < end and last > start)
    section = section_at(sections, form.original(around[0], around[0] + 1)[0]) if form.text else None
    return Snippet(*form.original(start, end), tuple(form.original(*span) for span in inside), section)


def section_at(sections: Iterable[Section], place: int) -> Section | None:
    """The innermost section a place stands in."""
    around = [section for section in sections if section.start <= place < section.end]
    return max(around, key=lambda section: (section.start, section.level), default=None)


def _standing(query: Query, text: str, place: str, most: int) -> Iterator[tuple[Span, str]]:
    """Where the phrases stand that may be shown in a text, or in a title: there those that were asked of anything."""
    places = {"text", "title"} if place == "title" else {"text", "headings"}
    for phrase in (phrase.text for phrase in query.phrases if phrase.place in places):
        at, left = text.find(phrase), most
        while at >= 0 and left:
            yield (at, at + len(phrase)), phrase
            at, left = text.find(phrase, at + len(phrase)), left - 1


def _edges(text: str, sections: Iterable[Section]) -> Iterator[int]:
    """Where headings begin and end: no sentence reaches across."""
    for section in sections:
        line = text.find("\n", section.start, section.end)
        yield section.start
        yield section.end if line < 0 else line


@dataclass(frozen=True)
class _Page:
    """A text in its searched form, and the edges of its headings there."""

    text: str
    edges: list[int]

    def sentence(self, around: Span) -> Span:
        """From behind the last stop or edge before a place to the next one behind it."""
        start, end = around
        before, behind = bisect_right(self.edges, start), bisect_left(self.edges, end)
        far = max(0, start - FAR, self.edges[before - 1] if before else 0)
        last = min(len(self.text), end + FAR, self.edges[behind] if behind < len(self.edges) else len(self.text))
        stops = [stop.end() for stop in _END.finditer(self.text, far, start)]
        stop = _END.search(self.text, end, last)
        return (stops[-1] if stops else far), (stop.end() if stop else last)

    def fullest(self, found: Sequence[tuple[Span, str]]) -> Span:
        """Of the places, in order, the first whose sentence holds most of the phrases."""
        wanted = len({phrase for _, phrase in found})
        best, most = found[0][0], 0
        starts = [start for (start, _), _ in found]
        at = 0
        while at < len(found) and most < wanted:
            start, end = self.sentence(found[at][0])
            # What stands in the same sentence cannot hold more; what reaches out of it is looked at for itself.
            inside = range(bisect_left(starts, start), max(bisect_left(starts, end), at + 1))
            held = len({phrase for (_, last), phrase in (found[one] for one in inside) if last <= end})
            if held > most:
                best, most = found[at][0], held
            at = max(at + 1, inside.stop)
        return best

    def cut(self, around: Span, longest: int) -> Span:
        """The sentence without the ends of its lines, or as much of it around the place as may be shown."""
        start, end = self.sentence(around)
        if end - start > longest:
            start = max(start, around[0] - longest // 3)
            end = min(end, start + longest)
        start += self.text[start:end].startswith("\n")
        return start, end - self.text[start:end].endswith("\n")


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
