"""Gathers text piece by piece with its places; the three readers share it, and with it the limits on length."""

from __future__ import annotations

from youju.paper.reading import limits
from youju.paper.reading.values import Kind, ParagraphSpan, Piece, Place, ReadText, TagSpan, UnreadableFile

TOO_LONG = "文件的文字太多（超过300万字或10万段），请拆成几份再上传。"


class Gathering:
    """Text under construction. ``separate`` asks for a break, which is written only when more text follows."""

    def __init__(self, kind: Kind) -> None:
        self._kind: Kind = kind
        self._chunks: list[str] = []
        self._pieces: list[Piece] = []
        self._paragraphs: list[ParagraphSpan] = []
        self._tags: list[TagSpan] = []
        self._separator = ""
        self._begun = 0
        self.length = 0

    def separate(self, separator: str) -> None:
        """The last wish counts; before the first text nothing is parted."""
        self._separator = separator if self.length else ""

    def add(self, text: str, place: Place) -> int:
        """Appends text that stands in the file from ``place`` on; gives the offset where it begins."""
        if self._separator:
            self._chunks.append(self._separator)
            self.length += len(self._separator)
            self._separator = ""
        start = self.length
        self._chunks.append(text)
        self.length += len(text)
        if self.length > limits.CHARACTERS:
            raise UnreadableFile(TOO_LONG)
        self._pieces.append(Piece(start, self.length, place))
        return start

    def begun(self) -> None:
        """Counts a paragraph as it begins, also one in which nothing stands: a million of them cost as much to go through."""
        self._begun += 1
        if self._begun > limits.PARAGRAPHS:
            raise UnreadableFile(TOO_LONG)

    def paragraph(self, start: int, place: Place, *, length: int | None = None, in_table: bool = False) -> None:
        """Notes a paragraph that began at ``start`` and goes as far as the text does, or for ``length`` characters."""
        end = self.length if length is None else start + length
        self._paragraphs.append(ParagraphSpan(start, end, place.part, place.paragraph, in_table))

    def tag(self, start: int, tag: str, *, end: int) -> None:
        self._tags.append(TagSpan(start, end, tag))

    def finish(self) -> ReadText:
        return ReadText(
            text="".join(self._chunks),
            kind=self._kind,
            paragraphs=tuple(sorted(self._paragraphs, key=lambda span: span.start)),
            tags=tuple(sorted(self._tags, key=lambda span: (span.start, -span.end))),
            pieces=tuple(self._pieces),
        )
