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

from youju.library.passages.engine.grams import EVERY, GRAM, PAD, SHORTEST, WINDOW, WORD, Hashes, hashes_at, windows
from youju.library.passages.engine.question import Longs, Question, Runs
from youju.library.passages.engine.segment import START, Common, Entries, Long, Segment

CHUNK = 1 << 19  # candidates compared at a time
# What the difference of two words is below when so many of their last units are equal, the most first; and the first
# unit of a word, and the second.
BELOW = np.array([1 << 16 * units for units in range(WORD)], np.uint64)
FIRST, SECOND = np.uint64(0xFFFF), np.uint64(0xFFFF0000)
ONE = np.uint64(1)

Pairs = tuple[Longs, Longs]  # places in the question, places in the segment
Lists = tuple[Entries, Entries]  # where each list begins, how long it is
Told = tuple[Longs, Longs]  # beginnings and ends of runs, as `lines`


def runs_in(segment: Segment, asked: Question) -> Runs:
    """All runs of at least SHORTEST units."""
    lists, crowded = common_lists(segment.common, asked.hashes)
    told = [
        *(ends_round(segment, asked, *pairs) for pairs in common_pairs(segment.common, asked, lists)),
        *(ends_at(segment, asked, *pairs) for pairs in long_pairs(segment.long, asked, near(crowded))),
    ]
    if not told:
        return Runs(*np.empty((4, 0), np.int32))
    begun, ended = (np.sort(np.concatenate(lines)) for lines in zip(*told, strict=True))
    return joined(segment, begun, ended, asked.size)


def common_lists(table: Common, hashes: Hashes) -> tuple[Lists, Longs]:
    """The list of each gram of the question; and where one was taken out."""
    lists = (hashes >> np.uint64(64 - table.bits)).view(np.int64)
    begins, ends = table.starts[lists], table.starts[1:][lists]
    crowded = np.flatnonzero(begins > START)
    ends -= begins
    ends &= np.uint32(START)
    return (begins, ends), crowded


def near(crowded: Longs) -> Longs:
    """The places in the question of which a run of SHORTEST units covers one of these grams."""
    if not crowded.size:
        return crowded
    covered = np.zeros(int(crowded[-1]) + 1, np.bool_)
    for before in range(EVERY):
        covered[np.maximum(crowded - before, 0)] = True
    return np.flatnonzero(covered)


def entries_of(lists: Lists) -> Iterator[Pairs]:
    """The entries of lists, each with the number of its list, a bounded number at a time."""
    begins, many = lists
    behind = np.cumsum(many, dtype=np.int64)
    shifts = begins - behind
    shifts += many
    done, all_ = 0, int(behind[-1]) if behind.size else 0
    told = 0
    while told < all_:
        upto = max(done + 1, int(np.searchsorted(behind, told + CHUNK, "right")))
        which = np.repeat(np.arange(done, upto), many[done:upto])
        entries = shifts[which]
        entries += np.arange(told, told + which.size)
        yield which, entries
        done, told = upto, int(behind[upto - 1])


def common_pairs(table: Common, asked: Question, lists: Lists) -> Iterator[Pairs]:
    """Where grams of the question stand in the segment with one of their sides."""
    for found, entries in entries_of(lists):
        differences = table.sides[entries] ^ asked.sides[found]
        alike = np.flatnonzero((differences < 0x100) | ((differences & 0xFF) == 0))
        yield found[alike], table.entries[entries[alike]].astype(np.int64) * EVERY


def long_pairs(table: Long, asked: Question, places: Longs) -> Iterator[Pairs]:
    """Where these runs of SHORTEST units may stand in the segment."""
    places = places[places <= asked.size - SHORTEST]
    if not places.size or not table.entries.size:
        return
    hashes = hashes_at(asked.words, places + PAD, SHORTEST)
    lists = (hashes >> np.uint64(64 - table.bits)).view(np.int64)
    begins, ends = table.starts[lists], table.starts[1:][lists]
    marks = (hashes << np.uint64(table.bits) >> np.uint64(64 - table.spare)).astype(np.uint32)
    mask, down = np.uint32((1 << table.spare) - 1), np.uint32(table.spare)
    for which, entries in entries_of((begins, ends - begins)):
        found = table.entries[entries]
        alike = np.flatnonzero((found & mask) == marks[which])
        yield places[which[alike]], (found[alike] >> down).astype(np.int64)


def differences(segment: Segment, asked: Question, found: Longs, places: Longs) -> list[Hashes]:
    """What is different, word by word, from PAD units before each place on."""
    text = segment.windows[places - PAD].view("<u8").reshape(-1, WINDOW // WORD)
    ours = windows(asked.padded)[found].view("<u8").reshape(-1, WINDOW // WORD)
    return list(np.ascontiguousarray((text ^ ours).T))


def ends_round(segment: Segment, asked: Question, found: Longs, places: Longs) -> Told:
    """The beginnings and the ends of the runs round places of `common`, each told by one place only."""
    far, near, first, second, third, fourth = differences(segment, asked, found, places)
    left = equal_backwards(near)
    left += equal_backwards(far) * (near == 0)
    behind = equal_forwards(second)  # from the gram's fifth unit on
    behind += (equal_forwards(third) + equal_forwards(fourth) * (third == 0)) * (second == 0)
    right = behind - (GRAM - WORD)
    same = (first == 0) & (behind >= GRAM - WORD) & (left + right >= SHORTEST - GRAM)
    begin, end = np.flatnonzero(same & (left < EVERY)), np.flatnonzero(same & (right < EVERY))
    return (
        lines(asked, found[begin], places[begin], -left[begin]), lines(asked, found[end], places[end], GRAM + right[end])
    )  # fmt: skip


def ends_at(segment: Segment, asked: Question, found: Longs, places: Longs) -> Told:
    """The runs that begin at places of `long`, and those that end behind one."""
    _, before, first, second, third, behind = differences(segment, asked, found, places)
    same = ((first | second | third) == 0) & ((behind & FIRST) == 0)
    begin = np.flatnonzero(same & (before >= BELOW[-1]))
    end = np.flatnonzero(same & ((behind & SECOND) != 0))
    return lines(asked, found[begin], places[begin], 0), lines(asked, found[end], places[end], SHORTEST)


def lines(asked: Question, found: Longs, places: Longs, further: Longs | int) -> Longs:
    """The diagonal, and in the bits below it the place in the question that lies so much further."""
    diagonals = places - found
    diagonals += asked.size
    diagonals <<= asked.size.bit_length()
    diagonals |= found + further
    return diagonals


def equal_backwards(differences: NDArray[np.uint64]) -> Longs:
    """How many of four units are equal, from the last one back."""
    found: Longs = WORD - np.searchsorted(BELOW, differences, "right")
    return found


def equal_forwards(differences: NDArray[np.uint64]) -> Longs:
    """How many of four units are equal, from the first one on."""
    below = (differences & -differences) - ONE  # all bits, where nothing differs
    found: Longs = (np.bitwise_count(below) >> 4).astype(np.int64)
    return found


def joined(segment: Segment, begun: Longs, ended: Longs, size: int) -> Runs:
    """Each beginning with its end. Both are a diagonal and, in the bits below it, a place in the question."""
    starts = begun & ((1 << size.bit_length()) - 1)
    places = starts + (begun >> size.bit_length()) - size
    texts = np.searchsorted(segment.bounds, places, "right") - 1
    text_starts = places - segment.bounds[texts]
    return Runs(*np.stack((starts, ended - begun, texts, text_starts)).astype(np.int32))
