"""The phrases cleaning looks for, as data: read and checked once at start-up."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import field_validator

from youju.kit.schema import Strict, validated

#: What the rules themselves give; the names in the data file must be these and no others.
REMOVALS = ("publisher", "advert", "contact", "marker", "repeated_title")
MARKS = ("placeholder", "place", "private", "truncated", "inserted")


class Adverts(Strict):
    """An advertisement is known by two of three: what it offers, what it asks for, where it leads."""

    leads: tuple[str, ...]
    names: tuple[str, ...]
    offers: tuple[str, ...]
    boasts: tuple[str, ...]
    asks: tuple[str, ...]
    surely: tuple[str, ...]
    at_the_edge: tuple[str, ...]


class Publishers(Strict):
    surely: tuple[str, ...]
    at_the_edge: tuple[str, ...]
    at_the_head: tuple[str, ...]
    behind_a_title: tuple[str, ...]


class Words(Strict):
    """``hints``: a line is looked at only when one of them stands in it, or, at an edge, one of ``edge_hints``."""

    removals: dict[str, str]
    marks: dict[str, str]
    hints: tuple[str, ...]
    edge_hints: tuple[str, ...]
    adverts: Adverts
    publishers: Publishers
    contacts: tuple[str, ...]
    placeholders: tuple[str, ...]
    truncated: tuple[str, ...]
    inserted: tuple[str, ...]

    @field_validator("placeholders", "truncated", "inserted", "contacts")
    @classmethod
    def patterns_can_be_read(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _readable(value)

    @field_validator("adverts", "publishers")
    @classmethod
    def all_patterns_can_be_read(cls, value: Strict) -> Strict:
        for _, patterns in value:
            _readable(patterns)
        return value


def read_words(path: Path) -> Words:
    """Raises DataFault naming file, line and key."""
    words, located = validated(path, Words)
    for key, given, known in (("removals", words.removals, REMOVALS), ("marks", words.marks, MARKS)):
        if tuple(given) != known:
            raise located.fault((key,), f"要依次写 {'、'.join(known)} 的中文。")
    return words


def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


def _readable(patterns: tuple[str, ...]) -> tuple[str, ...]:
    for one in patterns:
        try:
            re.compile(one)
        except re.error as error:
            raise ValueError(f"“{one}”不是能用的正则：{error}") from error
    return patterns


WORDS = read_words(Path(__file__).with_name("words.yaml"))
