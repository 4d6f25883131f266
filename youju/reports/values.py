"""A report as plain values: passages made of words, cited figures, told records and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from youju.figures.values import Answer
from youju.reports.back import figure_tag, key_of, told_tag
from youju.reports.sent import Copy, Sent, Stretch, copy_of


@dataclass(frozen=True)
class Cited:
    """出处: a figure's place in the text. ``text`` is what is shown (12次); the answer carries the records."""

    number: int
    text: str
    answer: Answer

    @property
    def tag(self) -> str:
        """The citation's id in a docx (at most 64 characters): place, year, figure, words and proof of the rows."""
        answer = self.answer
        return figure_tag(self.number, answer.period.start.year, answer.figure.id, self.text, answer.digest)

    @property
    def sent(self) -> Sent:
        """What goes out with the docx, to be compared when it comes back."""
        return Sent(key_of(self.tag), self.answer.figure.id, self.text)


@dataclass(frozen=True)
class Told:
    """Words taken from one record: its title, outcome or decision."""

    text: str
    session_id: int
    number: str

    @property
    def tag(self) -> str:
        """Its id in a docx, by which the words come back as the record's."""
        return told_tag(self.number, self.text)

    @property
    def sent(self) -> Sent:
        return Sent(key_of(self.tag), "", self.text, record=self.number)


@dataclass(frozen=True)
class Gap:
    """〔缺：…〕: what the outline asks for and the ledger does not have."""

    text: str

    @property
    def shown(self) -> str:
        return f"〔缺：{self.text}〕"


Span = str | Cited | Told | Gap


@dataclass(frozen=True)
class Passage:
    """段落. ``level`` 0 is a paragraph of text, 1 and 2 are headings; ``share`` says which third it belongs to."""

    level: int
    spans: tuple[Span, ...]
    share: str = ""

    @property
    def text(self) -> str:
        return "".join(shown(span) for span in self.spans)


def shown(span: Span) -> str:
    """The words of a span as they stand on paper."""
    if isinstance(span, str):
        return span
    return span.shown if isinstance(span, Gap) else span.text


def _stretch(span: Span) -> Stretch:
    return shown(span), span.sent if isinstance(span, Cited | Told) and span.text else None


def shares_of(passages: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """Characters by share, of (level, share, text); headings are not counted."""
    found: dict[str, int] = {}
    for level, share, text in passages:
        if share and level == 0:
            found[share] = found.get(share, 0) + len(text)
    return found


@dataclass(frozen=True)
class Report:
    """A composed report of one unit and year, as of a day."""

    unit_id: int
    year: int
    as_of: date
    title: str
    byline: str
    passages: tuple[Passage, ...]
    signed_by: str

    @property
    def citations(self) -> tuple[Cited, ...]:
        return tuple(span for passage in self.passages for span in passage.spans if isinstance(span, Cited))

    @property
    def sent(self) -> tuple[Sent, ...]:
        """What goes out with the docx, to be compared when it comes back."""
        return self.copy.sent

    @property
    def copy(self) -> Copy:
        """The words as they go out, by which the report is known again."""
        lines = ([_stretch(span) for span in passage.spans] for passage in self.passages)
        return copy_of(f"《{self.title}》", (self.title, self.byline), lines, signs=(self.byline,))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(span for passage in self.passages for span in passage.spans if isinstance(span, Gap))

    @property
    def length(self) -> int:
        """Characters of the body, headings included."""
        return sum(len(passage.text) for passage in self.passages)

    def shares(self) -> dict[str, int]:
        """Characters of each share (成绩, 问题, 打算) of the text."""
        return shares_of((p.level, p.share, p.text) for p in self.passages)

    def paragraphs(self) -> Iterator[str]:
        for passage in self.passages:
            yield passage.text
