"""Plain values of a stored draft: how it stands, the pieces of a passage, what moved, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from youju.prose.tokens import FigureToken, GapToken
from youju.reports.values import shares_of

MOST_ROWS = 500  # a citation names so many records; beyond them it keeps count, digest and question
MOST_TEXT = 4000  # characters of one passage
MOST_TOKENS = 60  # figures and words of records in one passage: each is asked, and its records are written down
MOST_PASSAGES = 400  # of one draft
LAST_YEAR = "@上年"


class Status(StrEnum):
    """在写 → 定稿 → 已报送; 定稿 can be withdrawn, what was handed in cannot."""

    DRAFT = "draft"
    FINAL = "final"
    HANDED_IN = "handed_in"

    @property
    def zh(self) -> str:
        return {"draft": "在写", "final": "定稿", "handed_in": "已报送"}[self]


@dataclass(frozen=True)
class RecordWords:
    """Words told from one record: 〔据2026-支委-01〕“研究农资保供”〔完〕. ``host`` is the code of a foreign ledger."""

    number: str
    host: str
    text: str

    def __str__(self) -> str:
        host = f"·{self.host}" if self.host else ""
        return f"〔据{self.number}{host}〕{self.text}〔完〕"


Piece = str | FigureToken | GapToken | RecordWords


@dataclass(frozen=True)
class Part:
    """A stretch of a difference: ``kind`` is same, out (was there) or in (came)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Drift:
    """A citation whose answer has moved: 20 → 21."""

    citation_id: int
    tag: str
    figure: str
    was: str
    now: str

    @property
    def sentence(self) -> str:
        if self.was == self.now:
            return f"{self.figure}还是{self.now}，但背后的记录变了，更新？"
        return f"{self.figure}：{self.was} → {self.now}，更新？"


@dataclass(frozen=True)
class TextDraft:
    """What an editor sends: the text and the version of the passage he saw."""

    text: str
    base: int


@dataclass(frozen=True)
class CitedWords:
    """A figure on the sheet. ``number`` counts through the whole draft; ``known`` is False where nothing was recorded."""

    number: int
    citation_id: int
    figure: str
    text: str
    tag: str
    known: bool


@dataclass(frozen=True)
class ToldWords:
    """Words of a record on the sheet; ``session_id`` is None where the record is no longer there."""

    text: str
    number: str
    session_id: int | None


@dataclass(frozen=True)
class GapWords:
    text: str


Words = str | CitedWords | ToldWords | GapWords


def shown(words: Words) -> str:
    """As it stands on paper."""
    return words if isinstance(words, str) else words.text


@dataclass(frozen=True)
class SheetPassage:
    """A passage as it is read. ``source`` is what an editor sees in the textarea."""

    id: int
    level: int
    share: str
    version: int
    source: str
    words: tuple[Words, ...]
    alternatives: int

    @property
    def text(self) -> str:
        return "".join(map(shown, self.words))


@dataclass(frozen=True)
class Sheet:
    """A whole draft as it is read."""

    draft_id: int
    title: str
    byline: str
    passages: tuple[SheetPassage, ...]

    @property
    def text(self) -> str:
        """Title, byline and passages, a line each: what is audited and what is handed in."""
        return "\n".join((self.title, self.byline, *(passage.text for passage in self.passages)))

    @property
    def citations(self) -> tuple[CitedWords, ...]:
        return tuple(w for passage in self.passages for w in passage.words if isinstance(w, CitedWords))

    @property
    def gaps(self) -> tuple[GapWords, ...]:
        return tuple(w for passage in self.passages for w in passage.words if isinstance(w, GapWords))

    @property
    def length(self) -> int:
        """Characters of the body, headings included."""
        return sum(len(passage.text) for passage in self.passages)

    def shares(self) -> dict[str, int]:
        """Characters of each share (成绩, 问题, 打算) of the text."""
        return shares_of((p.level, p.share, p.text) for p in self.passages)
