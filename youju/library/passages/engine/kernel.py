"""The same runs found by a compiled loop, where numba is installed. Its answers are those of `runs`, in another order."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from youju.library.passages.engine.form import Units
from youju.library.passages.engine.grams import (
    BYTE,
    EVERY,
    GRAM,
    HALF,
    LAST,
    ODD,
    PAD,
    REACH,
    SHORTEST,
    WORD,
    Hashes,
    Sides,
    parts,
)
from youju.library.passages.engine.question import Chosen, Column, Grouped, Longs, Question, Runs, Shared
from youju.library.passages.engine.segment import PAGE, START, Entries, Segment

INSTALLED = find_spec("numba") is not None
NONE = -1
PARTS = tuple(parts(SHORTEST))
# What the difference of two words is below, or has no bits in, when so many units are equal backwards, or forwards.
BELOW_1, BELOW_2, BELOW_3 = (np.uint64(1 << 16 * (WORD - units)) for units in (1, 2, 3))
WITHIN_1, WITHIN_2, WITHIN_3 = (np.uint64((1 << 16 * units) - 1) for units in (1, 2, 3))
BUFFER = 1 << 12  # places gathered before they are looked at
LOT = 1 << 23  # places for which room is made at once


def weigh(
    words: Hashes, starts: Entries, bits: int, long_starts: Entries, long_bits: int, spare: int,
    firsts: Column, lasts: Column, marks: Entries,
) -> tuple[int, int]:  # fmt: skip
    """Of the gram at each place its list in `common` and the marks of its sides; and where that list was taken out, of
    the run of SHORTEST units round it the list in `long` and the mark. Returns how long the lists are together."""
    common, long, places = 0, 0, firsts.shape[1]
    crowded = places + EVERY
    for place in range(places):
        here = place + PAD
        found = words[here] * ODD[0] + words[here + GRAM - WORD] * ODD[1]
        found ^= found >> HALF
        found *= LAST
        bucket = np.int64(found >> np.uint64(64 - bits))
        firsts[0, place], lasts[0, place] = starts[bucket], starts[bucket + 1] & START
        before = ((found ^ words[here - REACH]) * ODD[1]) >> BYTE
        behind = ((found ^ words[here + GRAM + REACH - WORD]) * ODD[2]) >> BYTE
        marks[0, place] = (before << np.uint64(8)) | behind
    for place in range(places - 1, -1, -1):
        if firsts[0, place] < 0:  # the sign is the bit CROWDED_LIST
            firsts[0, place] &= START
            crowded = place
        common += lasts[0, place] - firsts[0, place]
        if crowded - place >= EVERY:
            firsts[1, place], lasts[1, place] = 0, 0
            continue
        found = np.uint64(0)
        for part in range(len(ODD)):
            found += words[place + PAD + PARTS[part]] * ODD[part]
        found ^= found >> HALF
        found *= LAST
        bucket = np.int64(found >> np.uint64(64 - long_bits))
        firsts[1, place], lasts[1, place] = long_starts[bucket], long_starts[bucket + 1]
        marks[1, place] = (found << np.uint64(long_bits)) >> np.uint64(64 - spare)
        long += lasts[1, place] - firsts[1, place]
    return common, long


def scan_common(
    text: Hashes, entries: Entries, sides: Sides, bounds: Longs, pages: Longs, words: Hashes, marks: Entries,
    firsts: Column, lasts: Column, begin: int, end: int, out: Column, noted: int,
) -> int:  # fmt: skip
    """Notes the runs told by the lists of these places behind those noted before; returns how many it are now.

    Of the places in a run the first tells it: fewer than EVERY equal units stand before. Each step goes over many places
    before the next and decides nothing on the way, so that the processor fetches many far places at a time instead of
    waiting for each.
    """
    met, fullest = 0, 0
    for place in range(begin, end):
        fullest = max(fullest, lasts[place] - firsts[place])
    here, there = np.empty(BUFFER + fullest, np.int32), np.empty(BUFFER + fullest, np.int32)
    for place in range(begin, end):
        mark = marks[place]
        for number in range(firsts[place], lasts[place]):
            here[met], there[met] = place + PAD, number
            difference = sides[number] ^ mark
            met += (difference < 0x100) | ((difference & 0xFF) == 0)
        if met < BUFFER and place + 1 < end:
            continue
        for number in range(met):
            there[number] = entries[there[number]] * EVERY
        left = 0
        for number in range(met):
            ours, its = here[number], there[number]
            gram = (text[its] ^ words[ours]) | (text[its + GRAM - WORD] ^ words[ours + GRAM - WORD])
            before = (text[its - WORD] ^ words[ours - WORD]) | (text[its - EVERY] ^ words[ours - EVERY])
            here[left], there[left] = ours, its
            left += (gram == 0) & (before != 0)
        for number in range(left):
            ours, its, back, length, equal = here[number], there[number], 0, GRAM, WORD
            while equal == WORD:
                back += WORD
                difference = text[its - back] ^ words[ours - back]
                equal = (difference < BELOW_1) + (difference < BELOW_2) + (difference < BELOW_3) + (difference == 0)
            back += equal - WORD
            equal = WORD
            while equal == WORD:
                difference = text[its + length] ^ words[ours + length]
                equal = (
                    ((difference & WITHIN_1) == 0) + ((difference & WITHIN_2) == 0) + ((difference & WITHIN_3) == 0)
                    + (difference == 0)
                )  # fmt: skip
                length += equal
            if back + length < SHORTEST:
                continue
            number_of = pages[its // PAGE]
            while bounds[number_of + 1] <= its:
                number_of += 1
            out[0, noted], out[1, noted], out[2, noted] = ours - PAD - back, back + length, number_of
            out[3, noted] = its - back - bounds[number_of]
            noted += 1
        met = 0
    return noted


def scan_long(
    text: Hashes, entries: Entries, spare: int, bounds: Longs, pages: Longs, words: Hashes, marks: Entries,
    firsts: Column, lasts: Column, begin: int, end: int, out: Column, noted: int,
) -> int:  # fmt: skip
    """The same for the lists of `long`: of the places in a run only the one at its very beginning tells it."""
    met, fullest = 0, 0
    mask, down = np.uint32((1 << spare) - 1), np.uint32(spare)
    for place in range(begin, end):
        fullest = max(fullest, lasts[place] - firsts[place])
    here, there = np.empty(BUFFER + fullest, np.int32), np.empty(BUFFER + fullest, np.int32)
    for place in range(begin, end):
        mark = marks[place]
        for number in range(firsts[place], lasts[place]):
            here[met], there[met] = place + PAD, entries[number] >> down
            met += (entries[number] & mask) == mark
        if met < BUFFER and place + 1 < end:
            continue
        left = 0
        for number in range(met):
            ours, its = here[number], there[number]
            run = (text[its] ^ words[ours]) | (text[its + WORD] ^ words[ours + WORD])
            run |= text[its + 2 * WORD] ^ words[ours + 2 * WORD]
            run |= text[its + SHORTEST - WORD] ^ words[ours + SHORTEST - WORD]
            before = text[its - WORD] ^ words[ours - WORD]
            here[left], there[left] = ours, its
            left += (run == 0) & (before >= BELOW_1)
        for number in range(left):
            ours, its, length, equal = here[number], there[number], SHORTEST, WORD
            while equal == WORD:
                difference = text[its + length] ^ words[ours + length]
                equal = (
                    ((difference & WITHIN_1) == 0) + ((difference & WITHIN_2) == 0) + ((difference & WITHIN_3) == 0)
                    + (difference == 0)
                )  # fmt: skip
                length += equal
            number_of = pages[its // PAGE]
            while bounds[number_of + 1] <= its:
                number_of += 1
            out[0, noted], out[1, noted], out[2, noted] = ours - PAD, length, number_of
            out[3, noted] = its - bounds[number_of]
            noted += 1
        met = 0
    return noted


def survey(
    starts: Column, ends: Column, texts: Column, begun: Column, ended: Column, passages: Longs, numbers: Column, met: Longs
) -> tuple[int, int]:  # fmt: skip
    """Fills in where each passage begins and ends and how many runs it has, and which texts were met; returns how many
    of both. `begun` becomes of each unit the number of its passage, `numbers` of each text which of those met it is."""
    for run in range(starts.size):
        begun[starts[run]] += 1
        ended[ends[run]] += 1
        numbers[texts[run]] = 1
    inside, passage, many = 0, -1, 0
    for unit in range(begun.size):
        going_on = inside - ended[unit]  # runs that cover the unit before as well
        if inside > 0 and going_on == 0:
            passages[passage, 1] = unit
        if begun[unit] > 0:
            if going_on == 0:
                passage += 1
                passages[passage, 0], passages[passage, 4] = unit, 0
            passages[passage, 4] += begun[unit]
        inside = going_on + begun[unit]
        begun[unit] = passage
    for text in range(numbers.size):
        if numbers[text] > 0:
            numbers[text], met[many] = many, text
            many += 1
    return passage + 1, many


def choose(
    starts: Column, ends: Column, text_starts: Column, lengths: Column, its_texts: Column, passage_of: Column,
    numbers: Column, ranks: Longs, keys: Longs, passages: Longs, listed: Column, counted: Column, rows: Longs,
) -> int:  # fmt: skip
    """Fills in the rows to be listed, and of each passage its listed sources and its texts; returns how many rows."""
    cap, told = listed.size, 0
    heads = np.zeros(passages.shape[0] + 1, np.int64)
    for passage in range(passages.shape[0]):
        heads[passage + 1] = heads[passage] + passages[passage, 4]
    order = np.empty(starts.size, np.int32)
    for run in range(starts.size):
        passage = passage_of[starts[run]]
        order[heads[passage]] = run
        heads[passage] += 1
    there, many, best = np.empty(ranks.size, np.int32), np.zeros(ranks.size, np.int32), np.empty(ranks.size, np.int32)
    for passage in range(passages.shape[0]):
        met = 0
        for place in range(heads[passage] - passages[passage, 4], heads[passage]):
            run = order[place]
            text = numbers[its_texts[run]]
            if many[text] == 0:
                there[met] = text
                met += 1
                best[text] = run
            elif lengths[run] >= lengths[best[text]]:
                old = best[text]
                if (lengths[old], -starts[old], -text_starts[old]) < (lengths[run], -starts[run], -text_starts[run]):
                    best[text] = run
            many[text] += 1
        full = 0
        for number in range(met):
            text = there[number]
            run = best[text]
            at = full
            while at > 0:
                other = listed[at - 1]
                its = numbers[its_texts[other]]
                if (ranks[its], -lengths[other], keys[its]) < (ranks[text], -lengths[run], keys[text]):
                    break
                if at < cap:
                    listed[at], counted[at] = other, counted[at - 1]
                at -= 1
            if at < cap:
                listed[at], counted[at] = run, many[text]
                full = min(cap, full + 1)
            many[text] = 0
        passages[passage, 2], passages[passage, 3] = full, met
        for number in range(full):
            run = listed[number]
            rows[told, 0], rows[told, 1], rows[told, 2] = its_texts[run], starts[run], ends[run]
            rows[told, 3], rows[told, 4], rows[told, 5] = text_starts[run], lengths[run], counted[number]
            told += 1
    return told


@cache
def in_machine_code(loop: Callable[..., Any]) -> Callable[..., Any]:
    """The loop compiled, once a machine: numba keeps it in a file beside this one, or where it can write."""
    from numba import njit

    made: Callable[..., Any] = njit(cache=True, nogil=True)(loop)
    return made


def grouped(rows: Shared, size: int, texts: int) -> Grouped:
    """What `found.in_groups` gives."""
    begun, ended = np.zeros((2, size + 1), np.int32)
    numbers, met, passages = np.zeros(texts, np.int32), np.empty(texts, np.int64), np.empty((size, 5), np.int64)
    many, some = in_machine_code(survey)(rows.starts, rows.ends, rows.texts, begun, ended, passages, numbers, met)
    return met[:some], partial(chosen, rows, begun, numbers, passages[:many])


def chosen(
    rows: Shared, passage_of: Column, numbers: Column, passages: Longs, ranks: tuple[Longs, Longs], cap: int
) -> Chosen:
    """What `found.chosen` gives."""
    cap = min(cap, ranks[0].size)
    listed = np.empty((min(rows.starts.size, cap * len(passages)), 6), np.int64)
    told = in_machine_code(choose)(
        rows.starts, rows.ends, rows.text_starts, rows.lengths, rows.texts, passage_of, numbers, *ranks, passages,
        *np.empty((2, cap), np.int32), listed,
    )  # fmt: skip
    return listed[:told], passages


def runs_in(segment: Segment, asked: Question) -> Runs:
    """All runs of at least SHORTEST units."""
    common, long, size = segment.common, segment.long, max(0, asked.size - GRAM + 1)
    words = four_from_each(asked.padded)
    firsts, lasts, marks = np.empty((2, size), np.int32), np.empty((2, size), np.int32), np.empty((2, size), np.uint32)
    rooms = in_machine_code(weigh)(
        words, common.starts, common.bits, long.starts, long.bits, long.spare, firsts, lasts, marks
    )  # fmt: skip
    text = four_from_each(segment.units)
    scans: tuple[tuple[Callable[..., Any], Any, Any], ...] = (
        (scan_common, common.entries, common.sides), (scan_long, long.entries, long.spare)
    )  # fmt: skip
    room = sum(rooms)
    parts, noted = [np.empty((4, min(room, LOT)), np.int32)], 0
    for (scan, entries, told), first, last, mark, many in zip(scans, firsts, lasts, marks, rooms, strict=True):
        begin = 0 if many else size
        while begin < size:
            end = size
            if room > LOT:
                end, many = a_lot(first, last, begin)
                parts[-1] = parts[-1][:, :noted]
                parts, noted = [*parts, np.empty((4, many), np.int32)], 0
            noted = in_machine_code(scan)(
                text, entries, told, segment.bounds, segment.pages, words, mark, first, last, begin, end, parts[-1], noted
            )  # fmt: skip
            begin = end
    parts[-1] = parts[-1][:, :noted]
    return Runs(*(parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)))


def four_from_each(units: Units) -> Hashes:
    """The four units from each place on, as numbers, read where they lie."""
    return np.ndarray((max(0, units.size - WORD + 1),), "<u8", units, 0, (units.itemsize,))


def a_lot(firsts: Column, lasts: Column, begin: int) -> tuple[int, int]:
    """Up to where the lists from here on are no more than a lot together, but for one; and how long they are."""
    behind = np.cumsum(lasts[begin:] - firsts[begin:], dtype=np.int64)
    many = max(1, int(np.searchsorted(behind, LOT, "right")))
    return begin + many, int(behind[many - 1])
