"""Near-duplicates: texts that have most of their grams in common.

Of each text the grams are kept whose hash is below a limit (FracMinHash): the same ones in every text that has them, so
what two samples share estimates what the texts share. Short texts keep a larger part, the shortest all, and are compared
among themselves. Two samples that are alike enough have one of their rarest hashes in common (the prefix filter), which
keeps formulas that stand everywhere from pairing everything. What may be near is then compared gram by gram.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine.grams import GRAM, Hashes, hashes
from youju.library.passages.engine.question import Longs
from youju.library.passages.engine.snapshot import Allowed, Snapshot, permitted

# One gram in so many, kept of texts with at least and with fewer than so many grams. Texts that share a quarter of
# their grams or more always meet on one of these levels, the larger with 64 hashes or all it has.
LEVELS = ((64, 1024, 1 << 62), (8, 128, 4096), (1, 1, 512))
LEAST = 0.25
MARGIN = 3  # standard deviations by which a sample may fall short of the threshold
CROWD, NEIGHBOURS = 1024, 64  # texts with one rare hash: beyond so many, each is paired with those nearest in size
BATCH = 1 << 14  # pairs whose samples are compared at a time
KEPT = 4096  # texts whose grams are kept while they are compared

Near = tuple[int, int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The kept hashes of some texts, one text behind the other, each in order."""

    texts: Longs
    begins: Longs
    hashes: Hashes

    def sizes(self) -> Longs:
        return np.diff(self.begins)


def near_pairs(view: Snapshot, threshold: float, allowed: Allowed = None) -> list[Near]:
    """All pairs of keys whose texts share at least this part of their grams, with that part.

    A text that equals another letter for letter is paired with the first of its like only.
    """
    twins, different = equal_texts(view, allowed)
    grams = Grams(view)
    found = [(first, second, 1.0) for first, second in twins]
    for first, second in possible(view, different, threshold):
        if (part := grams.common(first, second)) >= threshold:
            found.append((first, second, part))
    return [(*sorted((int(view.keys[a]), int(view.keys[b]))), part) for a, b, part in found]  # type: ignore[misc]


def near_groups(view: Snapshot, threshold: float, allowed: Allowed = None) -> list[tuple[int, ...]]:
    """Groups of keys that such pairs hold together. What hangs together already is not compared again."""
    twins, different = equal_texts(view, allowed)
    grams = Grams(view)
    leader: dict[int, int] = {}

    def led(text: int) -> int:
        while (upper := leader.setdefault(text, text)) != text:
            leader[text] = leader[upper]
            text = upper
        return text

    for first, second in twins:
        leader[led(second)] = led(first)
    for first, second in possible(view, different, threshold):
        if led(first) != led(second) and grams.common(first, second) >= threshold:
            leader[led(second)] = led(first)
    together: dict[int, list[int]] = {}
    for text in sorted(leader):
        together.setdefault(led(text), []).append(int(view.keys[text]))
    return sorted(tuple(sorted(keys)) for keys in together.values() if len(keys) > 1)


class Grams:
    """The different grams of texts, of which the last ones asked for are kept."""

    def __init__(self, view: Snapshot) -> None:
        self.of = lru_cache(KEPT)(lambda text: np.unique(hashes(view.text(text))))

    def common(self, first: int, second: int) -> float:
        """What part of all grams of the two texts both have."""
        few, many = sorted((self.of(first), self.of(second)), key=len)
        both = int((many[np.minimum(np.searchsorted(many, few), many.size - 1)] == few).sum())
        return both / (few.size + many.size - both)


def equal_texts(view: Snapshot, allowed: Allowed) -> tuple[list[tuple[int, int]], Longs]:
    """Texts that equal an earlier one, with it; and the different texts that have a gram at all."""
    living = np.flatnonzero(~view.dead)
    living = living[permitted(view.keys[living], allowed)]
    first: dict[bytes, int] = {}
    twins, different = [], []
    for text in living.tolist():
        units = view.text(text)
        if units.size < GRAM:
            continue
        known = first.setdefault(units.tobytes(), text)
        if known == text:
            different.append(text)
        else:
            twins.append((known, text))
    return twins, np.array(different, np.int64)


def possible(view: Snapshot, texts: Longs, threshold: float) -> Iterator[tuple[int, int]]:
    """Pairs of texts whose samples do not rule it out, each once."""
    if not LEAST <= threshold <= 1:
        raise ValueError(f"a threshold is from {LEAST} to 1")
    sizes = np.fromiter((view.text(text).size for text in texts.tolist()), np.int64, texts.size) - GRAM + 1
    met = [np.empty((0, 2), np.int64)]
    for part, least, below in LEVELS:
        samples = samples_of(view, texts[(sizes >= least) & (sizes < below)], part)
        met.append(samples.texts[alike(samples, threshold)])
    yield from map(tuple, np.unique(np.concatenate(met), axis=0).tolist())


def samples_of(view: Snapshot, texts: Longs, part: int) -> Samples:
    """The different hashes of each text below the limit."""
    limit = np.uint64((1 << 64) // part - 1)
    found = [np.empty(0, np.uint64)]
    for text in texts.tolist():
        own = hashes(view.text(text))
        found.append(np.unique(own[own <= limit]))
    begins = np.cumsum([part.size for part in found])
    return Samples(texts, begins, np.concatenate(found))


def alike(samples: Samples, threshold: float) -> NDArray[np.int64]:
    """Pairs of samples that share enough, as numbers of texts in the samples."""
    pairs = meeting(samples, threshold)
    sizes = samples.sizes()
    near = []
    for begin in range(0, len(pairs), BATCH):
        some = pairs[begin : begin + BATCH]
        both = shared(samples, some)
        union = sizes[some].sum(axis=1) - both
        near.append(some[both >= (threshold - margin(threshold, union)) * union])
    return np.concatenate([np.empty((0, 2), np.int64), *near])


def margin(threshold: float, size: Longs) -> NDArray[np.float64]:
    """By how much a sample of this size may err."""
    return MARGIN * np.sqrt(threshold * (1 - threshold) / np.maximum(size, 1))


def meeting(samples: Samples, threshold: float) -> NDArray[np.int64]:
    """Pairs of texts with one of their rarest hashes in common, and of sizes that do not rule it out."""
    sizes = samples.sizes()
    owner = np.repeat(np.arange(sizes.size), sizes)
    _, which, times = np.unique(samples.hashes, return_inverse=True, return_counts=True)
    order = np.lexsort((which, times[which], owner))  # each text's hashes, the rarest first
    nth = np.arange(order.size) - np.repeat(samples.begins[:-1], sizes)
    least = np.ceil((threshold - margin(threshold, sizes)) * sizes).clip(1)
    kept = order[(nth <= (sizes - least)[owner]) & (times[which[order]] > 1)]
    kept = kept[np.lexsort((sizes[owner[kept]], which[kept]))]
    value, text = which[kept], owner[kept]
    members = np.bincount(value, minlength=times.size)[value]
    found = [np.empty(0, np.int64)]
    begin = np.arange(kept.size)
    for distance in range(1, CROWD):
        begin = begin[begin + distance < kept.size]
        begin = begin[value[begin] == value[begin + distance]]
        if distance == NEIGHBOURS:
            begin = begin[members[begin] <= CROWD]
        if not begin.size:
            break
        small, large = text[begin], text[begin + distance]
        bound = (threshold - margin(threshold, sizes[large])) * sizes[large]
        enough = sizes[small] >= bound
        small, large = small[enough], large[enough]
        found.append(np.unique(np.minimum(small, large) * sizes.size + np.maximum(small, large)))
    return np.stack(np.divmod(np.unique(np.concatenate(found)), max(1, sizes.size)), axis=1)


def shared(samples: Samples, pairs: NDArray[np.int64]) -> Longs:
    """How many hashes both texts of each pair have."""
    sizes = samples.sizes()
    lines = []
    for side in (0, 1):
        many = sizes[pairs[:, side]]
        number = np.repeat(np.arange(len(pairs), dtype=np.uint64), many)
        behind = np.cumsum(many)
        places = np.arange(int(many.sum())) + np.repeat(samples.begins[pairs[:, side]] - behind + many, many)
        # The low bits of a hash: the high ones are alike among those below the limit.
        lines.append(number << np.uint64(48) | (samples.hashes[places] & np.uint64((1 << 48) - 1)))
    line = np.sort(np.concatenate(lines))
    twice = line[1:][line[1:] == line[:-1]]
    return np.bincount((twice >> np.uint64(48)).astype(np.int64), minlength=len(pairs))
