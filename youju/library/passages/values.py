"""What is told of a text: its passages that stand elsewhere too, where, and what of it was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# A text's key in the store is the number of its document or report times four, and below that what it is.
TURNS = 4
OPEN, WHOLE, HANDED = 0, 1, 2


def key_of(number: int, kind: int = OPEN) -> int:
    return number * TURNS + kind


def read_key(key: int) -> tuple[int, int]:
    """The number and what it is."""
    return divmod(key, TURNS)


class AsideKind(StrEnum):
    """Why a stretch is no sign of copying."""

    TITLE = "title"
    QUOTED = "quoted"
    FORMULA = "formula"
    OUTLINE = "outline"  # what every report by an outline says

    @property
    def zh(self) -> str:
        return ASIDE_ZH[self]


ASIDE_ZH = {
    AsideKind.TITLE: "标题",
    AsideKind.QUOTED: "书名号里的名称",
    AsideKind.FORMULA: "惯用语",
    AsideKind.OUTLINE: "提纲里的话",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of the text that is set aside (略去)."""

    kind: AsideKind
    start: int
    end: int


def counted(aside: Iterable[Aside]) -> str:
    """标题 1 处、惯用语 3 处."""
    many = Counter(one.kind for one in aside)
    return "、".join(f"{kind.zh} {many[kind]} 处" for kind in AsideKind if many[kind])


@dataclass(frozen=True, slots=True)
class Source:
    """A text in which a passage stands: a document of the library, or a report handed in."""

    key: int
    title: str
    unit: str = ""  # of a report: whose it is
    submission: int | None = None  # of a report: the record of its handing in
    year: int | None = None
    origin: str = ""  # of a document: 本单位, 网络收集 …
    dated: date | None = None
    paths: tuple[str, ...] = ()  # of a document, as they were given at the import

    @property
    def document(self) -> int | None:
        number, kind = read_key(self.key)
        return None if kind == HANDED else number

    @property
    def place(self) -> str:
        """Its path; of a report handed in one made of whose and what it is."""
        if self.paths:
            return self.paths[0]
        return f"报送的报告/{self.unit}/{self.year}年/{self.title}" if self.document is None else self.title


@dataclass(frozen=True, slots=True)
class Place:
    """The longest run of a passage in one source. ``text_start`` counts compared characters of the source."""

    source: Source
    start: int
    end: int
    text_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that stands elsewhere. ``places`` begin with the likely origin; ``texts`` counts all sources, ``runs`` all
    that is the same in them."""

    start: int
    end: int
    length: int
    places: tuple[Place, ...]
    texts: int
    runs: int

    @property
    def unlisted(self) -> int:
        return self.texts - len(self.places)


@dataclass(frozen=True)
class Alike:
    """All that was found. ``length`` counts letters, digits and characters in passages."""

    passages: tuple[Passage, ...] = ()
    length: int = 0
    texts: int = 0
    aside: tuple[Aside, ...] = ()

    @property
    def unlisted(self) -> int:
        """The runs for which no place is listed: of further sources, and the shorter ones of those that are."""
        return sum(one.runs - len(one.places) for one in self.passages)

    @property
    def summary(self) -> str:
        return f"相同 {len(self.passages)} 段 {self.length} 字" if self.passages else "没有相同的段落"


@dataclass(frozen=True, slots=True)
class Row:
    """One run as a command tells it: ``start end`` in the text asked, ``source_*`` in the text that the reader has."""

    start: int
    end: int
    source: Source
    path: str
    source_start: int
    source_end: int
    length: int
