"""Pairs of characters (charbigrams): what stands in the index at each place of a searched text.

Every place has exactly one token: its character and the one behind it, whatever they are; at the end, the last one
alone. So a phrase is found exactly by tokens at their places, its punctuation included, and the text is never needed
again. A single character is looked for in a list of those that stand in a text.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from youju.library.folding.table import CHINESE, LETTER, table

# Blanks stand between tokens, so the text's own are written otherwise. Folding leaves no such sign in a text.
_BLANK, _BREAK = 0x2420, 0x2424
_BEYOND = 0x40000  # no letter and no character stands behind


def tokens(text: str) -> str:
    """The tokens of a searched text, one a place, with blanks between."""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4").copy()
    if not codes.size:
        return ""
    codes[codes == 32] = _BLANK
    codes[codes == 10] = _BREAK
    written = np.full((codes.size, 3), 32, np.uint32)
    written[:, 0] = codes
    written[:-1, 1] = codes[1:]
    return written.tobytes().decode("utf-32-le").rstrip(" ")


def characters(text: str) -> str:
    """Each letter and character of a searched text once: what a single one is looked for in."""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4")
    kinds = table().kind[codes]
    seen = np.zeros(_BEYOND, bool)
    seen[codes[(kinds == LETTER) | (kinds == CHINESE)]] = True
    return " ".join(np.flatnonzero(seen).astype("<u4").tobytes().decode("utf-32-le"))


def cover(phrase: str, often: Callable[[str], int]) -> list[tuple[int, str]]:
    """Pairs at their places that together hold every character of a phrase of two or more: rare ones first, so that
    little is looked at."""
    shown = phrase.replace(" ", chr(_BLANK))
    pairs = [shown[at : at + 2] for at in range(len(shown) - 1)]
    places = list(range(len(pairs)))
    if len(places) > 2:
        places.sort(key=lambda at: (often(pairs[at]), at))
        places = _needed(places)
    return [(at, pairs[at]) for at in sorted(places)]


def _needed(ranked: list[int]) -> list[int]:
    """The first, which is the rarest, and of the others those without which a character would be held by none."""
    holders = [0] * (len(ranked) + 1)
    chosen: list[int] = []
    for at in ranked:
        if not (holders[at] and holders[at + 1]):
            chosen.append(at)
            holders[at] += 1
            holders[at + 1] += 1
    for at in reversed(chosen[1:]):
        if holders[at] > 1 and holders[at + 1] > 1:
            chosen.remove(at)
            holders[at] -= 1
            holders[at + 1] -= 1
    return chosen
