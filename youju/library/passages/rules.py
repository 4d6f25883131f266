"""What is no sign of copying although it stands elsewhere: titles, names in 《…》, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from youju.library.passages.engine import Normalised, normalised
from youju.library.passages.engine.form import Units, begins
from youju.library.passages.engine.grams import SHORTEST
from youju.library.passages.engine.question import Column, Flags, Longs, Shared
from youju.library.passages.values import Aside, AsideKind

QUOTED = re.compile(r"《[^《》\n]{1,200}》")


def asides(
    text: str, asked: Normalised, *, titles: Iterable[str], formulas: Iterable[str], outlines: Iterable[str] = ()
) -> list[Aside]:
    """Every stretch that is set aside, in the order of the text; of one that lies within another, the other."""
    found = [Aside(AsideKind.QUOTED, *one.span()) for one in QUOTED.finditer(text)]
    found += [Aside(AsideKind.TITLE, *span) for span in standing(titles, asked) if span[1] - span[0] >= SHORTEST]
    found += [Aside(AsideKind.FORMULA, *span) for span in standing(formulas, asked)]
    found += [Aside(AsideKind.OUTLINE, *span) for span in standing(outlines, asked)]
    outer: list[Aside] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not outer or one.end > outer[-1].end:
            outer.append(one)
    return outer


def standing(words: Iterable[str], asked: Normalised) -> Iterator[tuple[int, int]]:
    """Where these words stand in the text, by letters, digits and characters alone."""
    line = _line(asked.units)
    for word in dict.fromkeys(_line(normalised(word).units) for word in words):
        at = line.find(word) if word else -1
        while at >= 0:
            end = at + len(word)
            yield int(asked.places[at]), int(asked.places[end - 1]) + 1
            at = line.find(word, end)


def telling(rows: Shared, asked: Normalised, aside: Iterable[Aside], least: int) -> Flags:
    """Which runs tell something: so many units in a row of them are not set aside, or so many characters in all that
    they are its larger part. A short name in the middle hides no copied sentence; formulas with a word between stay one."""
    free = np.ones(asked.units.size + 1, np.int64)
    free[-1] = 0
    for one in aside:
        first, last = np.searchsorted(asked.places, (one.start, one.end))
        free[first:last] = 0
    before = np.concatenate(([0], np.cumsum(free)))
    size = max(0, asked.units.size - least + 1)
    whole = before[least : least + size] - before[:size] == least
    begun = np.concatenate(([0], np.cumsum(whole)))
    last = np.minimum(rows.ends - least + 1, size)
    in_a_row: Flags = begun[np.maximum(last, 0)] > begun[np.minimum(rows.starts, size)]
    outside = np.concatenate(([0], np.cumsum(free[:-1] * begins(asked.units))))
    many = outside[rows.ends] - outside[rows.starts]
    return in_a_row | ((many >= least) & (2 * many >= rows.lengths))


def not_listed(aside: Iterable[Aside], rows: Shared, told: Flags, asked: Normalised) -> tuple[Aside, ...]:
    """Those for which a run is not listed: they lie in one that tells nothing, and in no passage that is told."""
    gone, kept = _covered(rows.only(~told), asked), _covered(rows.only(told), asked)

    def hidden(one: Aside) -> bool:
        first, last = np.searchsorted(asked.places, (one.start, one.end))
        return bool(gone[first:last].any() and not kept[first:last].all())

    return tuple(one for one in aside if hidden(one))


def stretches(text: Normalised, starts: Column, lengths: Column) -> tuple[Longs, Longs]:
    """From where to where in the original so many compared characters stand."""
    first, last = starts.astype(np.int64), (starts + lengths - 1).astype(np.int64)
    if text.paired:
        ours = np.flatnonzero(begins(text.units))
        first, last = ours[first], ours[last]
    return text.places[first], text.places[last] + 1


def _covered(rows: Shared, asked: Normalised) -> Flags:
    size = asked.units.size + 1
    covered: Flags = np.cumsum(np.bincount(rows.starts, minlength=size) - np.bincount(rows.ends, minlength=size)) > 0
    return covered


def _line(units: Units) -> str:
    """One character a unit, halves of pairs too, so that places are units."""
    return units.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
