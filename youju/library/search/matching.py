"""The direct look: whether one entry is what was asked, by looking through it. Slow, plain, and the judge of the index."""

from __future__ import annotations

from youju.library.search.initials import begin
from youju.library.search.values import (
    UNKNOWN,
    AddedAfter,
    And,
    Anything,
    Entry,
    Initials,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    Years,
)


def matches(node: Node, entry: Entry) -> bool:
    """Whether the entry is what was asked."""
    match node:
        case Anything():
            return True
        case Phrase(text, place):
            return text in getattr(entry.folded, place)
        case Initials(letters):
            return begin(entry.folded.initials, letters)
        case Years(first, last):
            return entry.year is not None and (first or 0) <= entry.year and (last is None or entry.year <= last)
        case OneOf(facet, values):
            return value_of(entry, facet) in values
        case AddedAfter(document):
            return entry.document > document
        case And(parts):
            return all(matches(part, entry) for part in parts)
        case Or(parts):
            return any(matches(part, entry) for part in parts)
        case Not(part):
            return not matches(part, entry)


def value_of(entry: Entry, facet: str) -> str:
    """The value of a facet as it is counted and asked for."""
    value = getattr(entry, facet)
    return UNKNOWN if value is None else str(value)


def weight(node: Node, entry: Entry) -> float:
    """How much an entry that matches has of what was asked: how often, and in the title ten times that."""
    match node:
        case Phrase(text, _):
            return entry.folded.text.count(text) + 9 * entry.folded.title.count(text)
        case And(parts) | Or(parts):
            return sum(weight(part, entry) for part in parts)
        case _:
            return 0.0
