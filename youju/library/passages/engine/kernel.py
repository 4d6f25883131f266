"""The same runs found by a compiled loop, where numba is installed. Its answers are those of `runs`, in another order."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from youju.library.passages.engine.form import Units
from youju.library.passages.engine.grams import PAD, SHORTEST, Hashes
from youju.library.passages.engine.question import Chosen, Longs, Question, Runs, Shared
from youju.library.passages.engine.segment import PAGE, Entries, Segment, Table

INSTALLED = find_spec("numba") is not None
NONE = -1
BUFFER = 1 << 12  # places gathered before they are looked at
LOT = 1 << 23  # places for which room is made at once


def weigh(starts: Entries, bits: int, hashes: Hashes, firsts: Longs, lasts: Longs) -> int:
    """Where the list of each hash begins and ends; returns how long they are together."""
    all_ = 0
    for place in range(hashes.size):
        bucket = np.int64(hashes[place] >> np.uint64(64 - bits))
        firsts[place], lasts[place] = starts[bucket], starts[bucket + 1]
        all_ += lasts[place] - firsts[place]
    return all_


def scan(
    units: Units, entries: Entries, bits: int, spare: int, gram: int, every: int, bounds: Longs, pages: Longs,
    padded: Units, hashes: Hashes, firsts: Longs, lasts: Longs, begin: int, end: int, out: Longs, noted: int,
) -> int:  # fmt: skip
    """Notes the runs told by the lists of these places behind those noted before; returns how many it are now.

    Of the places of `common` in a run the first tells it: fewer than EVERY equal units stand before. Of those of `long`
    only the one at its very beginning does. Each step goes over many places before the next and decides nothing on the
    way, so that the processor fetches many far places at a time instead of waiting for each.
    """
    met, fullest = 0, 0
    after, below = np.uint64(64 - spare), np.uint64(bits)
    mask, down = np.uint32((1 << spare) - 1), np.uint32(spare)
    for place in range(begin, end):
        fullest = max(fullest, lasts[place] - firsts[place])
    here, there = np.empty(BUFFER + fullest, np.int64), np.empty(BUFFER + fullest, np.int64)
    for place in range(begin, end):
        mark = np.uint32((hashes[place] << below) >> after)
        for number in range(firsts[place], lasts[place]):
            here[met], there[met] = place + PAD, np.int64(entries[number] >> down) * every
            met += (entries[number] & mask) == mark
        if met < BUFFER and place + 1 < end:
            continue
        left = 0
        for number in range(met):
            ours, its = here[number], there[number]
            before = units[its - 1] == padded[ours - 1]
            here[left], there[left] = ours, its
            left += (before | (units[its + gram] == padded[ours + gram])) if gram < SHORTEST else not before
        for number in range(left):
            ours, its, length, back = here[number], there[number], 0, 0
            while length < gram and units[its + length] == padded[ours + length]:
                length += 1
            while back < every and units[its - back - 1] == padded[ours - back - 1]:
                back += 1
            if length < gram or back == every:
                continue
            while units[its + length] == padded[ours + length]:
                length += 1
            if back + length < SHORTEST:
                continue
            text = pages[its // PAGE]
            while bounds[text + 1] <= its:
                text += 1
            out[0, noted], out[1, noted], out[2, noted] = ours - PAD - back, back + length, text
            out[3, noted] = its - back - bounds[text]
            noted += 1
        met = 0
    return noted


def choose(
    starts: Longs, text_starts: Longs, lengths: Longs, of_run: Longs, which: Longs, ranks: Longs, keys: Longs,
    texts: Longs, runs: Longs, listed: Longs, counted: Longs,
) -> None:  # fmt: skip
    """Fills in the texts and runs of each passage, and a row of the best runs of each with how many they stand for."""
    passages, cap = listed.shape
    for run in range(of_run.size):
        runs[of_run[run]] += 1
    heads = np.zeros(passages + 1, np.int64)
    for passage in range(passages):
        heads[passage + 1] = heads[passage] + runs[passage]
    order = np.empty(of_run.size, np.int64)
    for run in range(of_run.size):
        order[heads[of_run[run]]] = run
        heads[of_run[run]] += 1
    best, many, there = np.empty(ranks.size, np.int64), np.zeros(ranks.size, np.int64), np.empty(ranks.size, np.int64)
    for passage in range(passages):
        met = 0
        for place in range(heads[passage] - runs[passage], heads[passage]):
            run = order[place]
            text = which[run]
            if many[text] == 0:
                there[met] = text
                met += 1
                best[text] = run
            else:
                old = best[text]
                if (lengths[old], -starts[old], -text_starts[old]) < (lengths[run], -starts[run], -text_starts[run]):
                    best[text] = run
            many[text] += 1
        texts[passage] = met
        full = 0
        for number in range(met):
            text = there[number]
            run = best[text]
            at = full
            while at > 0:
                other = listed[passage, at - 1]
                its = which[other]
                if (ranks[its], -lengths[other], keys[its]) < (ranks[text], -lengths[run], keys[text]):
                    break
                if at < cap:
                    listed[passage, at], counted[passage, at] = other, counted[passage, at - 1]
                at -= 1
            if at < cap:
                listed[passage, at], counted[passage, at] = run, many[text]
                full = min(cap, full + 1)
            many[text] = 0


@cache
def in_machine_code(loop: Callable[..., Any]) -> Callable[..., Any]:
    """The loop compiled, once a machine: numba keeps it in a file beside this one, or where it can write."""
    from numba import njit

    made: Callable[..., Any] = njit(cache=True, nogil=True)(loop)
    return made


def chosen(rows: Shared, of_run: Longs, which: Longs, ranks: tuple[Longs, Longs], passages: int, cap: int) -> Chosen:
    """What `found.chosen` gives."""
    texts, runs = np.zeros((2, passages), np.int64)
    listed, counted = np.full((2, passages, min(cap, which.size)), NONE)
    in_machine_code(choose)(
        rows.starts, rows.text_starts, rows.lengths, of_run, which, *ranks, texts, runs, listed, counted,
    )  # fmt: skip
    there = listed != NONE
    return listed[there], np.nonzero(there)[0], counted[there], texts, runs


def runs_in(segment: Segment, asked: Question) -> Runs:
    """All runs of at least SHORTEST units."""
    lists = [lists_of(table, asked.hashes[table.gram]) for table in (segment.common, segment.long)]
    room = sum(many for _, _, _, many in lists)
    scanner, parts, noted = in_machine_code(scan), [np.empty((4, min(room, LOT)), np.int64)], 0
    for table, firsts, lasts, _ in lists:
        begin = 0
        while begin < firsts.size:
            end = firsts.size
            if room > LOT:
                end, many = a_lot(firsts, lasts, begin)
                parts[-1] = parts[-1][:, :noted]
                parts, noted = [*parts, np.empty((4, many), np.int64)], 0
            noted = scanner(
                segment.units, table.entries, table.bits, table.spare, table.gram, table.every, segment.bounds,
                segment.pages, asked.padded, asked.hashes[table.gram], firsts, lasts, begin, end, parts[-1], noted,
            )  # fmt: skip
            begin = end
    parts[-1] = parts[-1][:, :noted]
    return Runs(*(parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)))


def lists_of(table: Table, hashes: Hashes) -> tuple[Table, Longs, Longs, int]:
    """The list of each hash, and how long they are together."""
    firsts, lasts = np.empty((2, hashes.size), np.int64)
    return table, firsts, lasts, in_machine_code(weigh)(table.starts, table.bits, hashes, firsts, lasts)


def a_lot(firsts: Longs, lasts: Longs, begin: int) -> tuple[int, int]:
    """Up to where the lists from here on are no more than a lot together, but for one; and how long they are."""
    behind = np.cumsum(lasts[begin:] - firsts[begin:])
    many = max(1, int(np.searchsorted(behind, LOT, "right")))
    return begin + many, int(behind[many - 1])
