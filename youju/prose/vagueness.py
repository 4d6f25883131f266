"""Amounts without a bound (模糊): 多次, 数次, 若干场, 多名. No number stands in them, so ``numerals`` does not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.prose.quantities import Quantity
from youju.prose.vocabulary import UNITS

_COUNTED = ("session", "person", "house")
_WORDS = "|".join(
    sorted((re.escape(unit.text) for unit in UNITS.values() if unit.sort in _COUNTED), key=len, reverse=True)
)
_VAGUE = re.compile(
    rf"(?<![\d十百千万亿余几数很至最更许])(?:许多|好多|很多|好几|若干|无数|多|数)(?P<unit>{_WORDS})(?![\u4e00-\u9fff]?[据字])"
)


def vague_amounts(text: str) -> Iterator[Quantity]:
    """Every 多次, 数场, 若干名 of a cleaned text; ``value`` is meaningless."""
    for found in _VAGUE.finditer(text):
        unit = UNITS[found["unit"]]
        if text[found.end() : found.end() + 1] in unit.not_before and found.end() < len(text):
            continue
        yield Quantity(
            found.start(), found.end(), found.start(), "vague", 0, None, unit.text, unit.sort, True, vague=True
        )
