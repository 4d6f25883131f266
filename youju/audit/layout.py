"""How a text is numbered and parted: its items (一、 （一） 一是 1. （1）), its sentences, and what each part is about. Pure."""

from __future__ import annotations

import re
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
    return [
        Item(style, number, start, mark_end, _end(found[index + 1 :], style, len(text)), text[start:mark_end], leads)
        for index, (style, number, start, mark_end, leads) in enumerate(found)
    ]


def _end(later: list[tuple[str, int, int, int, bool]], style: str, last: int) -> int:
    rank = STYLES.index(style)
    return next((start for other, _, start, _, _ in later if STYLES.index(other) <= rank), last)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """Sentences and half-sentences of a stretch, without what is too short to say anything."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        if len(match.group().strip()) >= SHORTEST:
            yield Sentence(match.start(), match.end(), match.group())


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
