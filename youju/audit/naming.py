"""Whose report a text is, read from its own words. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from youju.audit.dating import HEAD, TAIL
from youju.audit.layout import title_of

SHORTEST = 4  # characters: a shorter name stands in other words
#: 机关党支部 after 供销社 is another unit's; after these a name may begin.
_BEGINS = r"(?:(?<![\u4e00-\u9fff])|(?<=[共年月任是在由为和的与及对向按将把受从请]))"


def unit_named(text: str, names: Iterable[tuple[str, str]]) -> str | None:
    """The unit named in the title, else in the head, else under the text, else anywhere; None where it stays open.

    ``names`` are pairs of a unit's path and one of its names. Of a branch and those above it the branch is meant.
    """
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for path, name in names:
        if len(name) >= SHORTEST and name in text:
            owners[name].add(path)
    start, end = title_of(text)
    for part in (text[start:end], text[:HEAD], text[-TAIL:], text):
        found = _told(part, owners)
        if found:
            deepest = max(found, key=len)
            return deepest if all(deepest.startswith(path) for path in found) else None
    return None


def _told(text: str, owners: dict[str, set[str]]) -> set[str]:
    """The units told in a stretch, longest names first: what stands within a longer one is taken away with it."""
    found: set[str] = set()
    for name in sorted(owners, key=len, reverse=True):
        text, times = re.subn(_BEGINS + re.escape(name), "\n", text)
        if times:
            found |= owners[name]
    return found
