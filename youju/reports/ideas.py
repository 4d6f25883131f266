"""取思路: somebody else's passage as a shape for one's own. His words may be followed; his numbers stay his.

Each number becomes a blank: where a figure of the ledger asks the same thing it is bound to that, 〔=主题党日次数〕, else it
says what is missing, 〔缺：几户〕. Days and years are blanks too. What is no number of his work stays: 三会一课, 第一, 一是.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.figures.catalogue import FIGURES
from youju.figures.match import match
from youju.prose.claims import Claim, read
from youju.prose.tokens import FigureToken, GapToken

#: Classes of words with a numeral in them that count nothing: they are said alike by everybody.
SAID_BY_ALL = frozenset({"name_or_title", "fixed_expression", "ordinal"})
_DAY = re.compile(
    r"(?:[0-9０-９]{2,4}年)?[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}[日号](?:至[0-9０-９]{1,2}[日号])?)?|[0-9０-９]{4}(?=年)"
)
_LEFT = re.compile(r"[0-9０-９]+(?:[.．,，:：][0-9０-９]+)*[%％‰]?")
_NUMBERING = re.compile(r"^[\s　]*[（(]?[0-9０-９]{1,2}[)）.．、](?![0-9０-９])", re.MULTILINE)
_TOKEN = re.compile(r"〔[^〔〕\n]{1,90}〕")

Blank = tuple[int, int, str]


def idea_of(text: str) -> str:
    """The passage with its numbers as blanks. Tokens that stood in it are words of somebody else and lose their brackets."""
    text = _TOKEN.sub(lambda found: found[0].strip("〔〕"), text)
    blanks = _apart([*_days(text), *_numbers(text), *_digits_left(text)])
    pieces, at = [], 0
    for start, end, token in blanks:
        pieces += [text[at:start], token]
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _numbers(text: str) -> Iterator[Blank]:
    for claim in read(text):
        if claim.class_ == "none" and claim.rule in SAID_BY_ALL:
            continue
        yield claim.start, claim.end, _token(claim)


def _token(claim: Claim) -> str:
    # 到3个村开展志愿服务: the villages are not how often it was done.
    counted = claim.class_ in ("work", "state") and claim.unit != "个"
    asked = match(claim) if counted else []
    known = next((figure.id for figure in asked if figure.id in FIGURES), None)
    if known:
        return str(FigureToken(known))
    return str(GapToken("百分之几" if claim.unit in ("%", "％") else f"几{claim.unit}"))


def _days(text: str) -> Iterator[Blank]:
    for found in _DAY.finditer(text):
        yield found.start(), found.end(), str(GapToken("哪一年" if found[0].isdecimal() else "哪一天"))


def _digits_left(text: str) -> Iterator[Blank]:
    """Numbers nobody reads as an amount: 12345热线, A股5000点. What numbers the paragraphs stays."""
    numbering = [found.span() for found in _NUMBERING.finditer(text)]
    for found in _LEFT.finditer(text):
        if not any(start <= found.start() < end for start, end in numbering):
            yield found.start(), found.end(), str(GapToken("数字"))


def _apart(blanks: list[Blank]) -> list[Blank]:
    """In order, each over its own characters; where two overlap the first kind that was named stays."""
    kept: list[Blank] = []
    for blank in blanks:
        if all(blank[1] <= start or end <= blank[0] for start, end, _ in kept):
            kept.append(blank)
    return sorted(kept)
