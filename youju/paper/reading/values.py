"""What reading gives: the text, its paragraphs, the place of each character, the tagged spans."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Kind = Literal["docx", "txt", "pdf", "html", "md", "xlsx"]


class UnreadableFile(Exception):
    """A file that is not read. ``sentence`` is Chinese, whole, and says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Place(NamedTuple):
    """Where a character stands in its file.

    docx: ``part`` is the name inside the package, ``paragraph`` counts the ``w:p`` and ``run`` the ``w:r`` elements of
    that part in document order (all of them, so ``list(root.iter(W_P))[paragraph]`` finds it), ``char`` counts inside
    the run's text. txt: ``paragraph`` is the line. pdf: ``part`` is "page 1" and so on, ``paragraph`` the line.
    """

    part: str
    paragraph: int
    run: int
    char: int


class Piece(NamedTuple):
    """A stretch of text whose characters stand one after the other from ``place``."""

    start: int
    end: int
    place: Place


class ParagraphSpan(NamedTuple):
    """One paragraph with text in it; ``text[start:end]`` is the paragraph without its ending."""

    start: int
    end: int
    part: str
    paragraph: int
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class TagSpan:
    """A content control: ``text[start:end]`` stands in a ``w:sdt`` with this ``w:tag``."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True)
class ReadText:
    """A document as read. Paragraphs end with a line feed; the cells of a table row are parted by tabs."""

    text: str
    kind: Kind
    paragraphs: tuple[ParagraphSpan, ...] = ()
    tags: tuple[TagSpan, ...] = ()
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def place_at(self, offset: int) -> Place | None:
        """The place of ``text[offset]``; None for the line feeds and tabs that reading put between paragraphs."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self.pieces[at].end:
            return None
        piece = self.pieces[at]
        here = piece.place
        return Place(here.part, here.paragraph, here.run, here.char + offset - piece.start)

    def places(self, start: int, end: int) -> list[tuple[Place, int]]:
        """``text[start:end]`` as stretches in the file: the place of each stretch's first character, and its length."""
        stretches: list[tuple[Place, int]] = []
        for piece in self.pieces[max(bisect_right(self._starts, start) - 1, 0) :]:
            if piece.start >= end:
                break
            first, last = max(piece.start, start), min(piece.end, end)
            if first < last:
                here = piece.place
                moved = Place(here.part, here.paragraph, here.run, here.char + first - piece.start)
                stretches.append((moved, last - first))
        return stretches

    def paragraph_at(self, offset: int) -> ParagraphSpan | None:
        """The paragraph in which ``text[offset]`` stands."""
        at = bisect_right(self.paragraphs, offset, key=lambda span: span.start) - 1
        return self.paragraphs[at] if at >= 0 and offset < self.paragraphs[at].end else None
