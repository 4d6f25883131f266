"""Pure reading of facets: words typed or in a cell → what is kept, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from youju.kit.refusal import Refusal
from youju.kit.wording import worded
from youju.records.facets.values import LISTS, Facet, Facets

MOST, LONGEST = 12, 30
BETWEEN = re.compile(r"[、，,；;\n]+")


def read_words(text: str, facet: Facet) -> tuple[str, ...]:
    """What a cell or a field says of one facet, each once.

    Raises Refusal on the facet where a closed list has no such word.
    """
    found = []
    for said in filter(None, (piece.strip() for piece in BETWEEN.split(text))):
        value = LISTS.words[facet].get(said)
        if value is None and facet.closed:
            names = LISTS.forms if facet is Facet.FORM else LISTS.groups
            raise Refusal(facet.value, f"不认识{facet.zh}“{said[:20]}”，可写：{'、'.join(names.values())}。")
        found.append(value or said)
    return tuple(dict.fromkeys(found))


def say_words(values: Iterable[str], facet: Facet) -> str:
    """As ``read_words`` reads it."""
    return "、".join(LISTS.zh(facet, value) for value in values)


def checked(facets: Facets) -> Facets:
    """The facets as they are kept. Raises Refusal on the facet at fault."""
    kept: dict[Facet, list[str]] = {facet: [] for facet in Facet}
    for facet, value in facets.pairs():
        if facet.closed:
            if value not in (LISTS.forms if facet is Facet.FORM else LISTS.groups):
                raise Refusal(facet.value, f"{facet.zh}请重新选择。")
            kept[facet].append(value)
        elif word := worded(value, field=facet.value, name=facet.zh, most=LONGEST):
            kept[facet].append(LISTS.words[facet].get(word, word))
    for facet, values in kept.items():
        if len(values) > MOST:
            raise Refusal(facet.value, f"{facet.zh}最多写 {MOST} 个。")
    forms, topics, groups, business = (tuple(dict.fromkeys(kept[facet])) for facet in Facet)
    return Facets(forms, topics, groups, business)


def facets_from(pairs: Iterable[tuple[str, str]]) -> Facets:
    """From rows of (facet, value) in their order."""
    kept: dict[str, list[str]] = {facet.value: [] for facet in Facet}
    for facet, value in pairs:
        kept[facet].append(value)
    forms, topics, groups, business = (tuple(kept[facet.value]) for facet in Facet)
    return Facets(forms, topics, groups, business)
