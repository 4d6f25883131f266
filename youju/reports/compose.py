"""Composing: outline and material in, report out. Pure; the same ledger gives the same words every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.values import Answer
from youju.kit.periods import Period
from youju.prose.say import say_quantity
from youju.prose.tokens import FigureToken, GapToken, split
from youju.records.models import Problem
from youju.reports.material import ReportMaterial, Tale
from youju.reports.outline import LAST_YEAR, Outline, Paragraph, Section, Sentence
from youju.reports.tell import (
    even_spread,
    fill,
    problem_words,
    project_done,
    project_records,
    project_words,
    quoted,
    texts_of,
    use_words,
    without_list,
)
from youju.reports.values import Cited, Gap, Passage, Report, Span, Told

Answers = dict[tuple[str, bool], Answer]  # by figure, and whether last year is asked

NUMERALS = "一二三四五六七八九十"
MOST_EXAMPLES = 4


def compose(outline: Outline, material: ReportMaterial) -> Report:
    """The report; more examples are told until the outline's length is reached, never past it."""
    answers: Answers = {}
    best = _Composer(outline, material, answers, examples=0).report()
    for examples in range(1, MOST_EXAMPLES + 1):
        if best.length >= outline.length[0]:
            break
        longer = _Composer(outline, material, answers, examples=examples).report()
        if longer.length > outline.length[1]:
            break
        best = longer
    return best


@dataclass
class _Composer:
    outline: Outline
    material: ReportMaterial
    answers: Answers  # what was asked already: a sentence that needs a figure also cites it
    examples: int  # how many more examples each sentence may tell than the outline says
    told: set[int] = field(default_factory=set)
    cited: int = 0

    def report(self) -> Report:
        material = self.material
        passages = [Passage(0, tuple(self._paragraph(self.outline.opening)), "成绩")]
        for index, section in enumerate(self.outline.sections):
            passages.extend(self._section(index, section))
        return Report(
            unit_id=material.unit.pk,
            year=material.year,
            as_of=material.as_of,
            title=self.outline.title.format(year=material.year),
            byline=f"{material.unit.name}书记　{material.secretary}" if material.secretary else material.unit.name,
            passages=tuple(passages),
            signed_by=material.secretary or material.unit.name,
        )

    def _section(self, index: int, section: Section) -> Iterator[Passage]:
        yield Passage(1, (f"{NUMERALS[index]}、{section.heading}",), section.share)
        for paragraph in section.paragraphs:
            yield from self._passage(paragraph, section.share)
        shown = 0
        for part in section.parts:
            passages = [passage for paragraph in part.paragraphs for passage in self._passage(paragraph, section.share)]
            if passages:
                yield Passage(2, (f"（{NUMERALS[shown]}）{part.heading}",), section.share)
                yield from passages
                shown += 1

    def _passage(self, paragraph: Paragraph, share: str) -> Iterator[Passage]:
        spans = tuple(self._paragraph(paragraph))
        if spans:
            yield Passage(0, spans, share)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Span]:
        for sentence in paragraph.sentences:
            if any(self._has(name, sentence) for name in sentence.unless):
                continue
            missing = [name for name in sentence.needs if not self._has(name, sentence)]
            if missing:
                if sentence.gap:
                    yield from _gap(sentence.gap)
            elif sentence.problems:
                yield from self._problems(sentence)
            elif sentence.projects:
                yield from self._projects(sentence)
            elif sentence.uses:
                yield from self._uses(sentence)
            elif sentence.stories:
                yield from self._stories(sentence)
            elif sentence.say:
                yield from self._said(sentence)
            else:
                yield from _gap(sentence.gap)

    def _has(self, name: str, sentence: Sentence) -> bool:
        return bool(self._answer(name, last=sentence.asks_last(name)).rows)

    # -- the three kinds of sentence -------------------------------------------------------------------------------

    def _said(self, sentence: Sentence) -> Iterator[Span]:
        items = self._listed(sentence) if sentence.list else []
        if sentence.list and not items and sentence.gap and not sentence.needs:
            yield from _gap(sentence.gap)
            return
        if sentence.list and not items and not sentence.cited:
            return  # it would have said nothing but its list
        pattern = self._variant(sentence.say)
        yield from self._pattern(without_list(pattern) if sentence.list and not items else pattern, items)

    def _stories(self, sentence: Sentence) -> Iterator[Span]:
        tales = [
            tale
            for tale in self._tales(sentence)
            if tale.outcome and tale.id not in self.told and _about(sentence, tale.title, tale.outcome)
        ]
        if not tales and sentence.gap:
            yield from _gap(sentence.gap)
        for index, tale in enumerate(even_spread(tales, sentence.most + self.examples)):
            self.told.add(tale.id)
            pattern = sentence.stories[(index + self._turn(sentence.stories)) % len(sentence.stories)]
            if "{place}" in pattern and not tale.place:
                pattern = sentence.stories[0]
            words = {
                "month": f"{tale.held_on.month}月",
                "place": tale.place,
                "title": tale.title,
                "outcome": tale.outcome,
            }
            yield Told(fill(pattern, words), tale.id, tale.number)

    def _problems(self, sentence: Sentence) -> Iterator[Span]:
        material, last, this = self.material, self.material.problems_last, self.material.problems_this
        # What a past year planned is what stood open when it ended, though all of it may be done by now.
        day = min(material.as_of, date(material.year, 12, 31)) if sentence.problems == "ahead" else material.as_of
        chosen = {
            "closed_last": [problem for problem in last if _closed(problem, day)],
            "open_last": [problem for problem in last if not _closed(problem, day)],
            "this": list(this),
            "ahead": [problem for problem in (*last, *this) if not _closed(problem, day)],
        }[sentence.problems or "this"]
        chosen = [problem for problem in chosen if _about(sentence, *texts_of(problem))]
        if not chosen and sentence.gap:
            yield from _gap(sentence.gap)
        for index, problem in enumerate(chosen[: sentence.most]):
            pattern = sentence.say[(index + self._turn(sentence.say)) % len(sentence.say)]
            words = problem_words(problem, as_of=day, ahead=sentence.problems == "ahead")
            words["nth"] = f"{NUMERALS[index]}是" if 1 < len(chosen) <= len(NUMERALS) else ""
            for piece in split(fill(pattern, words)):
                yield Gap(piece.what) if isinstance(piece, GapToken) else str(piece)

    def _projects(self, sentence: Sentence) -> Iterator[Span]:
        day = self.material.as_of
        chosen = [
            project
            for project in self.material.projects
            if not sentence.project_kinds or project.kind in sentence.project_kinds
            if sentence.projects == "all" or project_done(project, day) == (sentence.projects == "done")
        ]
        if not chosen and sentence.gap:
            yield from _gap(sentence.gap)
        for index, project in enumerate(chosen[: sentence.most]):
            pattern = sentence.say[(index + self._turn(sentence.say)) % len(sentence.say)]
            links = project_records(project, day)
            if "{records}" in pattern and not links:
                continue
            words = project_words(project, as_of=day)
            words["nth"] = f"{NUMERALS[index]}是" if 1 < len(chosen) <= len(NUMERALS) else ""
            before, mark, after = pattern.partition("{records}")
            for part in (before, after):
                for piece in split(fill(part, words)):
                    yield Gap(piece.what) if isinstance(piece, GapToken) else str(piece)
                if part is before and mark:
                    yield from (Told(quoted(title), pk, number) for pk, number, title in links)

    def _uses(self, sentence: Sentence) -> Iterator[Span]:
        """They are told as things stood on the report's day; the figure beside them counts the same rows."""
        for index, use in enumerate(even_spread(self.material.uses, sentence.most + self.examples)):
            pattern = sentence.say[(index + self._turn(sentence.say)) % len(sentence.say)]
            yield fill(pattern, use_words(use))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _pattern(self, pattern: str, items: Sequence[Told]) -> Iterator[Span]:
        for piece in split(self._plain_words(pattern)):
            if isinstance(piece, FigureToken):
                name = piece.figure.removesuffix(LAST_YEAR)
                yield self._cite(name, last=name != piece.figure)
            elif isinstance(piece, GapToken):
                yield Gap(piece.what)
            else:
                yield from _with_list(piece, items)

    def _plain_words(self, pattern: str) -> str:
        material = self.material
        half = self.outline.period == "half"
        whole = material.as_of >= date(material.year, 12, 31)
        words = {
            "year": str(material.year),
            "above": material.above or "上级党组织",
            "span": "上半年" if half else "全年" if whole else "今年以来",
        }
        return fill(pattern, words)

    def _cite(self, name: str, *, last: bool) -> Span:
        answer = self._answer(name, last=last)
        if not answer.known:
            return Gap(f"{name}没有记录")
        self.cited += 1
        return Cited(self.cited, say_quantity(answer.statement()), answer)

    def _answer(self, name: str, *, last: bool) -> Answer:
        if (name, last) not in self.answers:
            self.answers[name, last] = self._asked(name, last=last)
        return self.answers[name, last]

    def _asked(self, name: str, *, last: bool) -> Answer:
        material = self.material.last if last else self.material.this
        figure = FIGURES[name]
        # What belongs to a year and not to a day is asked of the year, as things stood by the end of the half.
        half = self.outline.period == "half" and figure.dated_by == "held_on" and not last
        period = Period.half(self.material.year, 1) if half else Period.year(self.material.year - last)
        return figures.answer(figure, material, period, self.material.as_of)

    def _tales(self, sentence: Sentence) -> list[Tale]:
        wanted = set(sentence.kinds)
        return [tale for tale in self.material.tales if wanted & set(tale.kinds)]

    def _listed(self, sentence: Sentence) -> list[Told]:
        """Distinct words of the records, spread over the year."""
        found: dict[str, Told] = {}
        for tale in self._tales(sentence):
            texts = {
                "titles": (tale.title,), "first_topics": tale.first_topics, "agenda": tale.agenda, "decisions": tale.decisions,
                "studied": tale.studied,
            }[sentence.list or "titles"]  # fmt: skip
            for text in texts:
                if not _about(sentence, text):
                    continue
                found.setdefault(text, Told(quoted(text), tale.id, tale.number))
        return even_spread(list(found.values()), sentence.most + self.examples)

    def _variant(self, variants: Sequence[str]) -> str:
        return variants[self._turn(variants) % len(variants)]

    def _turn(self, variants: Sequence[str]) -> int:
        """A number that differs between units, years and sentences but never between two runs."""
        seed = f"{self.material.unit.code}/{self.material.year}/{variants[0]}"
        return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4])


def _gap(what: str) -> Iterator[Span]:
    yield from (Gap(what), "。")


def _about(sentence: Sentence, *texts: str) -> bool:
    return not sentence.about or any(word in text for word in sentence.about for text in texts)


def _closed(problem: Problem, day: date) -> bool:
    return problem.closed_on is not None and problem.closed_on <= day


def _with_list(text: str, items: Sequence[Told]) -> Iterator[Span]:
    before, mark, after = text.partition("{list}")
    if before:
        yield before
    if mark:
        yield from items  # words in quotation marks stand side by side without 、 (GB/T 15834)
        if after:
            yield after
