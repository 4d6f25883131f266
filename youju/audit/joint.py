"""合并: how many sessions were of several kinds at once — 支委会12次，其中与主题党日合并1次. Pure.

Such a number counts neither kind by itself, so it is asked of the rows that have both. Two records of one evening may
have been one meeting: where the ledger has fewer the claim cannot be checked, and is never called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from youju.figures.catalogue import lump
from youju.figures.figure import Figure
from youju.figures.match import RHYTHMS, SESSION_UNITS
from youju.figures.values import Row
from youju.prose.claims import Claim
from youju.prose.vocabulary import INDEX, KINDS

_FIRST, _LAST, _SENTENCE = "。；;！？!?\n，,（(", "。；;！？!?\n，,（(）)", re.compile(r"[。！？!?\n]")
_REMARK = re.compile(r"[（(][^（()）\n\d次]{2,20}[）)]")  # 3次（与党课合并）
_REACH = 60
_KIND = "|".join(sorted((re.escape(word) for kind in KINDS.values() for word in kind.words), key=len, reverse=True))
_TOGETHER = "合并|结合|一并|一起|一同|同步|同时|套开|合开"
#: 与主题党日合并, 结合主题党日: one kind is named, with which something else was done.
_WITH = re.compile(
    rf"(?:与|和|同|跟)[^，。；]{{0,4}}(?:{_KIND})[^，。；]{{0,6}}(?:{_TOGETHER})|结合(?:{_KIND})|(?:{_TOGETHER})(?:{_KIND})"
)
#: 合并召开2次; of villages and branches that became one it says nothing.
_MERGED = re.compile(r"合并(?:召开|开展|举行|举办|进行|开)?|套开|合开|一并(?:召开|开展|举行|进行)")
_OTHER_MERGING = re.compile(r"合并(?:后|设置|成立|组建|[党支村镇乡校])")


@dataclass(frozen=True)
class Joint:
    """A session counts that has every kind of ``all_of`` and ``least`` of the kinds altogether. No kinds: nobody can tell."""

    all_of: frozenset[str]
    kinds: tuple[str, ...]
    least: int

    @property
    def names(self) -> str:
        return "、".join(KINDS[kind].zh for kind in self.kinds)

    @property
    def figure(self) -> Figure:
        return lump(self.kinds)

    def of(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(row for row in rows if self._has(set(row.kinds)))

    def _has(self, kinds: set[str]) -> bool:
        return self.all_of <= kinds and len(kinds & set(self.kinds)) >= self.least


def joint_counts(claims: Sequence[Claim], text: str) -> dict[int, Joint]:
    """By where they begin, the claims that count sessions of several kinds at once."""
    return {
        claim.start: _joint(claim, clause, claims[max(0, at - 4) : at], text)
        for at, claim in enumerate(claims)
        if _counts_sessions(claim) and _says_so(clause := _clause(claim, text), claim)
    }


def _counts_sessions(claim: Claim) -> bool:
    return claim.class_ == "work" and claim.unit in SESSION_UNITS and claim.relation not in RHYTHMS


def _says_so(clause: str, claim: Claim) -> bool:
    if _WITH.search(clause):
        return "其中" in clause or len(claim.kinds) > 1 or bool(re.search("合并|套开|合开|一并", clause))
    merged = _MERGED.search(clause) and not _OTHER_MERGING.search(clause)
    return bool(merged) and ("其中" in clause or len(claim.kinds) > 1)


def _joint(claim: Claim, clause: str, before: Sequence[Claim], text: str) -> Joint:
    """The kinds named beside the number, and where that is only one, those of what it is a part of."""
    named = [kind for _, word in INDEX.find(clause, 0, len(clause)) if len(word.kinds) == 1 for kind in word.kinds]
    own = tuple(dict.fromkeys((*named, *claim.kinds)))
    if len(own) > 1:
        return Joint(frozenset(own), own, len(own))
    wholes = [one for one in reversed(before) if one.kinds and not _SENTENCE.search(text, one.end, claim.start)]
    if own:
        whole = next((one.kinds for one in wholes if not set(one.kinds) <= set(own)), ())
        kinds = tuple(dict.fromkeys((*whole, *own)))
        return Joint(frozenset(own), kinds if len(kinds) > 1 else (), 2)
    kinds = tuple(dict.fromkeys(kind for one in wholes for kind in one.kinds))
    return Joint(frozenset(), kinds if len(kinds) > 1 else (), 2)


def _clause(claim: Claim, text: str) -> str:
    """From the last mark before the number to the next one behind it."""
    first, last = max(0, claim.start - _REACH), min(len(text), claim.end + _REACH)
    start = max(text.rfind(mark, first, claim.start) for mark in _FIRST) + 1
    remark = _REMARK.match(text, claim.end)
    ends = [at for mark in _LAST if (at := text.find(mark, remark.end() if remark else claim.end, last)) >= 0]
    return text[max(start, first) : min(ends, default=last)]
