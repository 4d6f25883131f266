"""Texts that are newer than the store, compared at once: those that share anything stand as one more segment in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np

from youju.library.passages.engine import Normalised, normalised
from youju.library.passages.engine.form import Units, has_pairs
from youju.library.passages.engine.grams import PAD, SHORTEST, hashes, windows, words
from youju.library.passages.engine.question import Flags
from youju.library.passages.engine.segment import Segment, pages_of, tables
from youju.library.passages.engine.snapshot import Snapshot
from youju.library.passages.engine.store import Manifest

BITS = 20
FAR = np.uint64(64 - BITS)


def joined(view: Snapshot, keys: Collection[int], texts: Iterable[tuple[int, str]], asked: Normalised) -> Snapshot:
    """The store with these texts in place of what it holds under these keys."""
    if not keys:
        return view
    known = np.array(sorted(keys), np.int64)
    left = [replace(one, dead=one.dead | np.isin(one.keys, known)) for one in view.segments]
    fresh = _sharing(texts, asked)
    if fresh:
        left.append(_segment(fresh))
    return Snapshot(view.manifest, left)


def nothing() -> Snapshot:
    """A store that holds no text."""
    return Snapshot(Manifest(), [])


def _sharing(texts: Iterable[tuple[int, str]], asked: Normalised) -> list[tuple[int, Units]]:
    """Those with a run of the text in question, and perhaps a few without."""
    sought = np.unique(hashes(asked.units, SHORTEST))
    marked: Flags = np.zeros(1 << BITS, np.bool_)
    marked[sought >> FAR] = True
    found = []
    for key, text in texts:
        units = normalised(text).units
        own = hashes(units, SHORTEST)
        own = own[marked[own >> FAR]]
        if np.isin(own, sought).any():
            found.append((key, units))
    return found


def _segment(texts: list[tuple[int, Units]]) -> Segment:
    end = np.zeros(1, "<u2")
    pieces, bounds = [np.zeros(PAD, "<u2")], [PAD]
    for _, units in texts:
        pieces += [units, end]
        bounds.append(bounds[-1] + units.size + 1)
    units = np.concatenate([*pieces, np.zeros(PAD, "<u2")])
    common, long = tables(units, words(units))
    places = np.array(bounds, "<i8")
    return Segment(
        units, windows(units), common, long, np.array([key for key, _ in texts], "<i8"), places, pages_of(places),
        np.zeros(len(texts), np.bool_), has_pairs(units),
    )  # fmt: skip
