"""Outlines as data: sections, paragraphs and sentence patterns, read and checked once at start-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from youju.figures.catalogue import FIGURES
from youju.kit.datafile import Located
from youju.kit.periods import Period
from youju.kit.schema import Strict, validated
from youju.prose.tokens import FigureToken, split
from youju.prose.vocabulary import KINDS
from youju.records.projects.kinds import PROJECT_KINDS

LAST_YEAR = "@上年"
FILLED_IN = re.compile(r"\{[^{}]*\}|〔[^〔〕]*〕")
KNOWN_BY = 6  # characters: what is shorter stands in any text


class Sentence(Strict):
    """One sentence to be made.

    ``say``     variants of a pattern with tokens 〔=指标〕 (〔=指标@上年〕 asks last year); one is taken, the same each time
    ``needs``   figures without whose records the sentence is left out; with ``gap`` a 〔缺：…〕 stands in its place
    ``unless``  figures with whose records it is left out: another sentence speaks of them
    ``list``    what fills {list}: titles, first topics, agenda items, carried decisions or studied texts of records of ``kinds``
    ``stories`` one sentence for each of some records that have an outcome, from {month} {place} {title} {outcome}
    ``problems`` one sentence for each problem of a year, from {title} {cause} {measures} {proofs} {owner} {due}
    ``projects`` one sentence for each project that ran in the year (of ``project_kinds``), from {title} {kind} {goal}
                {business} {owner} {since} {until} {aims} {progress} {outcome}; {records} are the records it rests on, and
                leaves the sentence out where there are none
    ``uses``    one sentence for each of some materials that were put to use in the year, from {studied} {work} {outcome}
    ``about``   only what is told with one of these words: of records their titles, of problems title, cause and measures
    ``gap`` alone says what no record can hold yet; with ``list``, ``stories``, ``problems`` or ``projects`` it stands where none was found
    """

    say: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    gap: str = ""
    list: Literal["titles", "first_topics", "agenda", "decisions", "studied"] | None = None
    stories: tuple[str, ...] = ()
    problems: Literal["closed_last", "open_last", "this", "ahead"] | None = None
    projects: Literal["all", "done", "open"] | None = None
    project_kinds: tuple[str, ...] = ()
    uses: bool = False
    kinds: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    most: int = Field(default=3, ge=1, le=12)

    @cached_property
    def cited(self) -> frozenset[str]:
        """The figures its patterns cite, those of last year with ``@上年``."""
        tokens = (piece for pattern in self.say for piece in split(pattern) if isinstance(piece, FigureToken))
        return frozenset(token.figure for token in tokens)

    @cached_property
    def asked(self) -> frozenset[tuple[str, bool]]:
        """Every figure it asks, each with whether last year is asked: what it cites, needs and gives way to."""
        said = {(name.removesuffix(LAST_YEAR), name.endswith(LAST_YEAR)) for name in self.cited}
        return frozenset(said | {(name, self.asks_last(name)) for name in (*self.needs, *self.unless)})

    def asks_last(self, name: str) -> bool:
        """Whether what it needs is looked for in last year: where it cites that figure of last year."""
        return f"{name}{LAST_YEAR}" in self.cited


class Paragraph(Strict):
    sentences: tuple[Sentence, ...]


class Part(Strict):
    """A second-level heading with its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


class Section(Strict):
    """A first-level heading. ``share`` is the third of the report its text belongs to: 成绩, 问题 or 打算."""

    heading: str
    share: Literal["成绩", "问题", "打算"]
    paragraphs: tuple[Paragraph, ...] = ()
    parts: tuple[Part, ...] = ()


class Outline(Strict):
    """提纲 of a report, in the first person. ``length`` is the span of characters aimed at.

    ``period`` half: the first half of the year, as of its last day. ``rank`` is its place among the others.
    """

    id: str
    zh: str
    rank: int = 100
    period: Literal["year", "half"] = "year"
    title: str
    opening: Paragraph
    sections: tuple[Section, ...]
    length: tuple[int, int]

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every figure that some sentence asks of the report's own year."""
        return self._asked(last=False)

    @cached_property
    def figures_of_last_year(self) -> frozenset[str]:
        return self._asked(last=True)

    @cached_property
    def tells_projects(self) -> bool:
        return any(sentence.projects for _, sentence in _sentences(self))

    @cached_property
    def tells_uses(self) -> bool:
        return any(sentence.uses for _, sentence in _sentences(self))

    def _asked(self, *, last: bool) -> frozenset[str]:
        asked = frozenset[tuple[str, bool]]().union(*(sentence.asked for _, sentence in _sentences(self)))
        return frozenset(name for name, of_last in asked if of_last == last)


def read_outline(path: Path) -> Outline:
    """Raises DataFault naming file, line and key."""
    outline, located = validated(path, Outline)
    for key, sentence in _sentences(outline):
        for kind in sentence.kinds:
            if kind not in KINDS:
                raise located.fault((*key, "kinds"), f"没有 {kind} 这个种类。")
        for kind in sentence.project_kinds:
            if kind not in PROJECT_KINDS:
                raise located.fault((*key, "project_kinds"), f"没有 {kind} 这种项目。")
        for figure, _ in sorted(sentence.asked):
            if figure not in FIGURES:
                raise located.fault(key, f"没有“{figure}”这个指标。")
        _check_source(sentence, located, key)
    return outline


def _check_source(sentence: Sentence, located: Located, key: tuple[str | int, ...]) -> None:
    sources = [bool(sentence.say), bool(sentence.stories), bool(sentence.problems)]
    if not any(sources) and not sentence.gap:
        raise located.fault(key, "一句话要有 say、stories、problems 或 gap。")
    if (sentence.list or sentence.stories) and not sentence.kinds:
        raise located.fault(key, "list 和 stories 要写从哪些种类 kinds 里取。")
    if (sentence.problems or sentence.projects or sentence.uses) and not sentence.say:
        raise located.fault(key, "problems、projects 和 uses 要写句式 say。")


def _sentences(outline: Outline) -> list[tuple[tuple[str | int, ...], Sentence]]:
    found: list[tuple[tuple[str | int, ...], Sentence]] = []

    def of(key: tuple[str | int, ...], paragraph: Paragraph) -> None:
        found.extend(((*key, "sentences", i), sentence) for i, sentence in enumerate(paragraph.sentences))

    of(("opening",), outline.opening)
    for i, section in enumerate(outline.sections):
        for j, paragraph in enumerate(section.paragraphs):
            of(("sections", i, "paragraphs", j), paragraph)
        for j, part in enumerate(section.parts):
            for k, paragraph in enumerate(part.paragraphs):
                of(("sections", i, "parts", j, "paragraphs", k), paragraph)
    return found


OUTLINES_FOLDER = Path(__file__).with_name("outlines")

OUTLINES: dict[str, Outline] = {
    outline.id: outline
    for outline in sorted(map(read_outline, OUTLINES_FOLDER.glob("*.yaml")), key=lambda outline: outline.rank)
}
DEFAULT_OUTLINE = next(iter(OUTLINES))


def words_of_outlines() -> Iterator[str]:
    """Every pattern, heading and title: what all reports by an outline say, whosever they are."""
    for outline in OUTLINES.values():
        yield outline.title
        for section in outline.sections:
            yield section.heading
            yield from (part.heading for part in section.parts)
        for _, sentence in _sentences(outline):
            yield from (*sentence.say, *sentence.stories, f"缺{sentence.gap}")


@cache
def fixed_words() -> tuple[str, ...]:
    """What stands in those between the places that are filled in, as far as it is long enough to be known by."""
    parts = (part for words in words_of_outlines() for part in FILLED_IN.split(words))
    return tuple(sorted({part for part in parts if sum(map(str.isalnum, part)) >= KNOWN_BY}))


def day_of(outline: Outline, year: int, as_of: date) -> date:
    """As of which day the outline's report of a year is written: a half-year's no later than 30 June."""
    return min(as_of, Period.half(year, 1).end) if outline.period == "half" else as_of
