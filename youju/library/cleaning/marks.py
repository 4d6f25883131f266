"""标注: what stays in the text and should be looked at: blanks, places and numbers of other people, a text cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.library.cleaning.words import WORDS, any_of
from youju.library.documents.values import Taken
from youju.prose.blanks import BLANK
from youju.prose.private import DETAILS, HIDDEN, NARROW, named_counties

MOST = 1_000  # of one kind; who finds a thousand blanks in a text needs no more to see what it is
SENTENCE = 30  # a last line as long as this is a sentence, and ends as one

_BLANKS = [re.compile(one) for one in WORDS.placeholders]  # apart: each begins with signs of its own and is found fast
_INSERTED = any_of(WORDS.inserted)
_REST_ELSEWHERE = any_of(WORDS.truncated)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ＠－]")
_ENDED = re.compile(r"[。！？!?；;：:…—.~～”’』」）)】》>\d日页完]\Z")
_STOPPED = re.compile(r"[，,、（(“‘《的和与及或并把将为以被]\Z")
LOOKED_BACK = 200


def marks(text: str) -> list[Taken]:
    """In order; of two that overlap the one told first stands."""
    found: list[Taken] = []
    taken: set[int] = set()
    for kind, spans in (
        ("truncated", _truncated(text)),
        ("inserted", (one.span() for one in _INSERTED.finditer(text))),
        ("private", _private(text)),
        ("placeholder", _blanks(text)),
        ("place", _places(text)),
    ):
        for count, (start, end) in enumerate(spans):
            if count == MOST:
                break
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(Taken(kind, start, end))
    return sorted(found, key=lambda one: one.start)


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (*_BLANKS, BLANK):
        for one in pattern.finditer(text):
            yield one.span()


def _private(text: str) -> Iterator[tuple[int, int]]:
    narrow = text.translate(NARROW) if _WIDE.search(text) else text
    for detail in DETAILS:
        for one in detail.regex.finditer(narrow):
            yield one.span()


def _places(text: str) -> Iterator[tuple[int, int]]:
    """x村 shows that places were taken out; a county that still has its name was forgotten."""
    if HIDDEN.search(text):
        for start, name in named_counties(text):
            yield start, start + len(name)


def _truncated(text: str) -> Iterator[tuple[int, int]]:
    """The end of a text that stops within a sentence, or says that the rest is elsewhere."""
    end = len(text.rstrip())
    if not end:
        return
    begin = text.rfind("\n", 0, end) + 1
    begin = max(begin, end - LOOKED_BACK) + len(text[begin:end]) - len(text[begin:end].lstrip())
    line = text[begin:end]
    if elsewhere := _REST_ELSEWHERE.search(line):
        yield begin + elsewhere.start(), end
    elif _STOPPED.search(line) or (len(line) >= SENTENCE and not _ENDED.search(line)):
        last = max(line.rfind(sign) for sign in "。！？；，")
        yield begin + last + 1 if 0 <= last < len(line) - 1 else begin, end
