"""What the engine must answer, found the slow way: every pair of equal stretches of thirteen characters, chained."""

from collections import defaultdict
from collections.abc import Mapping

from youju.library.passages.engine import Passages
from youju.library.passages.engine.form import folded

Run = tuple[int, int, int, int, int]  # start and end in the text as given, key, start in the other's characters, length


def compared(text: str) -> tuple[str, list[int]]:
    """The characters compared, and the place of each."""
    kept = [(fold, place) for place, character in enumerate(text) if (fold := folded(character))]
    return "".join(fold for fold, _ in kept), [place for _, place in kept]


class Oracle:
    """All stretches of thirteen characters of some texts, each with every place where it stands."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.places = defaultdict[str, list[tuple[int, int]]](list)
        for key, text in texts.items():
            theirs, _ = compared(text)
            for start in range(len(theirs) - 12):
                self.places[theirs[start : start + 13]].append((key, start))

    def every_run(self, report: str, least: int = 13) -> list[Run]:
        ours, places = compared(report)
        equal = {
            (key, here, there)
            for here in range(len(ours) - 12)
            for key, there in self.places.get(ours[here : here + 13], ())
        }
        found = []
        for key, here, there in equal:
            if (key, here - 1, there - 1) in equal:
                continue
            length = 13
            while (key, here + length - 12, there + length - 12) in equal:
                length += 1
            if length >= least:
                found.append((places[here], places[here + length - 1] + 1, key, there, length))
        return sorted(found)


def every_run(report: str, texts: Mapping[int, str]) -> list[Run]:
    return Oracle(texts).every_run(report)


def told(store: Passages, report: str, **wish: object) -> list[Run]:
    """What the engine answers, in the same form."""
    pairs = store.pairs(report, **wish)  # type: ignore[arg-type]
    columns = (pairs.starts, pairs.ends, pairs.keys, pairs.text_starts, pairs.lengths)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))
