"""From a claim in prose back to the figures it asks: the reader's half of the shared vocabulary."""

from __future__ import annotations

from youju.figures.catalogue import FIGURES, lump
from youju.figures.figure import Figure, Measure
from youju.prose.claims import Claim

SESSION_UNITS = frozenset({"次", "场", "场次", "期", "节", "堂", "课", "讲", "回", "轮", "个", "轮次", ""})
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
        return [lump(claim.kinds)]
    return []


def _by_words(claim: Claim) -> list[Figure]:
    """Figures whose own words stand in the claim's activity; the longest word wins: 预备党员 before 党员."""
    found: list[tuple[int, Figure]] = []
    for figure in FIGURES.values():
        reads = figure.reads
        units = reads.units or (figure.unit,)
        if claim.unit not in units or (reads.kinds and not set(reads.kinds) & set(claim.kinds)):
            continue
        if claim.class_ == "state" and figure.of == "activity":
            continue
        longest = max((len(word) for word in reads.words if word in claim.activity), default=0)
        if longest:
            found.append((longest, figure))
    found.sort(key=lambda pair: -pair[0])
    return [figure for _, figure in found]
