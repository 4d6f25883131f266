"""What the pages of 学习体系 and 学习地图 show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from youju.figures.study_map import StudyMap, Touch, study_map
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.models import Source
from youju.records.sources.queries import Progress, register_of
from youju.study.curriculum.models import Topic
from youju.study.curriculum.queries import archived_in, inbox_of, placed_in
from youju.study.curriculum.values import Node, Step, Tree
from youju.study.questions.models import Question
from youju.study.questions.queries import bank_of
from youju.web.study.marks import DISCS, UNKNOWN, UNKNOWN_ZH, disc, legend
from youju.web.study.tabs import Frame, frame
from youju.web.study.years import Year

#: Where the rows of a map are opened: noun → named page, whose address takes ledger and number.
ROW_PAGES = {"activity": "ledger:record", "use": "study:use", "delivery": "study:delivery"}
ROWS_ZH = {"activity": "", "reading": "自学登记", "test": "自测", "use": "学以致用", "delivery": "送学上门"}
MOST_HOMELESS, MOST_QUESTIONS = 12, 5


def of_unit(name: str, unit: Unit, **more: str | int) -> str:
    return f"{reverse(name)}?{urlencode({'unit': str(unit.pk)} | {key: str(value) for key, value in more.items()})}"


def topic_url(unit: Unit, topic_id: int, page: str = "topic") -> str:
    return reverse(f"study:{page}", args=[unit.pk, topic_id])


def nested(tree: Tree) -> list[tuple[Step, range]]:
    """Every topic from the top down, with how many lists a page closes after it."""
    steps = list(tree.walk())
    after = [step.depth for step in steps[1:]] + [0]
    return [(step, range(max(0, step.depth - deep))) for step, deep in zip(steps, after, strict=False)]


@dataclass(frozen=True)
class Line:
    """A topic in the tree: its shape this year, and what of the list opens and closes round it."""

    step: Step
    mark: SafeString
    url: str
    materials: int
    closes: range

    @property
    def opens(self) -> bool:
        return self.step.parent


@dataclass(frozen=True)
class TreePage:
    frame: Frame
    year: int
    lines: tuple[Line, ...]
    legend: SafeString
    inbox: int
    homeless: tuple[tuple[str, int, str], ...]  # word, how many records, address of a new topic called so
    archived: tuple[tuple[Topic, str], ...]
    may_write: bool


def tree_page(*, unit: Unit, rights: frozenset[Right], on: date) -> TreePage:
    found = study_map(unit, (on.year,), as_of=on)
    placed = placed_in(unit)
    return TreePage(
        frame=frame(unit, "study:curriculum"),
        year=on.year,
        lines=tuple(
            Line(
                step, _mark(found, step.node.id, on.year), topic_url(unit, step.node.id),
                len(placed.get(step.node.id, ())), closes,
            )
            for step, closes in nested(found.tree)
        ),
        legend=legend(),
        inbox=len(inbox_of(unit)),
        homeless=tuple(
            (word, count, of_unit("study:topic_new", unit, title=word)) for word, count in found.homeless[:MOST_HOMELESS]
        ),
        archived=tuple((topic, topic_url(unit, topic.pk, "topic_resume")) for topic in archived_in(unit)),
        may_write=Right.WRITE_RECORDS in rights,
    )  # fmt: skip


def _mark(found: StudyMap, topic_id: int, year: int) -> SafeString:
    """As the map draws it; of a year that is not known, a bar."""
    cell = found.cell(topic_id, year)
    if not cell.touches and year not in found.known:
        return format_html('{}<span class="sr">{}</span>', UNKNOWN, UNKNOWN_ZH)
    return disc(cell.depth, cell.told)


@dataclass(frozen=True)
class MapLine:
    step: Step
    url: str
    cells: SafeString  # one a year


@dataclass(frozen=True)
class MapPage:
    frame: Frame
    years: tuple[int, ...]
    long: bool
    words: bool  # told in words instead of shapes
    lines: tuple[MapLine, ...]
    legend: SafeString
    leaves: int  # topics without topics under them: those the legend counts
    never: tuple[tuple[Node, str], ...]
    base: str  # its address, but for how it is told


def map_page(*, unit: Unit, years: tuple[int, ...], words: bool, on: date) -> MapPage:
    found = study_map(unit, years, as_of=on)
    reached, base = found.reached(years[-1]), topic_url(unit, 0).removesuffix("0/")  # asked once, not for each topic
    return MapPage(
        frame=frame(unit, "study:map"),
        years=years,
        long=len(years) > SHORT,
        words=words,
        lines=tuple(_map_line(found, step, f"{base}{step.node.id}/", words) for step in found.tree.walk()),
        legend=legend(reached),
        leaves=sum(reached.values()),
        never=tuple((found.tree.node(pk), topic_url(unit, pk)) for pk in found.never),
        base=of_unit("study:map", unit, **({"years": len(years)} if len(years) > SHORT else {})),
    )


SHORT, LONG = 5, 10


def _map_line(found: StudyMap, step: Step, url: str, words: bool) -> MapLine:
    cells = (_cell(found, step.node.id, year, url, words) for year in found.years)
    return MapLine(step, url, mark_safe("".join(cells)))


def _cell(found: StudyMap, topic_id: int, year: int, url: str, words: bool) -> str:
    """Five thousand of them make a page, so they are joined as they are: all of it is our own words and numbers."""
    cell = found.cell(topic_id, year)
    told = cell.told if cell.touches or year in found.known else UNKNOWN_ZH
    shape = DISCS[cell.depth] if told is not UNKNOWN_ZH else UNKNOWN
    shown = told if words else f'{shape}<span class="sr">{told}</span>'
    return f'<td><a href="{url}?year={year}">{shown}</a></td>' if cell.touches else f"<td>{shown}</td>"


def map_rows(*, unit: Unit, years: tuple[int, ...], on: date) -> list[list[str]]:
    """The map in words, a row a topic, for Excel."""
    found = study_map(unit, years, as_of=on)
    return [
        [
            " › ".join(node.title for node in found.tree.path(step.node.id)),
            "、".join(step.node.words),
            *(
                found.cell(step.node.id, year).told
                if found.cell(step.node.id, year).touches or year in found.known
                else UNKNOWN_ZH
                for year in years
            ),
        ]
        for step in found.tree.walk()
    ]


@dataclass(frozen=True)
class Told:
    """One row of a cell, and where it opens; what has no page of its own, or is not for this reader, opens nowhere."""

    touch: Touch
    what: str
    url: str


@dataclass(frozen=True)
class TopicPage:
    unit: Unit
    topic: Topic
    path: tuple[tuple[str, str], ...]  # of the topics above it
    years: Year
    strip: tuple[tuple[int, SafeString, bool], ...]
    told: str
    rows: tuple[Told, ...]
    materials: tuple[Progress, ...]
    under: tuple[tuple[Node, SafeString, str], ...]
    questions: tuple[Question, ...]  # the latest of them
    more_questions: int
    questions_url: str
    index_url: str
    may_write: bool

    @property
    def in_use(self) -> bool:
        return self.topic.archived_at is None


def topic_page(*, topic: Topic, rights: frozenset[Right], year: Year, on: date) -> TopicPage:
    unit = topic.ledger
    years = tuple(sorted({*range(on.year - SHORT + 1, on.year + 1), year.chosen}))
    found = study_map(unit, years, as_of=on)
    standing = set(placed_in(unit).get(topic.pk, ()))
    cell = found.cell(topic.pk, year.chosen)
    known = bool(cell.touches) or year.chosen in found.known
    asked = bank_of(unit, topic=str(topic.pk)) if topic.pk in found.tree else Question.objects.none()
    questions = tuple(asked[:MOST_QUESTIONS])
    return TopicPage(
        unit=unit,
        topic=topic,
        path=tuple((node.title, topic_url(unit, node.id)) for node in found.tree.path(topic.pk)[:-1]),
        years=year,
        strip=tuple((one, _mark(found, topic.pk, one), one == year.chosen) for one in years),
        told=cell.told if known else UNKNOWN_ZH,
        rows=tuple(_told(touch) for touch in cell.touches),
        materials=tuple(one for one in register_of(unit) if one.source.pk in standing) if standing else (),
        under=tuple(
            (node, _mark(found, node.id, year.chosen), topic_url(unit, node.id))
            for node in found.tree.children(topic.pk)
        ) if topic.pk in found.tree else (),
        questions=questions,
        more_questions=asked.count() - len(questions),
        questions_url=of_unit("study:questions", unit, topic=topic.pk),
        index_url=of_unit("study:curriculum", unit),
        may_write=Right.WRITE_RECORDS in rights,
    )  # fmt: skip


def _told(touch: Touch) -> Told:
    row = touch.row
    page = ROW_PAGES.get(row.noun)
    return Told(touch, ROWS_ZH[row.noun], reverse(page, args=[row.unit_id, row.number]) if page else "")


@dataclass(frozen=True)
class FormPage:
    """A page that is one form about a topic, or about a new one."""

    unit: Unit
    form: Form
    heading: str
    verb: str
    back: str
    topic: Topic | None = None
    revision: object = None


@dataclass(frozen=True)
class InboxPage:
    unit: Unit
    form: Form
    rows: tuple[tuple[Source, str, Any], ...]  # material, its kind, its field
    more: int
    back: str
    planted: bool  # there is a tree to put them in
    may_write: bool


@dataclass(frozen=True)
class PlacesPage:
    unit: Unit
    source: Source
    form: Any
    lines: tuple[tuple[Step, bool, range], ...]  # topic, ticked, lists that close after it
    back: str
