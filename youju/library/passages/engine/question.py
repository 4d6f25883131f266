"""A text in question, made ready once for every segment, and the columns in which it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine.form import Units
from youju.library.passages.engine.grams import GRAM, PAD, REACH, WORD, Hashes, Sides, hashes, sides, words

OUTSIDE = 0xFFFF  # no character is coded so: what stands round a text in question equals nothing

Longs = NDArray[np.int64]
Column = NDArray[np.int32]  # nothing that is counted within one segment or one question needs more
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Question:
    """The units of a text with PAD units that equal nothing before and twice as many behind; and what numpy needs of it,
    computed once for all segments."""

    padded: Units

    @property
    def size(self) -> int:
        return int(self.padded.size) - 3 * PAD

    @cached_property
    def words(self) -> Hashes:
        """The four units from each place on."""
        return np.ascontiguousarray(words(self.padded)).view("<u8")

    @cached_property
    def hashes(self) -> Hashes:
        """Of the gram at each place."""
        return hashes(self.padded[PAD : PAD + self.size])

    @cached_property
    def sides(self) -> Sides:
        """The marks of the gram at each place."""
        left, right = self.words[PAD - REACH :], self.words[PAD + GRAM + REACH - WORD :]
        return sides(self.hashes, left[: self.hashes.size], right[: self.hashes.size])


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs as columns: where each begins in the question and how long it is; the number of the text it stands in, and
    where it begins there. All in units."""

    starts: Column
    lengths: Column
    texts: Column
    text_starts: Column


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Runs as columns, one row for each that is told: from where to where in the units of the text in question, which
    text of the snapshot, from which of its characters on, and how many characters."""

    starts: Column
    ends: Column
    texts: Column
    text_starts: Column
    lengths: Column

    def only(self, rows: Flags) -> Shared:
        if rows.all():
            return self
        return Shared(
            self.starts[rows], self.ends[rows], self.texts[rows], self.text_starts[rows], self.lengths[rows],
        )  # fmt: skip


def question(units: Units) -> Question:
    """What the segments are asked."""
    padded = np.full(units.size + 3 * PAD, OUTSIDE, "<u2")
    padded[PAD : PAD + units.size] = units
    return Question(padded)


# A row for each source that is listed: its text, where its run starts and ends and the text's start, all as in `Shared`,
# how many characters, and for how many runs it stands. A row for each passage: where it begins and ends, its listed
# sources, its texts, its runs.
Chosen = tuple[Longs, Longs]
# The numbers of the texts that were met; and what chooses among the rows, given of each of those texts two numbers that
# decide who is listed first, and how many are listed at most.
Grouped = tuple[Longs, Callable[[tuple[Longs, Longs], int], Chosen]]
