"""How a text is numbered and parted: its items (一、 （一） 一是 1. （1）), its sentences, and what each part is about. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from youju.prose.numerals import chinese_value
from youju.prose.sections import Sections

_CN = "[一二三四五六七八九十]{1,3}"
_ITEM = re.compile(
    rf"(?:(?<=\n)|\A|(?<=[。；：#]))[ \u3000]*(?:(?P<part>{_CN})、|（(?P<point>{_CN})）|(?P<arabic>\d{{1,2}})[.．、](?!\d)"
    rf"|（(?P<paren>\d{{1,2}})）|(?P<phrase>{_CN})是)"
)
#: From the widest to the narrowest. 一是 stands within a paragraph, whatever stands above it.
STYLES = ("part", "point", "arabic", "paren", "phrase")
SHOWN = {"part": "一、", "point": "（一）", "arabic": "1.", "paren": "（1）", "phrase": "一是"}
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_MARKERS = " \u3000#abcdefghijklmnopqrstuvwxyz"  # a marker such as ##paidbegin## is no text
SHORTEST = 4  # characters: what is shorter is no sentence


@dataclass(frozen=True)
class Item:
    """One numbered place. ``start`` and ``mark_end`` hold the mark; the item goes on to ``end``."""

    style: str
    number: int
    start: int
    mark_end: int
    end: int
    mark: str
    leads: bool  # it begins a paragraph

    @property
    def rank(self) -> int:
        return STYLES.index(self.style)


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int
    text: str


def items(text: str) -> list[Item]:
    """Every numbered place in order; each ends where one of its own rank or a wider one begins."""
    found = []
    for match in _ITEM.finditer(text):
        style = next(name for name in STYLES if match[name])
        said = match[style]
        number = int(said) if said.isdecimal() else chinese_value(said) or 0
        start = match.end() - len(match.group().lstrip(" \u3000"))
        leads = text[text.rfind("\n", 0, start) + 1 : start].strip(_MARKERS) == ""
        found.append((style, int(number), start, match.end(), leads))
    ends = _ends([(STYLES.index(style), start) for style, _, start, _, _ in found], len(text))
    return [
        Item(style, number, start, mark_end, end, text[start:mark_end], leads)
        for (style, number, start, mark_end, leads), end in zip(found, ends, strict=True)
    ]


def _ends(marks: list[tuple[int, int]], last: int) -> list[int]:
    """For each (rank, start), where the next of its rank or a wider one begins: one pass from behind."""
    next_of = [last] * len(STYLES)
    ends = []
    for rank, start in reversed(marks):
        ends.append(min(next_of[: rank + 1]))
        next_of[rank] = start
    return ends[::-1]


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """Sentences and half-sentences of a stretch, without what is too short to say anything."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        if len(match.group().strip()) >= SHORTEST:
            yield Sentence(match.start(), match.end(), match.group())


class Taken:
    """Places already pointed at: of two that overlap the first told stands."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Whether the place was free; it is taken from now on."""
        at = bisect_left(self._starts, end)
        if at and self._ends[at - 1] > start:
            return False
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True


class Parts:
    """What each place of a text is about."""

    def __init__(self, text: str) -> None:
        self._sections = Sections(text)

    def done(self, at: int) -> bool:
        """Told as done: neither a plan, a rule, a shortcoming nor a standing description."""
        return self._sections.of(at) is None

    def shortcoming(self, at: int) -> bool:
        return self._sections.of(at) == "shortcoming"

    def ahead(self, at: int) -> bool:
        return self._sections.of(at) == "plan"


def title_of(text: str) -> tuple[int, int]:
    """Where the first line that says anything stands: findings on the whole text are shown there."""
    found = re.search(r"[^\s].*", text)
    return found.span() if found else (0, 0)


def paragraph_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
