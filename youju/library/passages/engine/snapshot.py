"""What a reader sees of a store: its segments at one moment, and all runs that a text shares with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine import kernel, runs
from youju.library.passages.engine.form import HIGH, LOW, PAIR, Normalised, Units, begins, has_pairs
from youju.library.passages.engine.grams import SHORTEST
from youju.library.passages.engine.question import Column, Longs, Shared, question
from youju.library.passages.engine.segment import Flags, Segment
from youju.library.passages.engine.store import Manifest, manifest_of, manifest_text, open_part

# None: all; keys; or, asked once with the keys that were met, those of them that may be told.
Allowed: TypeAlias = Collection[int] | NDArray[np.int64] | Callable[[list[int]], Collection[int]] | None

ATTEMPTS = 20  # at a store whose writer clears segments just as they are opened


class Snapshot:
    """The segments of one moment. Texts are numbered through all of them."""

    def __init__(self, manifest: Manifest, segments: list[Segment]) -> None:
        self.manifest, self.segments = manifest, segments
        none = np.empty(0, np.int64)
        self.keys: Longs = np.concatenate([none, *(segment.keys for segment in segments)])
        self.dead: Flags = np.concatenate([none.astype(np.bool_), *(segment.dead for segment in segments)])
        self.some_dead = bool(self.dead.any())
        self.some_paired = any(segment.paired for segment in segments)
        self.firsts = np.cumsum([0, *(segment.keys.size for segment in segments)])

    def living(self) -> list[int]:
        """The keys of the texts that were not removed."""
        return sorted(self.keys[~self.dead].tolist())

    def text(self, number: int) -> Units:
        """The units of a text."""
        which = int(np.searchsorted(self.firsts, number, "right")) - 1
        return self.segments[which].text(number - int(self.firsts[which]))

    def shared(self, text: Normalised, allowed: Allowed, least: int, *, compiled: bool) -> Shared:
        """Every run of at least so many characters that the text shares with one of the texts allowed."""
        finder = kernel.runs_in if compiled else runs.runs_in
        asked = question(text.units)
        columns = []
        for segment, first in zip(self.segments, self.firsts.tolist(), strict=False):
            found = finder(segment, asked)
            if first:
                found.texts[:] += first
            columns.append((found.starts, found.lengths, found.texts, found.text_starts))
        if len(columns) != 1:
            columns = [tuple(np.concatenate([np.empty((4, 0), np.int32), *columns], axis=1))]
        starts, lengths, texts, text_starts = columns[0]
        rows = Shared(starts, starts + lengths, texts, text_starts, lengths)
        if text.paired:
            rows = self.in_characters(rows, text)
        if text.paired or least > SHORTEST:
            rows = rows.only(rows.lengths >= least)
        if allowed is not None or self.some_dead:
            rows = rows.only(self.told(rows.texts, allowed))
        if self.some_paired:
            rows.text_starts[:] = self.characters_before(rows)
        return rows

    def told(self, texts: Column, allowed: Allowed) -> Flags:
        """Which rows may be told: their text was not removed, and the reader may see it."""
        met, which = numbered(texts, self.keys.size)
        told = ~self.dead[met]
        told[told] = permitted(self.keys[met[told]], allowed)
        return told[which]

    def in_characters(self, rows: Shared, text: Normalised) -> Shared:
        """Runs without the halves of pairs at their ends, their lengths in characters.

        Two different characters may have one half in common, so a run of units can be longer by half a pair at each
        end, and by no more: the other half differs.
        """
        front = (text.units[rows.starts] & PAIR) == LOW
        back = (text.units[rows.ends - 1] & PAIR) == HIGH
        starts, ends = rows.starts + front, rows.ends - back
        before = np.concatenate(([0], np.cumsum(begins(text.units))))
        lengths = (before[ends] - before[starts]).astype(np.int32)
        return Shared(starts, ends, rows.texts, rows.text_starts + front, lengths)

    def characters_before(self, rows: Shared) -> Column:
        """Where the rows begin in their texts, in characters."""
        found = rows.text_starts.copy()
        for number in np.unique(rows.texts).tolist():
            units = self.text(number)
            if has_pairs(units):
                its = np.flatnonzero(rows.texts == number)
                found[its] = np.concatenate(([0], np.cumsum(begins(units))))[rows.text_starts[its]]
        return found


def numbered(texts: Column, all_: int) -> tuple[Longs, Longs]:
    """The different texts among the rows, in order, and for each row which of them it is."""
    ticked = np.zeros(all_, np.bool_)
    ticked[texts] = True
    met = np.flatnonzero(ticked)
    number = np.empty(all_, np.int64)  # filled where it is looked at, and nowhere else
    number[met] = np.arange(met.size)
    return met, number[texts]


def permitted(keys: Longs, allowed: Allowed) -> Flags:
    """Which of the keys are allowed."""
    if allowed is None:
        return np.ones(keys.size, np.bool_)
    if callable(allowed):
        allowed = allowed(keys.tolist())
    if isinstance(allowed, np.ndarray):
        return np.isin(keys, allowed)
    known = allowed if isinstance(allowed, Set | dict | range) else set(allowed)
    return np.fromiter((key in known for key in keys.tolist()), np.bool_, keys.size)


def snapshot(folder: Path) -> tuple[bytes, Snapshot]:
    """The store as it is now, with its manifest's text.

    A segment may be merged away between the manifest and its opening: then once more.
    """
    for _ in range(ATTEMPTS):
        text = manifest_text(folder)
        manifest = manifest_of(text)
        try:
            return text, Snapshot(manifest, [open_part(folder, part) for part in manifest.parts])
        except FileNotFoundError:
            if manifest_text(folder) == text:
                raise
    raise FileNotFoundError(folder)
