"""A text in question, made ready once for every segment, and the columns in which it is answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine.form import Units
from youju.library.passages.engine.grams import GRAM, PAD, SHORTEST, Hashes, hashes, words

OUTSIDE = 0xFFFF  # no character is coded so: what stands round a text in question, or was set aside, equals nothing

Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The units of a text with PAD units that equal nothing on both sides, and what is computed from them once."""

    padded: Units
    hashes: dict[int, Hashes]

    @property
    def size(self) -> int:
        return int(self.padded.size) - 2 * PAD

    def words(self) -> NDArray[np.uint64]:
        """The four units from each place on."""
        return np.ascontiguousarray(words(self.padded)).view("<u8")


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs as columns: where each begins in the question and how long it is; the number of the text it stands in, and
    where it begins there. All in units."""

    starts: Longs
    lengths: Longs
    texts: Longs
    text_starts: Longs


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Runs as columns, one row for each that is told: from where to where in the units of the text in question, which
    text of the snapshot, from which of its characters on, and how many characters."""

    starts: Longs
    ends: Longs
    texts: Longs
    text_starts: Longs
    lengths: Longs

    def only(self, rows: Flags) -> Shared:
        if rows.all():
            return self
        return Shared(
            self.starts[rows], self.ends[rows], self.texts[rows], self.text_starts[rows], self.lengths[rows],
        )  # fmt: skip


def question(units: Units) -> Question:
    """What the segments are asked."""
    padded = np.full(units.size + 2 * PAD, OUTSIDE, "<u2")
    padded[PAD:-PAD] = units
    return Question(padded, {gram: hashes(units, gram) for gram in (GRAM, SHORTEST)})


# The rows to be listed, the passage of each, for how many runs it stands; the texts of each passage, and its runs.
Chosen = tuple[Longs, Longs, Longs, Longs, Longs]
