"""The text of a report with its underlines: places may overlap, and each is marked where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONG = 8
HEADINGS = ((re.compile("^[一二三四五六七八九十]+、"), "hd1"), (re.compile("^（[一二三四五六七八九十]+）"), "hd2"))
TITLE, HEADING = 40, 30  # characters: what is longer is text


@dataclass(frozen=True)
class Spot:
    """A place with a card. ``line`` is the line under a number (x, q, ok, none) or ``f`` for what a check points at."""

    start: int
    end: int
    id: str
    line: str

    @property
    def rank(self) -> tuple[bool, int]:
        """Of several over one stretch a number leads, then the shortest."""
        return self.line == "f", self.end - self.start


@dataclass(frozen=True)
class Mark:
    """A stretch of the text. ``id`` makes it a link to its card; ``stops`` are cards that are led back to here."""

    text: str
    id: str = ""
    lines: str = ""
    stops: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        """Whether the line may break inside: a claim with its rhythm can be a clause of its own, and words are no number."""
        return len(self.text) > LONG or self.lines == "f"


Paragraph = tuple[str, tuple[Mark, ...]]


def paragraphs(text: str, spots: Sequence[Spot]) -> Iterator[Paragraph]:
    """The text line by line: its look, and its plain and marked stretches. Empty lines are left out."""
    waiting = sorted((spot for spot in spots if spot.start < spot.end), key=lambda spot: (spot.start, spot.rank))
    linked: set[str] = set()
    open_spots: list[Spot] = []
    at, next_spot, first = 0, 0, True
    for line in text.split("\n"):
        end = at + len(line)
        open_spots = [spot for spot in open_spots if spot.end > at]
        while next_spot < len(waiting) and waiting[next_spot].start < end:
            open_spots.append(waiting[next_spot])
            next_spot += 1
        if line.strip():
            yield _look(line.strip(), first=first), tuple(_marks(text, at, end, open_spots, linked))
            first = False
        at = end + 1


def _look(line: str, *, first: bool) -> str:
    """What the line seems to be; a heading only helps to find one's way and is judged like the rest."""
    if first and len(line) <= TITLE and "。" not in line:
        return "ttl"
    return next((css for start, css in HEADINGS if start.match(line) and len(line) <= HEADING), "")


def _marks(text: str, start: int, end: int, spots: Sequence[Spot], linked: set[str]) -> Iterator[Mark]:
    """The line cut wherever a place begins or ends. Only the first stretch of a place is a link, so keys step by places."""
    cuts = {start, end}
    for spot in spots:
        cuts |= {max(spot.start, start), min(spot.end, end)}
    edges = sorted(cuts)
    for first, last in pairwise(edges):
        over = sorted((spot for spot in spots if spot.start < last and first < spot.end), key=lambda spot: spot.rank)
        new = [spot.id for spot in over if spot.id not in linked]
        linked.update(new)
        lead = over[0].id if over and over[0].id in new and over[0].line != "none" else ""
        lines = " ".join(dict.fromkeys(spot.line for spot in over))
        yield Mark(text[first:last], lead, lines, tuple(id for id in new if id != lead))
