"""From a claim in prose back to the figures it asks: the reader's half of the shared vocabulary."""

from __future__ import annotations

import re

from youju.figures.catalogue import FIGURES, lump, narrowed
from youju.figures.figure import ENTRIES, STATES, Figure, Measure
from youju.prose.claims import Claim

SESSION_UNITS = frozenset({"次", "场", "场次", "期", "节", "堂", "课", "讲", "回", "轮", "个", "轮次", ""})
OWN_UNIT = re.compile(r"^.*(?:支部|支委会)")  # 青禾县供销社机关党支部现有党员: whose members they are
RHYTHMS = frozenset({"per_day", "per_week", "per_month", "per_quarter", "per_year"})


def match(claim: Claim) -> list[Figure]:
    """The figures a claim may be asking, the likeliest first; empty when no figure asks it (不可核)."""
    named = _by_words(claim)
    if named:
        return named
    if not claim.kinds:
        return []
    if claim.unit == "人次":
        return [
            figure
            for figure in FIGURES.values()
            if figure.measure is Measure.SUM and set(figure.kinds) == set(claim.kinds)
        ]
    if claim.relation in RHYTHMS or claim.unit in SESSION_UNITS:
        figure = lump(claim.kinds)
        return [] if any(word in claim.activity for word in figure.reads.unless) else [figure]
    return []


def _by_words(claim: Claim) -> list[Figure]:
    """Figures whose own words stand in the claim's activity; the longest word wins: 预备党员 before 党员."""
    found: list[tuple[int, Figure]] = []
    for figure in FIGURES.values():
        reads = figure.reads
        units = reads.units or (figure.unit,)
        if claim.unit not in units or (reads.kinds and not set(reads.kinds) & set(claim.kinds)):
            continue
        # How many they are is a state; what was done with some of them, or by them, is not: 培训党员23名.
        asks_state = claim.class_ == "state"
        if (figure.of in STATES and not asks_state) or (figure.of == "activity" and asks_state):
            continue
        if any(word in claim.activity for word in reads.unless):
            continue
        longest = max((word for word in reads.words if word in claim.activity), key=len, default="")
        asked = _asked(figure, claim, longest) if longest else None
        if asked is not None:
            found.append((len(longest), asked))
    found.sort(key=lambda pair: -pair[0])
    return [figure for _, figure in found]


def _asked(figure: Figure, claim: Claim, word: str) -> Figure | None:
    """The figure, its narrower question (党员大会到会率), or None when other words stand beside its own."""
    if not figure.reads.beside:
        return figure
    if figure.measure is Measure.SHARE and claim.kinds and figure.of not in ENTRIES:
        return narrowed(figure, claim.kinds) if figure.kinds else None
    rest = OWN_UNIT.sub("", claim.activity.replace(word, "", 1))
    for other in sorted(figure.reads.beside, key=len, reverse=True):
        rest = rest.replace(other, "")
    return None if rest else figure
