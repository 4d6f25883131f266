"""Questions to the passages: what of a text stands in the library or in a report handed in, as far as he reads it who asks.

The store answers for what it has followed. What has changed since is compared directly, so an answer is exact at once,
and asking writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np

from youju.library.passages.asking import Asker
from youju.library.passages.engine import Found, Normalised, Pairs, normalised
from youju.library.passages.engine.found import found_in, pairs_of
from youju.library.passages.engine.grams import SHORTEST
from youju.library.passages.engine.passages import LISTED
from youju.library.passages.engine.question import Shared
from youju.library.passages.engine.snapshot import Snapshot
from youju.library.passages.formulas import FORMULAS
from youju.library.passages.newer import joined
from youju.library.passages.rules import asides, not_listed, stretches, telling
from youju.library.passages.store import held, newer_than, store
from youju.library.passages.values import Alike, Aside, Passage, Place, Row

LEAST = SHORTEST


def find_passages(
    asking: Asker,
    text: str,
    *,
    least: int = LEAST,
    everything: bool = False,
    cap: int = LISTED,
    outlines: Collection[str] = (),
) -> Alike:
    """The passages of a text, for each at most ``cap`` sources and their true number.

    ``everything`` sets nothing aside and lists all sources. ``outlines``: words of reports' outlines, which are set aside as
    formulas are.
    """
    asked, view, rows = _shared(asking, text, least)
    if not rows.starts.size:
        return Alike()
    hidden: tuple[Aside, ...] = ()
    if not everything:
        rows, hidden = _telling(asking, text, asked, view, rows, least, outlines)
    found = found_in(
        rows, asked, view, lambda keys: _days(asking, keys), len(view.keys) if everything else cap, compiled=store().compiled
    )  # fmt: skip
    return _alike(asking, found, hidden)


def rows_of(asking: Asker, found: Alike) -> list[Row]:
    """The longest run of each listed source of the passages, with its places in both texts, in the order of the text."""
    places = [(p.start, p.end, p.source.key, p.text_start, p.length) for one in found.passages for p in one.places]
    return _placed(asking, Pairs(*np.array(places, np.int64).reshape(-1, 5).T), every_path=False)


def every_row(asking: Asker, text: str, *, least: int = LEAST) -> list[Row]:
    """Every run in every file, nothing set aside."""
    asked, view, shared = _shared(asking, text, least)
    return _placed(asking, pairs_of(shared, asked, view), every_path=True)


def _shared(asking: Asker, text: str, least: int) -> tuple[Normalised, Snapshot, Shared]:
    asked = normalised(text)
    view = held()
    keys, texts = newer_than(view.manifest.mark)
    view = joined(view, keys, texts, asked)
    return asked, view, view.shared(asked, asking.allowed, least, compiled=store().compiled)


def _telling(
    asking: Asker, text: str, asked: Normalised, view: Snapshot, rows: Shared, least: int, outlines: Collection[str]
) -> tuple[Shared, tuple[Aside, ...]]:
    """The runs that are more than titles, names and formulas, and those of these for which a run is not told."""
    sources = asking.sources(np.unique(view.keys[rows.texts]).tolist())
    titles = [one.title for one in sources.values() if one.title]
    aside = asides(text, asked, titles=titles, formulas=FORMULAS, outlines=outlines)
    told = telling(rows, asked, aside, least)
    return rows.only(told), not_listed(aside, rows, told, asked)


def _days(asking: Asker, keys: list[int]) -> dict[int, int]:
    """Of each text its day, as a number; of which only the year is known, the last day of it. Texts without stand last."""
    found = {}
    for key, source in asking.sources(keys).items():
        day = source.dated or (date(source.year, 12, 31) if source.year else None)
        if day:
            found[key] = day.toordinal()
    return found


def _alike(asking: Asker, found: Found, hidden: tuple[Aside, ...]) -> Alike:
    sources = asking.sources({one.key for passage in found.passages for one in passage.sources})
    passages = tuple(
        Passage(
            one.start, one.end, one.length,
            tuple(Place(sources[p.key], p.start, p.end, p.text_start, p.length) for p in one.sources if p.key in sources),
            one.texts, one.runs,
        )
        for one in found.passages
    )  # fmt: skip
    return Alike(passages, found.length, found.texts, hidden)


def _placed(asking: Asker, runs: Pairs, *, every_path: bool) -> list[Row]:
    """Runs with their places in the texts of their sources, one text after the other read and let go."""
    order = np.argsort(runs.keys, kind="stable")
    keys, heads = np.unique(runs.keys[order], return_index=True)
    of = dict(zip(keys.tolist(), np.split(order, heads[1:]), strict=False))
    rows: list[tuple[int, Row]] = []
    for source, text in asking.texts(of):
        at = of[source.key]
        lengths = runs.lengths[at]
        first, last = stretches(normalised(text), runs.text_starts[at], lengths)
        paths = source.paths if every_path and source.paths else (source.place,)
        columns = (at, runs.starts[at], runs.ends[at], first, last, lengths)
        rows += [
            (number, Row(start, end, source, path, begin, stop, length))
            for number, start, end, begin, stop, length in zip(*(one.tolist() for one in columns), strict=True)
            for path in paths
        ]
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
