"""What is told of a text: its passages, for each where it stands elsewhere; lists that are cut, counts that are whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine import kernel
from youju.library.passages.engine.form import Normalised, begins
from youju.library.passages.engine.question import Chosen, Column, Grouped, Longs, Shared
from youju.library.passages.engine.snapshot import Snapshot, numbered

# Asked once with the keys that were met: of each a number, the lowest to be named first (the day of its text, say).
Order = Callable[[list[int]], Mapping[int, int]]

LAST = np.iinfo(np.int64).max
BITS = 63  # of a number that is not negative


class Source(NamedTuple):
    """A text in which a passage stands: its longest run there, and how many runs there are."""

    key: int
    start: int  # in the text in question, as it was given
    end: int
    text_start: int  # in the normalised characters of the source; `form.Normalised.stretch` tells where that is
    length: int  # normalised characters
    runs: int


SOURCE = partial(tuple.__new__, Source)  # from its fields in a row, as fast as a tuple is made


class Passage(NamedTuple):
    """A stretch of the text in question of which every two neighbours stand together elsewhere."""

    start: int
    end: int
    length: int
    sources: tuple[Source, ...]
    texts: int  # in how many texts, listed or not
    runs: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found."""

    passages: tuple[Passage, ...]
    length: int  # normalised characters in passages
    runs: int
    texts: int


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Every single run as columns: from where to where in the text as it was given; the key of the other text, the
    normalised character of it, and how many."""

    starts: Longs
    ends: Longs
    keys: Longs
    text_starts: Column
    lengths: Column


def pairs_of(rows: Shared, text: Normalised, snapshot: Snapshot) -> Pairs:
    """All runs, in the order of the text."""
    order = np.lexsort((rows.text_starts, snapshot.keys[rows.texts], rows.ends, rows.starts))
    starts, ends = text.places[rows.starts[order]], text.places[rows.ends[order] - 1] + 1
    return Pairs(starts, ends, snapshot.keys[rows.texts[order]], rows.text_starts[order], rows.lengths[order])


def found_in(
    rows: Shared, text: Normalised, snapshot: Snapshot, order: Order | None, cap: int, *, compiled: bool
) -> Found:
    """The runs as passages, for each at most `cap` sources: the first in order, then the longest."""
    if not rows.starts.size:
        return Found((), 0, 0, 0)
    grouped = kernel.grouped if compiled else in_groups
    met, choose = grouped(rows, text.units.size, snapshot.keys.size)
    listed, passages = choose(ranks_of(snapshot.keys[met], order), cap)
    begin, end, many, texts, runs = passages.T
    lengths = end - begin
    if text.paired:
        before = np.concatenate(([0], np.cumsum(begins(text.units))))
        lengths = before[end] - before[begin]
    columns = (*in_the_text(text, begin, end), lengths, sources_of(listed, many, text, snapshot), texts, runs)
    told = tuple(map(Passage, *(column if isinstance(column, list) else column.tolist() for column in columns)))
    return Found(told, int(lengths.sum()), rows.starts.size, met.size)


def in_the_text(text: Normalised, starts: Longs, ends: Longs) -> tuple[Longs, Longs]:
    """Where units of the text in question stood in it as it was given."""
    return text.places[starts], text.places[ends - 1] + 1


def sources_of(listed: Longs, many: Longs, text: Normalised, snapshot: Snapshot) -> list[tuple[Source, ...]]:
    """The listed sources of each passage."""
    listed[:, 0] = snapshot.keys[listed[:, 0]]
    listed[:, 1], listed[:, 2] = in_the_text(text, listed[:, 1], listed[:, 2])
    sources = iter(map(SOURCE, listed.tolist()))
    return [tuple(islice(sources, number)) for number in many.tolist()]


def in_groups(rows: Shared, size: int, texts: int) -> Grouped:
    """The texts that were met, and what chooses the rows to be listed."""
    bounds, of_run = passages_of(rows)
    met, which = numbered(rows.texts, texts)
    return met, partial(chosen, rows, bounds, of_run, which)


def passages_of(rows: Shared) -> tuple[Longs, Longs]:
    """From where to where each passage goes, and the passage of each run. Where no run goes on, a passage ends."""
    order = np.argsort(rows.starts)
    starts, upto = rows.starts[order], np.maximum.accumulate(rows.ends[order])
    fresh = np.ones(order.size, np.bool_)
    np.greater_equal(starts[1:], upto[:-1], out=fresh[1:])
    of_run = np.empty(order.size, np.int64)
    of_run[order] = np.cumsum(fresh) - 1
    last = np.ones(order.size, np.bool_)
    last[:-1] = fresh[1:]
    return np.stack((starts[fresh], upto[last])), of_run


def ranks_of(keys: Longs, order: Order | None) -> tuple[Longs, Longs]:
    """Of each text its place in the order asked for, all alike without one; and its key, which decides between alikes."""
    if order is None:
        return np.zeros(keys.size, np.int64), keys
    known = order(keys.tolist())
    return np.array([known.get(key, LAST) for key in keys.tolist()], np.int64), keys


def chosen(rows: Shared, bounds: Longs, of_run: Longs, which: Longs, ranks: tuple[Longs, Longs], cap: int) -> Chosen:
    """The rows to be listed and the passages.

    Of a text in a passage its longest run is listed, of those as long the first.
    """
    passages = bounds.shape[1]
    shorter = rows.lengths.max() - rows.lengths
    order = in_order(of_run, which, shorter, rows.starts, rows.text_starts)
    its, owners = which[order], of_run[order]
    heads = first_of_each(owners * ranks[0].size + its)
    best, its, owners = order[heads], its[heads], owners[heads]
    counted = lengths_of(heads, order.size)
    again = in_order(owners, ranks[0][its], shorter[best], ranks[1][its])
    met, runs = np.bincount(owners, minlength=passages), np.bincount(of_run, minlength=passages)
    # The rows stand in the order of their passages still, so the n-th of a passage is as far behind its first.
    listed = again[np.arange(best.size) - (np.cumsum(met) - met)[owners] < cap]
    at = best[listed]
    columns = (rows.texts, rows.starts, rows.ends, rows.text_starts, rows.lengths)
    return (
        side_by_side(*(column[at] for column in columns), counted[listed]),
        side_by_side(*bounds, np.minimum(met, cap), met, runs),
    )


def first_of_each(values: Longs) -> Longs:
    """Where values begin that are not those before."""
    fresh = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return np.flatnonzero(fresh)


def lengths_of(heads: Longs, size: int) -> Longs:
    """How far it is from each to the next, from the last to the end."""
    found = np.empty(heads.size, np.int64)
    np.subtract(heads[1:], heads[:-1], out=found[:-1])
    found[-1] = size - heads[-1]
    return found


def side_by_side(*columns: NDArray[Any]) -> Longs:
    found = np.empty((columns[0].size, len(columns)), np.int64)
    for number, column in enumerate(columns):
        found[:, number] = column
    return found


def in_order(*columns: NDArray[Any]) -> Longs:
    """Which row comes first and which next, by the first column, then the second, and so on. No two rows are the same.
    In one number as far as they go into one, which is sorted many times faster."""
    lows = [int(column.min()) for column in columns]
    bits = [(int(column.max()) - low).bit_length() for column, low in zip(columns, lows, strict=True)]
    if sum(bits) > BITS:
        return np.lexsort(columns[::-1])
    lines = np.zeros(columns[0].size, np.int64)
    for column, low, width in zip(columns, lows, bits, strict=True):
        if width:
            lines <<= width
            lines |= column - low
    return np.argsort(lines)
