"""The form in which copied passages are compared, and where each of its characters stood.

Letters and numbers of all planes are kept (Unicode categories L and N), full width folded to half, capitals to small;
punctuation, space, marks and signs are dropped. What is kept is coded as UTF-16: one unit of 16 bits, two above the
first plane. That code is injective for every text, needs no table that could fill up, and a unit tells by itself
whether it is half of a pair, so runs found in units are told in characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]
Places = NDArray[np.int64]

# A text compared by another table of characters could differ; a store of another form is built anew.
FORM = f"3/{unicodedata.unidata_version}"
PLANES_END = 0x40000  # neither letters nor numbers are assigned above the fourth plane
BASIC_END = 0x10000
PIECE = 1 << 16
PAIR, HIGH, LOW = 0xFC00, 0xD800, 0xDC00


def folded(character: str) -> str:
    """One character as it is compared: half width, small; nothing where it is neither letter nor number."""
    width, _, code = unicodedata.decomposition(character).partition(" ")
    if width in {"<wide>", "<narrow>"}:
        character = chr(int(code, 16))
    character = character.lower()[0]
    return character if unicodedata.category(character)[0] in "LN" else ""


@cache
def table() -> NDArray[np.uint32]:
    """Of every code point what it is folded to; 0 where it is dropped."""
    folds = (folded(chr(code)) for code in range(PLANES_END))
    return np.fromiter((ord(fold) if fold else 0 for fold in folds), np.uint32, PLANES_END)


@cache
def basic_table() -> Units:
    """The table of the first plane, in which nearly all texts are written whole."""
    return table()[:BASIC_END].astype("<u2")


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """A text as compared, with the place in the original of each unit."""

    units: Units
    places: Places
    paired: bool  # whether any of its characters takes two units

    def stretch(self, start: int, length: int) -> tuple[int, int]:
        """Where so many compared characters from the start-th on stood in the original."""
        ours = np.flatnonzero(begins(self.units)) if self.paired else None
        first, last = (start, start + length - 1) if ours is None else (ours[start], ours[start + length - 1])
        return int(self.places[first]), int(self.places[last]) + 1


def normalised(text: str) -> Normalised:
    """The form of a text that is compared."""
    raw = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if raw.size != len(text):
        return normalised_beyond(text)
    folds = basic_table()[raw]
    places = np.flatnonzero(folds)
    return Normalised(folds[places], places, paired=False)


def normalised_beyond(text: str) -> Normalised:
    """The same for a text with characters above the first plane."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    folds = table()[np.minimum(codes, PLANES_END - 1)]
    places = np.flatnonzero(folds)
    folds = folds[places]
    wide = folds >= BASIC_END
    at = np.arange(folds.size) + np.cumsum(wide) - wide
    units = np.empty(folds.size + int(wide.sum()), "<u2")
    above = folds[wide] - np.uint32(BASIC_END)
    units[at] = folds & 0xFFFF
    units[at[wide]] = HIGH + (above >> 10)
    units[at[wide] + 1] = LOW + (above & 0x3FF)
    return Normalised(units, np.repeat(places, 1 + wide), bool(wide.any()))


def begins(units: Units) -> NDArray[np.bool_]:
    """Which units begin a character: all but the second halves of pairs."""
    found: NDArray[np.bool_] = (units & PAIR) != LOW
    return found


def has_pairs(units: Units) -> bool:
    """Whether any character takes two units. A piece at a time, so that what is computed stays near the processor."""
    return any(bool(((units[at : at + PIECE] & PAIR) == LOW).any()) for at in range(0, units.size, PIECE))
