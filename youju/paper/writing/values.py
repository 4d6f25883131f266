"""A document before it is paper: title, blocks, an appended table, a signature. No Word in here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from youju.paper.writing.presets import STANDARD, Preset

TAG_CHARACTERS = 64


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that a citation answers for; ``tag`` comes back from reading as a span."""

    text: str
    tag: str
    underline: bool = False

    def __post_init__(self) -> None:
        if not 0 < len(self.tag) <= TAG_CHARACTERS:
            raise ValueError(f"a tag has 1 to {TAG_CHARACTERS} characters, Word drops longer ones: {self.tag!r}")


Span = str | Cited


@dataclass(frozen=True, slots=True)
class Heading:
    """``text`` carries its own number (一、 or （一）); none is made up."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, set with two characters' indent."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the text width; each row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    title: str = ""

    def __post_init__(self) -> None:
        columns = len(self.header)
        if not columns or len(self.widths) != columns or any(len(row) != columns for row in self.rows):
            raise ValueError(f"header, widths and every row need the same number of columns ({columns} in the header)")
        if min(self.widths) <= 0:
            raise ValueError("each column needs a width above 0")


@dataclass(frozen=True, slots=True)
class Form:
    """A bordered form such as 会议记录表: every row holds one or two (label, value) pairs.

    The lines of a value are set as paragraphs. ``foot`` stands small below the table. ``new_page`` begins a page with it.
    """

    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    foot: str = ""
    new_page: bool = False

    def __post_init__(self) -> None:
        if not self.rows or any(not 1 <= len(row) <= 2 for row in self.rows):
            raise ValueError("a form has rows, and each row holds one pair or two")


Block = Heading | Paragraph | Table | Form


@dataclass(frozen=True, slots=True)
class Paper:
    """``title`` and ``byline`` may hold line feeds, which break the line there."""

    title: str
    blocks: tuple[Block, ...]
    byline: str = ""
    appendix_table: Table | None = None
    signed_by: str = ""
    signed_on: date | None = None
    preset: Preset = STANDARD
