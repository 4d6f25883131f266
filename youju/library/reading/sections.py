"""The section tree: 一、（一）1. of a report, 编 章 节 条 of a law.

``youju/prose/sections.py`` asks what a heading makes of the numbers below it and so needs no ends and no articles; the
tree here is for finding one's way.
"""

from __future__ import annotations

import re

from youju.library.documents.values import Section

MOST = 3_000
ARTICLES = 3  # so many 第×条 make a text of articles, in which （一） numbers an item and heads nothing
LONGEST_HEADING = 60
SHORT_SENTENCE = 30
_HAN = "一二三四五六七八九十百千零〇○"
_MARK = re.compile(
    rf"^[ \t\u3000]*+(?:(?P<part>第[{_HAN}\d]{{1,6}}(?:编|分编))|(?P<chapter>第[{_HAN}\d]{{1,6}}章)|(?P<section>第[{_HAN}\d]{{1,6}}节)"
    rf"|(?P<article>第[{_HAN}\d]{{1,7}}条(?:之[{_HAN}]{{1,2}})?(?=[ \t\u3000\n]|\Z))"
    r"|(?P<one>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分[、：:，]?)"
    r"|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<three>\d{1,2}[.．、](?!\d))|(?P<four>[（(]\d{1,2}[）)]))",
    re.MULTILINE,
)
_LAW_RANKS = ("part", "chapter", "section", "article")
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4}
_CONTENTS = re.compile(r"^[ \t\u3000]*+目[ \t\u3000]*录[ \t\u3000]*$", re.MULTILINE)
_STOP = re.compile("[。；！？]")


def sections(text: str) -> tuple[Section, ...]:
    """In order; a section ends where the next of its level or above begins."""
    found = [(m, m.lastgroup or "") for m in _MARK.finditer(text)]
    if sum(rank == "article" for _, rank in found) >= ARTICLES:
        heads = _of_law(text, [(m, rank) for m, rank in found if rank in _LAW_RANKS])
    else:
        heads = _of_report(text, [(m, rank) for m, rank in found if rank != "article"])
    return _closed(heads[:MOST], len(text))


def _of_law(text: str, found: list[tuple[re.Match[str], str]]) -> list[tuple[int, int, str]]:
    """Ranks that do not occur take no level: where there is no 编, 章 is the first."""
    found = _behind_contents(text, found)
    there = [rank for rank in _LAW_RANKS if any(rank == one for _, one in found)]
    return [
        (m.start(rank), there.index(rank) + 1, m[rank] if rank == "article" else _line(text, m.start(rank)))
        for m, rank in found
    ]


def _behind_contents(text: str, found: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """Without the headings that a table of contents (目录) lists: its first comes again where the text begins."""
    contents = _CONTENTS.search(text, 0, found[0][0].end() + 1) if found else None
    if contents is None:
        return found
    first = _line(text, found[0][0].start(found[0][1]))
    again = next((at for at, (m, rank) in enumerate(found[1:], 1) if _line(text, m.start(rank)) == first), 0)
    return found[again:]


def _of_report(text: str, found: list[tuple[re.Match[str], str]]) -> list[tuple[int, int, str]]:
    heads = []
    for m, rank in found:
        heading = _heading(_line(text, m.start(rank)), len(m[rank]), deep=rank in ("three", "four"))
        if heading:
            level = _LEVELS.get(rank) or 1
            heads.append((m.start(rank), level, heading))
    return heads


def _heading(line: str, mark: int, *, deep: bool) -> str:
    """The heading at the beginning of a line; nothing where the line is an item of a list or a numbered sentence."""
    if line.endswith(("；", ";")) or len(line) <= mark:
        return ""
    stop = _STOP.search(line)
    end = stop.start() if stop else len(line)
    if deep and end - mark > SHORT_SENTENCE:
        return ""
    if end > LONGEST_HEADING:
        comma = line.find("，", mark + 2, LONGEST_HEADING)
        end = comma if comma > 0 else LONGEST_HEADING
    return line[:end]


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].rstrip()[: 4 * LONGEST_HEADING]


def _closed(heads: list[tuple[int, int, str]], length: int) -> tuple[Section, ...]:
    ends = [length] * len(heads)
    open_: list[int] = []
    for at, (start, level, _) in enumerate(heads):
        while open_ and heads[open_[-1]][1] >= level:
            ends[open_.pop()] = start
        open_.append(at)
    return tuple(Section(start, end, level, heading) for (start, level, heading), end in zip(heads, ends, strict=True))
