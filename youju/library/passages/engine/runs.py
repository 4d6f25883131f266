"""Every run of units that a text and a segment have in common, told once and whole, with numpy alone.

A run of SHORTEST units covers a place that one of the two tables holds, so each run is met; what is met is compared on
the text itself, so nothing else is. Of the places of `common` in a run the first has fewer than EVERY equal units
before it and the last fewer than EVERY behind; `long` holds the beginning and the end of a run themselves, where the
place they cover is crowded. So each run is begun once and ended once, and sorted by diagonal the n-th beginning and the
n-th end belong together, however long the run is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine.grams import EVERY, GRAM, PAD, SHORTEST, WORD, Hashes, parts
from youju.library.passages.engine.question import Flags, Longs, Question, Runs
from youju.library.passages.engine.segment import Segment, Table

CHUNK = 1 << 19  # candidates compared at a time
NONE = -1
# What the difference of two words is below, or has no bits in, when so many units are equal backwards, or forwards.
BELOW = [np.uint64(1 << 16 * (WORD - units)) for units in range(1, WORD)] + [np.uint64(1)]
WITHIN = [np.uint64((1 << 16 * units) - 1) for units in range(1, WORD + 1)]

Words64 = NDArray[np.uint64]
Pairs = tuple[Longs, Longs]  # places in the question, places in the segment
Told = tuple[Longs, Longs, Longs, Longs]  # the same, and where their runs begin and end, or NONE


def runs_in(segment: Segment, asked: Question) -> Runs:
    """All runs of at least SHORTEST units."""
    begun, ended, words = [], [], asked.words()
    for table, tell in ((segment.common, ends_round), (segment.long, ends_at)):
        for pairs in candidates(table, asked.hashes[table.gram]):
            found, places, begin, end = tell(segment, asked, words, *pairs)
            if found.size:
                same = equal(segment, words, found, places, table.gram)
                diagonal = (places - found + asked.size) << asked.size.bit_length()
                begun.append((diagonal | begin)[same & (begin != NONE)])
                ended.append((diagonal | end)[same & (end != NONE)])
    if not begun:
        return Runs(*np.empty((4, 0), np.int64))
    return joined(segment, np.sort(np.concatenate(begun)), np.sort(np.concatenate(ended)), asked.size)


def candidates(table: Table, hashes: Hashes) -> Iterator[Pairs]:
    """Where grams of the question may stand in the segment, a bounded number at a time."""
    lists = (hashes >> np.uint64(64 - table.bits)).astype(np.int64)
    begins = table.starts[lists]
    many = table.starts[lists + 1] - begins
    asking = np.flatnonzero(many)
    begins, many = begins[asking].astype(np.int64), many[asking].astype(np.int64)
    marks = (hashes[asking] << np.uint64(table.bits) >> np.uint64(64 - table.spare)).astype(np.uint32)
    mask, down = np.uint32((1 << table.spare) - 1), np.uint32(table.spare)
    behind = np.cumsum(many)
    shifts = begins - behind + many
    done = 0
    while done < asking.size:
        told = int(behind[done - 1]) if done else 0
        upto = max(done + 1, int(np.searchsorted(behind, told + CHUNK, "right")))
        which = np.repeat(np.arange(done, upto), many[done:upto])
        entries = table.entries[np.arange(told, told + which.size) + shifts[which]]
        alike = np.flatnonzero((entries & mask) == marks[which])
        yield asking[which[alike]], (entries[alike] >> down).astype(np.int64) * table.every
        done = upto


def equal(segment: Segment, ours: Words64, found: Longs, places: Longs, gram: int) -> Flags:
    """Whose grams are equal in truth: nearly all, so this is asked last."""
    same = np.ones(found.size, np.bool_)
    for part in parts(gram):
        same &= segment.words[places + part].view("<u8") == ours[found + (PAD + part)]
    return same


def ends_round(segment: Segment, asked: Question, ours: Words64, found: Longs, places: Longs) -> Told:
    """Where the runs round places of `common` begin and end, each told by one place only."""
    units, text = segment.units, segment.words
    # A run that is long enough goes on at one of the gram's sides at least.
    on = units[places - 1] == asked.padded[found + (PAD - 1)]
    on |= units[places + GRAM] == asked.padded[found + (PAD + GRAM)]
    found, places = found[on], places[on]
    here = found + PAD
    left = equal_backwards(text[places - WORD].view("<u8") ^ ours[here - WORD])
    far = np.flatnonzero(left == WORD)
    left[far] += equal_backwards(text[places[far] - 2 * WORD].view("<u8") ^ ours[here[far] - 2 * WORD])
    right = equal_forwards(text[places + GRAM].view("<u8") ^ ours[here + GRAM])
    far = np.flatnonzero(right == WORD)
    right[far] += equal_forwards(text[places[far] + GRAM + WORD].view("<u8") ^ ours[here[far] + GRAM + WORD])
    some = np.flatnonzero(left + right >= SHORTEST - GRAM)
    found, places, left, right = found[some], places[some], left[some], right[some]
    begin = np.where(left < EVERY, found - left, NONE)
    return found, places, begin, np.where(right < EVERY, found + GRAM + right, NONE)


def ends_at(segment: Segment, asked: Question, _: Words64, found: Longs, places: Longs) -> Told:
    """Which places of `long` are the beginning of a run, which are its end."""
    units, ours, here = segment.units, asked.padded, found + PAD
    begin = np.where(units[places - 1] != ours[here - 1], found, NONE)
    end = np.where(units[places + SHORTEST] != ours[here + SHORTEST], found + SHORTEST, NONE)
    return found, places, begin, end


def equal_backwards(differences: NDArray[np.uint64]) -> Longs:
    """How many of four units are equal, from the last one back."""
    found: Longs = (differences < BELOW[0]).astype(np.int64)
    for bound in BELOW[1:]:
        found += differences < bound
    return found


def equal_forwards(differences: NDArray[np.uint64]) -> Longs:
    """How many of four units are equal, from the first one on."""
    found: Longs = ((differences & WITHIN[0]) == 0).astype(np.int64)
    for bits in WITHIN[1:]:
        found += (differences & bits) == 0
    return found


def joined(segment: Segment, begun: Longs, ended: Longs, size: int) -> Runs:
    """Each beginning with its end. Both are a diagonal and, in the bits below it, a place in the question."""
    starts = begun & ((1 << size.bit_length()) - 1)
    places = starts + (begun >> size.bit_length()) - size
    texts = np.searchsorted(segment.bounds, places, "right") - 1
    return Runs(starts, ended - begun, texts, places - segment.bounds[texts])
