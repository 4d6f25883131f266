"""One segment: texts as units in a row, and the two tables that find grams among them. Never changed once written.

Every run of SHORTEST units covers exactly one of the places that are divisible by EVERY with its whole gram. `common`
lists those places by the hash of their gram, and beside each stand the marks of what is before and behind it: most grams
that a report has in common with the library are not within a run, and so they are passed over without a look at the text.
A few grams stand thousands of times within the formulas of the genre (人民代表大会常务委员会 has twelve characters), and
nearly all of their places are strangers to whoever asks. So the fullest lists are taken out of `common`, and `long` has
each run of SHORTEST units round one of their places by the hash of the whole run: nothing is met there but what is told.
An empty list of `common` says whether it was taken out, so that `long` is asked only where it may know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine.form import Units
from youju.library.passages.engine.grams import (
    EVERY,
    GRAM,
    REACH,
    SHORTEST,
    WORD,
    Hashes,
    Sides,
    Words,
    hashes,
    hashes_at,
    sides,
)

ENTRY_BITS = 32
ENTRY = np.uint64((1 << ENTRY_BITS) - 1)
FEWEST_BITS = 4
CHUNK = 1 << 18  # places hashed at a time, so that they stay in the processor's cache
CROWDED = 32  # a list longer than this is crowded ...
CROWDED_SHARE = (
    32  # ... as far as such lists hold no more than this part of all places, for `long` has each EVERY times
)

CROWDED_LIST = 31  # the bit of a list's start that says that it was taken out
START = (1 << CROWDED_LIST) - 1

PAGE = 1 << 10

Entries = NDArray[np.uint32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """Where grams stand. The first `bits` bits of a hash name a list; an entry of it is a place divided by EVERY, and
    `sides` has its marks. A start has the bit CROWDED_LIST where the list was taken out.
    """

    starts: Entries
    entries: Entries
    sides: Sides
    bits: int


@dataclass(frozen=True, slots=True, eq=False)
class Long:
    """Where the runs of SHORTEST units round crowded grams stand. An entry is a place, and in the `spare` bits below it
    the next bits of the hash, which tell most strangers apart without a look at the text.
    """

    starts: Entries
    entries: Entries
    bits: int
    spare: int


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A segment as it is read: PAD zeros, each text with a zero behind it, PAD zeros. The n-th text has the n-th key
    and begins at the n-th bound; `pages` has the text that holds each PAGE-th place. `paired`: some characters take two
    units. Places are the segment's own, so any number of segments stand side by side, however long together.
    """

    units: Units
    windows: Words
    common: Common
    long: Long
    keys: Longs
    bounds: Longs
    pages: Longs
    dead: Flags
    paired: bool

    def text(self, number: int) -> Units:
        """The units of one of its texts."""
        return self.units[self.bounds[number] : self.bounds[number + 1] - 1]


def pages_of(bounds: Longs) -> Longs:
    """Which text holds each PAGE-th place, so that the text of any place is near."""
    return np.maximum(np.searchsorted(bounds[:-1], np.arange(0, bounds[-1] + PAGE, PAGE), "right") - 1, 0)


def tables(units: Units, words: Words) -> tuple[Common, Long]:
    """Both tables of a stretch of units."""
    many = max(0, (units.size - GRAM) // EVERY + 1)
    bits = bits_for(many - many // 4)
    lines, marks = common_lines(units, many, bits)
    sizes = list_sizes(lines, bits)
    crowded = crowded_lists(sizes)
    taken = np.zeros(lines.size, np.bool_)
    ends = starts_of(sizes)[crowded + 1]
    for end, size in zip(ends.tolist(), sizes[crowded].tolist(), strict=True):
        taken[end - size : end] = True
    sizes[crowded] = 0
    starts = starts_of(sizes)
    starts[crowded] |= np.uint32(1 << CROWDED_LIST)
    away = (lines[taken] & ENTRY).astype(np.int64) * EVERY
    entries = lines[~taken].astype(np.uint32)
    return Common(starts, entries, marks[entries], bits), long_table(units, words, away)


def common_lines(units: Units, many: int, bits: int) -> tuple[Hashes, Sides]:
    """The lines of the places divisible by EVERY whose gram does not reach over the end of a text, sorted; and the marks
    of all places divisible by EVERY."""
    lines, marks = np.empty(many, np.uint64), np.zeros(many, np.uint16)
    for begin in range(0, many, CHUNK):
        end = min(many, begin + CHUNK)
        found = hashes(units[begin * EVERY : (end - 1) * EVERY + GRAM], GRAM, EVERY)
        lines[begin:end] = lines_of(found, np.arange(begin, end, dtype=np.uint64), bits, 0)
        marks[begin:end] = sides_from(units, begin, found)
    whole = np.ones(many, np.bool_)
    ends = np.flatnonzero(units == 0) // EVERY
    whole[ends[ends < many]] = False
    lines = lines[whole]
    lines.sort()
    return lines, marks


def sides_from(units: Units, begin: int, found: Hashes) -> Sides:
    """The marks of the places divisible by EVERY from the begin-th on, whose grams have these hashes."""
    # Beyond PAD nothing is read; the places that would ask for it hold zeros and are in no list.
    first, last = begin * EVERY - REACH, (begin + found.size - 1) * EVERY + GRAM + REACH
    lacking, beyond = max(0, -first), max(0, last - units.size)
    round_ = np.concatenate(
        (np.zeros(lacking, "<u2"), units[max(0, first) : last], np.zeros(beyond, "<u2"))
    )  # fmt: skip
    read = np.ndarray((round_.size - WORD + 1,), "<u8", round_, 0, (round_.itemsize,))
    left, right = read[::EVERY], read[REACH + GRAM + REACH - WORD :: EVERY]
    return sides(found, left[: found.size], right[: found.size])


def long_table(units: Units, words: Words, away: Longs) -> Long:
    """The table of the runs of SHORTEST units round these places, as far as no text ends within."""
    places = (np.sort(away)[:, None] - np.arange(EVERY)[::-1]).ravel()  # in order, since EVERY lies between any two
    ends = np.flatnonzero(units == 0)
    next_end = ends[np.minimum(np.searchsorted(ends, places), max(0, ends.size - 1))] if places.size else places
    places = places[next_end >= places + SHORTEST]
    bits, spare = max(FEWEST_BITS, bits_for(places.size) - 1), ENTRY_BITS - int(units.size).bit_length()
    lines = np.empty(places.size, np.uint64)
    for begin in range(0, places.size, CHUNK):
        some = places[begin : begin + CHUNK]
        found = hashes_at(words, some, SHORTEST)
        lines[begin : begin + CHUNK] = lines_of(found, some.astype(np.uint64), bits, spare)
    lines.sort()
    return Long(starts_of(list_sizes(lines, bits)), lines.astype(np.uint32), bits, spare)


def bits_for(entries: int) -> int:
    """Bits of a hash that address so many entries: at least as many lists, fewer than twice as many."""
    return max(FEWEST_BITS, (entries - 1).bit_length())


def lines_of(found: Hashes, places: Hashes, bits: int, spare: int) -> Hashes:
    """The number of the list in the upper half, the entry in the lower: sorted, they are the table."""
    lines: Hashes = (found >> np.uint64(64 - bits) << np.uint64(ENTRY_BITS)) | (places << np.uint64(spare))
    if spare:
        lines |= found << np.uint64(bits) >> np.uint64(64 - spare)
    return lines


def list_sizes(lines: Hashes, bits: int) -> Entries:
    """How many entries each list has, from the sorted lines."""
    sizes = np.zeros(1 << bits, np.uint32)
    for begin in range(0, lines.size, CHUNK):
        lists = (lines[begin : begin + CHUNK] >> np.uint64(ENTRY_BITS)).astype(np.int64)
        counted = np.bincount(lists - lists[0])
        sizes[lists[0] : lists[0] + counted.size] += counted.astype(np.uint32)
    return sizes


def starts_of(sizes: Entries) -> Entries:
    starts = np.zeros(sizes.size + 1, np.uint32)
    np.cumsum(sizes, dtype=np.uint32, out=starts[1:])
    return starts


def crowded_lists(sizes: Entries) -> Longs:
    """The numbers of the crowded lists: the fullest of those that the share has room for."""
    room = int(sizes.sum(dtype=np.int64)) // CROWDED_SHARE
    full = np.flatnonzero((sizes > CROWDED) & (sizes <= room))
    full = full[np.argsort(sizes[full], kind="stable")[::-1]]
    within = int(np.searchsorted(np.cumsum(sizes[full], dtype=np.int64), room, "right"))
    return np.sort(full[:within])
