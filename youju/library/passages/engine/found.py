"""What is told of a text: its passages, for each where it stands elsewhere; lists that are cut, counts that are whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from youju.library.passages.engine import kernel
from youju.library.passages.engine.form import Normalised, begins
from youju.library.passages.engine.question import Chosen, Longs, Shared
from youju.library.passages.engine.snapshot import Snapshot

# Asked once with the keys that were met: of each a number, the lowest to be named first (the day of its text, say).
Order = Callable[[list[int]], Mapping[int, int]]

LAST = np.iinfo(np.int64).max


class Source(NamedTuple):
    """A text in which a passage stands: its longest run there, and how many runs there are."""

    key: int
    start: int  # in the text in question, as it was given
    end: int
    text_start: int  # in the normalised characters of the source; `form.Normalised.stretch` tells where that is
    length: int  # normalised characters
    runs: int


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
    text_starts: Longs
    lengths: Longs


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
    bounds, of_run = passages_of(rows, text.units.size)
    met, which = snapshot.met(rows.texts)
    keys = snapshot.keys[met]
    choose = kernel.chosen if compiled else chosen
    listed, owners, counted, texts, many = choose(rows, of_run, which, ranks_of(keys, order), bounds.shape[1], cap)
    first = np.searchsorted(owners, np.arange(bounds.shape[1] + 1))
    starts, ends = text.places[rows.starts[listed]].tolist(), (text.places[rows.ends[listed] - 1] + 1).tolist()
    sources = list(
        map(
            Source, snapshot.keys[rows.texts[listed]].tolist(), starts, ends, rows.text_starts[listed].tolist(),
            rows.lengths[listed].tolist(), counted.tolist(),
        )
    )  # fmt: skip
    lengths = bounds[1] - bounds[0]
    if text.paired:
        lengths = np.diff(np.concatenate(([0], np.cumsum(begins(text.units))))[bounds], axis=0)[0]
    begin, end = text.places[bounds[0]].tolist(), (text.places[bounds[1] - 1] + 1).tolist()
    passages = tuple(
        Passage(begin[n], end[n], length, tuple(sources[first[n] : first[n + 1]]), texts_there, runs)
        for n, (length, texts_there, runs) in enumerate(
            zip(lengths.tolist(), texts.tolist(), many.tolist(), strict=True)
        )
    )
    return Found(passages, int(lengths.sum()), int(rows.starts.size), met.size)


def passages_of(rows: Shared, size: int) -> tuple[Longs, Longs]:
    """From where to where each passage goes, and the passage of each run. Where no run goes on, a passage ends."""
    begun, ended = np.bincount(rows.starts, minlength=size + 2), np.bincount(rows.ends, minlength=size + 2)
    inside = np.cumsum(begun - ended)
    going_on = inside - begun  # runs that cover the unit before as well
    fresh = (inside > 0) & (going_on == 0)
    starts = np.flatnonzero(fresh)
    # The last unit covered is the one behind which nothing goes on.
    stops = np.flatnonzero((going_on == 0) & (ended > 0))
    return np.stack((starts, stops)), np.cumsum(fresh)[rows.starts] - 1


def ranks_of(keys: Longs, order: Order | None) -> tuple[Longs, Longs]:
    """Of each text its place in the order asked for, all alike without one; and its key, which decides between alikes."""
    if order is None:
        return np.zeros(keys.size, np.int64), keys
    known = order(keys.tolist())
    return np.array([known.get(key, LAST) for key in keys.tolist()], np.int64), keys


def chosen(rows: Shared, of_run: Longs, which: Longs, ranks: tuple[Longs, Longs], passages: int, cap: int) -> Chosen:
    """The rows to be listed, the passage and the number of runs of each; of each passage its texts and its runs.

    Of a text in a passage its longest run is listed, of those as long the first.
    """
    order = np.lexsort((rows.text_starts, rows.starts, -rows.lengths, which, of_run))
    fresh = (np.diff(which[order], prepend=-1) != 0) | (np.diff(of_run[order], prepend=-1) != 0)
    heads = np.flatnonzero(fresh)
    best, counted = order[heads], np.diff(np.append(heads, order.size))
    first, keys = ranks[0][which[best]], ranks[1][which[best]]
    again = np.lexsort((keys, -rows.lengths[best], first, of_run[best]))
    best, counted = best[again], counted[again]
    texts = np.bincount(of_run[best], minlength=passages)
    nth = np.arange(best.size) - (np.cumsum(texts) - texts)[of_run[best]]
    listed = nth < cap
    return best[listed], of_run[best[listed]], counted[listed], texts, np.bincount(of_run, minlength=passages)
