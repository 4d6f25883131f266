"""Grams: so many units in a row, and their hashes, the same for the tables of a segment, a report and near-duplicates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine.form import Units

SHORTEST = 13  # characters of a run that is told
GRAM = 7  # units that are hashed together
EVERY = SHORTEST - GRAM + 1  # so that every run of SHORTEST units holds exactly one gram that is in the table, or more
PAD = 8  # units before and behind every stretch of units, so that whole words can be read past its ends
WORD = 4  # units read at a time

WINDOW = 3 * PAD  # units looked at round a place: PAD before it, twice as many from it on
REACH = 3  # units of a side that are told by its mark: of SHORTEST - GRAM, as many lie on one side at least

Hashes = NDArray[np.uint64]
Words = NDArray[np.void]
Sides = NDArray[np.uint16]

ODD = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F, 0xA0761D6478BD642F))
LAST = np.uint64(0xFF51AFD7ED558CCD)
HALF = np.uint64(32)
BYTE = np.uint64(56)
HIGH_BYTE = np.uint64(0xFF00)


def words(units: Units) -> Words:
    """The four units from each place on as eight bytes, read where they lie and not copied."""
    return np.ndarray((max(0, units.size - WORD + 1),), "V8", units, 0, (units.itemsize,))


def windows(units: Units) -> Words:
    """The WINDOW units from each place on, read where they lie: far more is not slower to fetch than one word is."""
    return np.ndarray((max(0, units.size - WINDOW + 1),), f"V{2 * WINDOW}", units, 0, (units.itemsize,))


def parts(gram: int) -> list[int]:
    """Where the words begin that together hold a gram; the last may share units with the one before."""
    return [*range(0, gram - WORD, WORD), gram - WORD]


def hashes(units: Units, gram: int = GRAM, every: int = 1) -> Hashes:
    """A hash of the gram at each place, or at each so-manieth."""
    places = max(0, units.size - gram + 1)
    if not places:
        return np.empty(0, np.uint64)
    read = np.ndarray((units.size - WORD + 1,), "<u8", units, 0, (units.itemsize,))
    first, *others = parts(gram)
    found: Hashes = read[first : first + places : every] * ODD[0]
    for part, odd in zip(others, ODD[1:], strict=False):
        found += read[part : part + places : every] * odd
    return mixed(found)


def sides(found: Hashes, left: Hashes, right: Hashes) -> Sides:
    """Of grams their two marks of eight bits, one of the gram with the units before it, one with those behind it.

    `found` are the hashes of the grams, `left` and `right` the words from REACH units before and from WORD - REACH units
    before their ends on. A run of SHORTEST units goes on by REACH at one side at least, so of two places with a run in
    common at least one of the two marks is the same; of others that have the same gram, or none, few.
    """
    before = (found ^ left) * ODD[1]
    before >>= BYTE - np.uint64(8)
    before &= HIGH_BYTE
    behind = (found ^ right) * ODD[2]
    behind >>= BYTE
    before |= behind
    return before.astype(np.uint16)


def hashes_at(text: Words | Hashes, places: NDArray[np.int64], gram: int) -> Hashes:
    """The same at some places only."""
    found = np.zeros(places.size, np.uint64)
    for part, odd in zip(parts(gram), ODD, strict=False):
        found += text[places + part].view("<u8") * odd
    return mixed(found)


def mixed(found: Hashes) -> Hashes:
    """A product's high bits depend on all bits below; this lets the low ones depend on the high ones too."""
    found ^= found >> HALF
    found *= LAST
    return found
