"""Pure judgement: the tokens of a passage, and a readable difference of two texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from youju.prose import tokens
from youju.prose.tokens import FigureToken
from youju.reports.drafts.values import LAST_YEAR, Part, Piece, RecordWords, Words, shown

_RECORD = re.compile(r"〔据(?P<number>[^〔〕·\n]{1,40})(?:·(?P<host>[^〔〕\n]{1,40}))?〕(?P<text>.+?)〔完〕")
_SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n](?:〔完〕)?|[^。！？；\n]+")
_UNITS = re.compile(r"〔[^〔〕\n]{1,100}〕|\d+(?:\.\d+)?%?|.", re.DOTALL)
ALIKE = 0.45  # two sentences that share so much are shown as one that changed
MOST_PAIRS = 400_000  # of equal units; what repeats itself so much would be compared for seconds
ISLAND = 2  # what is left alone between two changes, so short, is read more easily as changed


def pieces(text: str) -> list[Piece]:
    """A passage in pieces, in order, without empty strings. What is no whole token stays text."""
    found: list[Piece] = []
    at = 0
    for record in _RECORD.finditer(text):
        found.extend(tokens.split(text[at : record.start()]))
        found.append(RecordWords(record["number"].strip(), (record["host"] or "").strip(), record["text"]))
        at = record.end()
    found.extend(tokens.split(text[at:]))
    return found


def joined(parts: Iterable[Piece]) -> str:
    """The passage again."""
    return "".join(map(str, parts))


def asked(token: FigureToken) -> tuple[str, bool]:
    """The figure a token names, and whether it asks of the year before."""
    name = token.figure.removesuffix(LAST_YEAR)
    return name.strip(), name != token.figure


def stray(parts: Iterable[Piece]) -> str:
    """The first thing in the plain words that looks like a token and is none: half a token is a slip of the hand."""
    for piece in parts:
        if isinstance(piece, str):
            found = re.search(r"〔(?:[=＝][^〔〕]*〕?|据[^〔〕]*〕?|完〕)", piece)
            if found:
                return found.group()
    return ""


# -- differences -------------------------------------------------------------------------------------------------------


def difference(old: str, new: str) -> tuple[Part, ...]:
    """What went and what came: sentences first, and inside a sentence that changed its characters.

    All but ``in`` together are the old text, all but ``out`` the new one.
    """
    return tuple(_merged(_sentences(old, new)))


def _sentences(old: str, new: str) -> Iterator[Part]:
    before, after = _SENTENCES.findall(old), _SENTENCES.findall(new)
    if _endless(before, after):
        yield from _both(old, new) if old != new else (Part("same", old),)
        return
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        out, come = "".join(before[a:b]), "".join(after[c:d])
        if how == "equal":
            yield Part("same", out)
        else:
            yield from _characters(out, come)


def _characters(old: str, new: str) -> Iterator[Part]:
    before, after = _UNITS.findall(old), _UNITS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or not new or _endless(before, after) or matcher.ratio() < ALIKE:
        yield from (Part("out", old), Part("in", new))
        return
    steps = matcher.get_opcodes()
    for place, (how, a, b, c, d) in enumerate(steps):
        out, come = "".join(before[a:b]), "".join(after[c:d])
        inside = 0 < place < len(steps) - 1
        if how == "equal" and not (inside and len(out) < ISLAND):
            yield Part("same", out)
        else:
            yield from (Part("out", out), Part("in", come))


def _endless(before: Sequence[str], after: Sequence[str]) -> bool:
    there = Counter(after)
    return sum(count * there[unit] for unit, count in Counter(before).items()) > MOST_PAIRS


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one; of a run of changes what went stands before what came."""
    out, come, same = "", "", ""
    for part in parts:
        if part.kind == "same":
            if out or come:
                yield from _both(out, come)
                out = come = ""
            same += part.text
            continue
        if same and part.text:
            yield Part("same", same)
            same = ""
        out += part.text if part.kind == "out" else ""
        come += part.text if part.kind == "in" else ""
    if same:
        yield Part("same", same)
    yield from _both(out, come)


def _both(out: str, come: str) -> Iterator[Part]:
    if out:
        yield Part("out", out)
    if come:
        yield Part("in", come)


def replaced(source: str, words: Sequence[Words], start: int, end: int, put: str) -> str | None:
    """The source with the shown characters ``start`` to ``end`` replaced. None unless they are plain words: a figure is
    brought up to date and not typed over, and a record's words are the record's."""
    parts = pieces(source)
    at = 0
    for place, (part, word) in enumerate(zip(parts, words, strict=True)):
        stop = at + len(shown(word))
        if isinstance(part, str) and at <= start < end <= stop:
            parts[place] = part[: start - at] + put + part[end - at :]
            return joined(parts)
        at = stop
    return None
