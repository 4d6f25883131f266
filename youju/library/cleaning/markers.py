"""##paidbegin## and ##paidend##: the marks a seller puts around what was to be paid for (受限段).

The marks go; a line that only a mark had broken is whole again; what stood between them is restricted. In doubt more is
restricted, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from youju.library.documents.values import Span

_SIGN = "[#＃]"
_WORD = "[pPｐＰ][aAａＡ][iIｉＩ][dDｄＤ][ \t\u3000_-]{0,3}(?:(?P<b{n}>[bBｂＢ][eEｅＥ][gGｇＧ][iIｉＩ][nNｎＮ])|[eEｅＥ][nNｎＮ][dDｄＤ])"
_GAP = "[ \t\u3000]{0,3}"
# One sign is enough: halves of marks are what careless copying leaves.
_MARKER = re.compile(
    f"(?=[#＃pPｐＰ])(?:{_SIGN}{{1,8}}{_GAP}{_WORD.replace('{n}', '1')}(?:{_GAP}{_SIGN}{{1,8}})?"
    f"|(?<![A-Za-z]){_WORD.replace('{n}', '2')}{_GAP}{_SIGN}{{1,8}})"
)
_SIGNS = ("#", "＃")
_SPACE = frozenset(" \t\u3000\n")
_ENDED = re.compile(r"[。！？!?；;：:…][”’』」）)】》]*\Z")
_GOES_ON = re.compile(r"[，,、（(“‘《的和与及或并在对把将为以向从到使让被由等是了着]\Z")
_BEGINS_INSIDE = re.compile(r"[，,、。；;：:！？!?”’）)》】]")
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、．.是要]|第[一二三四五六七八九十百\d]{1,6}[编章节条部]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])"
)
LOOKED_BACK = 80


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark, ``[start, end)``, and the stretch that goes with it, line breaks it caused included."""

    begins: bool
    start: int
    end: int
    gone: Span


def markers(text: str) -> list[Marker]:
    """In order. Marks with only blanks between them stand as one when it is judged whether a sentence was cut."""
    if not any(sign in text for sign in _SIGNS):
        return []
    found = list(_MARKER.finditer(text))
    first = _blank_to(text, 0)
    made: list[Marker] = []
    at = 0
    while at < len(found):
        last = at
        while last + 1 < len(found) and _blank_to(text, found[last].end()) >= found[last + 1].start():
            last += 1
        group = found[at : last + 1]
        start, end = _gone(text, group[0].start(), group[-1].end(), first)
        edges = [start, *(one.start() for one in group[1:]), end]
        made.extend(
            Marker(bool(one["b1"] or one["b2"]), one.start(), one.end(), Span(left, right))
            for one, (left, right) in zip(group, pairwise(edges), strict=True)
        )
        at = last + 1
    return made


def _gone(text: str, start: int, end: int, first: int) -> tuple[int, int]:
    """The stretch to drop around the marks ``[start, end)``; the text begins at ``first``."""
    before, after = _blank_from(text, start), _blank_to(text, end)
    broken_before, broken_after = "\n" in text[before:start], "\n" in text[end:after]
    if not (broken_before or broken_after):
        return start, end
    if before == 0:  # nothing stands before: the text begins behind the mark's own line
        return 0, _line_begin(text, end, after) if after < len(text) else after
    if after == len(text):
        return before, after
    if _flows_on(text, before, after, first):
        return before, after
    if broken_before:  # the breaks that stand before it part what stands behind it
        return start, _line_begin(text, end, after) if broken_after else end
    return start, end


def _flows_on(text: str, before: int, after: int, first: int) -> bool:
    """Whether the sentence that stops at ``before`` goes on at ``after``."""
    begin = max(text.rfind("\n", 0, before) + 1, before - LOOKED_BACK)
    line, rest = text[begin:before], text[after : after + 8]
    if _BEGINS_INSIDE.match(rest) or _GOES_ON.search(line):
        return True
    if _ENDED.search(line) or _HEADING.match(rest) or text[after - 1] == "\u3000":
        return False
    # A line of a few words without a comma is a title or a heading, and stands alone.
    alone = len(line) < LOOKED_BACK // 2 and not re.search("[，。；：]", line)
    return not (alone and (_HEADING.match(line.lstrip()) or begin <= first))


def _line_begin(text: str, start: int, end: int) -> int:
    """Behind the last line break of a blank stretch; its start where there is none."""
    return text.rfind("\n", start, end) + 1 or start


def _blank_from(text: str, at: int) -> int:
    while at and text[at - 1] in _SPACE:
        at -= 1
    return at


def _blank_to(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def restricted(marks: Iterable[tuple[bool, Span]], length: int) -> list[Span]:
    """From each opening mark to its closing one, both included; nested ones are one; one never closed runs to the end.

    A mark said twice over counts once, unless every one of them finds its partner as it stands.
    """
    ordered = sorted(marks, key=lambda one: one[1].start)
    if not _balanced(ordered):
        ordered = [
            one for at, one in enumerate(ordered)
            if at == 0 or one[0] != ordered[at - 1][0] or one[1].start > ordered[at - 1][1].end
        ]  # fmt: skip
    spans: list[Span] = []
    depth = begin = 0
    for begins, place in ordered:
        if begins:
            begin = begin if depth else place.start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append(Span(begin, place.end))
    if depth:
        spans.append(Span(begin, length))
    return spans


def _balanced(ordered: list[tuple[bool, Span]]) -> bool:
    depth = 0
    for begins, _ in ordered:
        depth += 1 if begins else -1
        if depth < 0:
            return False
    return depth == 0
