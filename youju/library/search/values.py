"""What is searched, what is asked, and what is found, as plain values. Phrases stand in their searched form (折叠)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from youju.library.documents.values import Section
from youju.library.entitlements.values import Reader
from youju.library.folding.rules import fold
from youju.library.search.initials import initials_of

# A document without restricted spans stands once, for all; one with them stands as what anyone reads and as the whole.
ALL, OPEN, WHOLE = "all", "open", "whole"
SITE = 0
FACETS = ("genre", "year", "sector", "origin")
UNKNOWN = ""  # the value of what no text told


@dataclass(frozen=True)
class Entry:
    """One reading of one document as it is to be found. ``scope`` is the id of the unit it is meant for, or SITE."""

    document: int
    reading: str
    scope: int
    serial: int
    title: str
    headings: tuple[str, ...]
    body: str
    year: int | None
    genre: str
    sector: str
    origin: str

    def visible_to(self, reader: Reader) -> bool:
        """Whether this reading is the one he has. Of each document that reaches him it is exactly one."""
        if not reader.sees(None if self.scope == SITE else self.scope):
            return False
        return self.reading == ALL or self.reading == (WHOLE if reader.sees_whole(self.document) else OPEN)

    @cached_property
    def folded(self) -> FoldedEntry:
        return FoldedEntry(self)


@dataclass(frozen=True)
class FoldedEntry:
    """The searched forms of an entry. Nothing that is asked holds an end of line, so no phrase reaches across one."""

    entry: Entry = field(repr=False)

    @cached_property
    def title(self) -> str:
        return fold(self.entry.title)

    @cached_property
    def headings(self) -> str:
        return "\n".join(fold(heading) for heading in self.entry.headings)

    @cached_property
    def text(self) -> str:
        return f"{self.title}\n{fold(self.entry.body)}"

    @cached_property
    def initials(self) -> tuple[str, ...]:
        return initials_of(self.title)


# --- what is asked ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Anything:
    """Every document."""


@dataclass(frozen=True)
class Phrase:
    """These characters one behind the other, in the text (its title included), in the title, or in one heading."""

    text: str
    place: str = "text"  # or title, headings


@dataclass(frozen=True)
class Initials:
    """Letters that begin the characters of the title, one behind the other: dkgz finds 党课工作."""

    letters: str


@dataclass(frozen=True)
class Years:
    """From one year to another, both included; None leaves that side open."""

    first: int | None
    last: int | None


@dataclass(frozen=True)
class OneOf:
    """``facet`` has one of these values; UNKNOWN stands for those that have none."""

    facet: str
    values: frozenset[str]


@dataclass(frozen=True)
class AddedAfter:
    """Added behind this document."""

    document: int


@dataclass(frozen=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


Node = Anything | Phrase | Initials | Years | OneOf | AddedAfter | And | Or | Not


@dataclass(frozen=True)
class Query:
    """What was asked, as it was read. ``said``: how it was read where that was not plain, in sentences.

    ``by_initials``: the same with its words of Latin letters taken for initials of titles, to be asked when nothing
    holds them literally.
    """

    tree: Node = Anything()
    said: tuple[str, ...] = ()
    by_initials: Query | None = None

    def narrowed(self, *filters: Node) -> Query:
        """The same, and these as well: the chips beside the words."""
        if not filters:
            return self
        other = self.by_initials.narrowed(*filters) if self.by_initials else None
        return Query(And((self.tree, *filters)), self.said, other)

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases that what is found may hold, to be shown where they stand."""
        return tuple(dict.fromkeys(_wanted(self.tree)))


def _wanted(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part)


# --- what is found ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    document: int
    score: float


@dataclass(frozen=True)
class Found:
    """``total`` counts all, ``hits`` are those of the page; ``facets`` count all by value (UNKNOWN: without one)."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    query: Query = Query()


@dataclass(frozen=True)
class Snippet:
    """The sentence of a hit: a span of the displayed text, the spans in it to be marked, and the section it stands in."""

    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()
    section: Section | None = None
