"""Which copy a file without tags is one of: told by the words it shares with each, and by nothing else.

What every report by an outline says counts for nobody, and numbers are left out, since they are what may have been
changed. A file is taken for a copy when ``ENOUGH`` of the copy's own words stand in it and ``REST`` of the file's own are
the copy's, so that a collection of many reports is nobody's; without the copy's byline more is asked (``UNSIGNED``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from youju.reports.sent import Copy, squeezed

ENOUGH, UNSIGNED, REST = 0.5, 0.8, 0.25
LENGTH = 6  # characters of one shingle
FEWEST = 60  # a copy with fewer shingles of its own says nothing by which it could be known
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万亿]+")
_SENTENCE = re.compile(r"[^。！？；\n]+")


@dataclass(frozen=True)
class Likeness:
    """A copy, and which share of its own words stands in the file."""

    copy: Copy
    share: float

    @property
    def percent(self) -> int:
        return int(self.share * 100)


def shingles(text: str) -> frozenset[str]:
    """Runs of ``LENGTH`` characters, within a sentence, without punctuation, every number the same."""
    bare = (_NUMBER.sub("#", _SIGNS.sub("", sentence)) for sentence in _SENTENCE.findall(text))
    return frozenset(words[at : at + LENGTH] for words in bare for at in range(len(words) - LENGTH + 1))


def most_alike(text: str, copies: Iterable[Copy], *, common: Collection[str]) -> Likeness | None:
    """The copy the text is most alike, or None where it is none of them. Of equals the first: give the newest first."""
    here = shingles(text) - frozenset(common)
    packed = squeezed(text)
    best: Likeness | None = None
    for copy in copies:
        own = shingles(copy.text) - frozenset(common)
        shared = len(own & here)
        if len(own) < FEWEST or not here or shared / len(here) < REST:
            continue
        signed = any(squeezed(sign) in packed for sign in copy.signs)
        share = shared / len(own)
        if share >= (ENOUGH if signed else UNSIGNED) and (best is None or share > best.share):
            best = Likeness(copy, share)
    return best


def nearest(text: str, copies: Sequence[Copy]) -> Copy | None:
    """Of the versions of one report the one with most sentences, to the letter, in common with the text. Of equals the
    first: give the newest first."""
    here = _sentences(text)
    best, most = None, -1.0
    for copy in copies:
        there = _sentences(copy.text)
        share = 2 * len(here & there) / (len(here) + len(there) or 1)
        if share > most:
            best, most = copy, share
    return best


def _sentences(text: str) -> set[str]:
    return {squeezed(found) for found in _SENTENCE.findall(text)} - {""}
