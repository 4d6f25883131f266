"""Takes off what a publisher added, joins what he cut, marks what should be looked at. Nothing of the author's is lost:
``whole`` and the removals together are the raw text, but for what ``normal`` evens out."""

from __future__ import annotations

import re

from youju.library.cleaning.lines import publisher_lines
from youju.library.cleaning.markers import markers, restricted
from youju.library.cleaning.marks import marks
from youju.library.cleaning.normal import normal
from youju.library.cleaning.values import Cleaned, Kept
from youju.library.documents.values import Span, Taken

#: What goes may leave something behind that goes too (a title told twice around an advertisement); two rounds are usual.
ROUNDS = 8
_BLANK_HEAD = re.compile(r"(?:[ \t\u3000]*+\n)*+")
_NOTHING: frozenset[tuple[int, int]] = frozenset()


def clean(raw: str, keep: frozenset[tuple[int, int]] = _NOTHING) -> Cleaned:
    """``keep`` names removals, by their start and end in ``raw``, that are put back: they stand in the text again.

    A marker put back shows itself; what it encloses stays restricted.
    """
    text, kept = normal(raw)
    evened = (text, kept)
    removals: list[Taken] = []
    marked: dict[Span, bool] = {}
    for _ in range(ROUNDS):
        found = markers(text)
        marked.update((kept.span_in_raw(one.start, one.end), one.begins) for one in found)
        cuts = [Taken("marker", one.gone.start, one.gone.end) for one in found] or publisher_lines(text)
        if not cuts:
            break
        for cut in cuts:
            place = kept.span_in_raw(cut.start, cut.end)
            removals.append(Taken(cut.kind, place.start, place.end))
        text, kept = _without(text, kept, [Span(cut.start, cut.end) for cut in cuts])
    if keep:  # found as if nothing were put back, so that putting one back moves no other
        removals = [one for one in removals if (one.start, one.end) not in keep]
        text, kept = _without(*evened, _places(removals, evened[1]))
    text, kept = _stripped(text, kept)
    return Cleaned(
        whole=text,
        restricted=_restricted(marked, kept, len(raw)),
        removals=tuple(sorted(removals, key=lambda one: (one.start, one.end))),
        marks=tuple(marks(text)),
        kept=kept,
    )


def _without(text: str, kept: Kept, cuts: list[Span]) -> tuple[str, Kept]:
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(text[at : cut.start])
        at = cut.end
    pieces.append(text[at:])
    return "".join(pieces), kept.without(cuts)


def _places(removals: list[Taken], kept: Kept) -> list[Span]:
    """Where removals stand in the text that ``kept`` leads from, in order; of two that overlap, one."""
    places: list[Span] = []
    for one in sorted(removals, key=lambda one: (one.start, one.end)):
        start, end = kept.from_raw(one.start), kept.from_raw(one.end)
        if places and start < places[-1].end:
            places[-1] = Span(places[-1].start, max(end, places[-1].end))
        else:
            places.append(Span(start, end))
    return places


def _stripped(text: str, kept: Kept) -> tuple[str, Kept]:
    """Without blank lines before the first line and without blanks behind the last."""
    head = _BLANK_HEAD.match(text)
    begin = head.end() if head else 0
    end = max(len(text.rstrip()), begin)
    cuts = [span for span in (Span(0, begin), Span(end, len(text))) if span.end > span.start]
    return _without(text, kept, cuts) if cuts else (text, kept)


def _restricted(marked: dict[Span, bool], kept: Kept, length: int) -> tuple[Span, ...]:
    spans = (
        Span(kept.from_raw(one.start), kept.from_raw(one.end))
        for one in restricted(((begins, place) for place, begins in marked.items()), length)
    )
    return tuple(span for span in spans if span.end > span.start)
