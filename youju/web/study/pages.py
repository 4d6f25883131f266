"""What the first page of 学习 shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from youju.figures.queries import ask_many
from youju.figures.study_map import Depth, study_map
from youju.figures.topics import TopicReach, topics_reached
from youju.figures.values import Answer
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.sources.queries import Progress, register_of
from youju.study.curriculum.queries import inbox_of
from youju.study.units.queries import standings
from youju.study.units.values import Stage
from youju.web.study.marks import disc
from youju.web.study.tabs import Frame, frame
from youju.web.study.unit_rows import Row, list_url, row_of
from youju.web.study.years import Year

#: What the year's studying is told by: (words, figure, kind of which the ledger lists the records).
TOLD = (
    ("集中学习", "集中学习次数", "group_study"),
    ("专题研讨", "专题研讨次数", "seminar"),
    ("第一议题", "第一议题次数", "committee_meeting"),
    ("党课", "党课次数", "party_lecture"),
    ("线上学习", "线上学习次数", "online_study"),
    ("外出参观学习", "外出参观学习次数", "field_study"),
    ("自学抽查", "自学抽查次数", "self_study_check"),
    ("登记自学", "自学登记篇数", ""),
)
MOST = 6  # of topics and of texts: the whole lists stand on pages of their own


@dataclass(frozen=True)
class Told:
    """One number of the year, and the page that lists what it counts."""

    words: str
    answer: Answer
    url: str


@dataclass(frozen=True)
class IndexPage:
    frame: Frame
    year: Year
    units: int  # of the year's plan
    learned: int  # of them
    waiting: tuple[Row, ...]  # those whose days are over or have come, and that no record fulfils
    units_url: str
    told: tuple[Told, ...]
    hours: Answer
    topics: tuple[TopicReach, ...]
    more_topics: int
    texts: tuple[Progress, ...]  # of which parts are still to be read
    registered: int  # texts
    reached: tuple[tuple[SafeString, Depth, int], ...]  # topics of the tree by how deep the year went
    map_url: str
    inbox: int
    inbox_url: str
    studies_url: str
    record_url: str  # empty for who may not write

    @property
    def any(self) -> bool:
        return any(one.answer.rows for one in self.told)


def index_page(*, unit: Unit, rights: frozenset[Right], year: Year, on: date) -> IndexPage:
    period = Period.year(year.chosen)
    answers = ask_many([*(figure for _, figure, _ in TOLD), "学时合计"], unit, period, as_of=on)
    topics, texts = topics_reached(unit, period, as_of=on), register_of(unit)
    chart = study_map(unit, (year.chosen,), as_of=on)
    units = standings(unit, year=year.chosen, on=on)
    may_write = Right.WRITE_RECORDS in rights
    return IndexPage(
        frame=frame(unit, "study:index"),
        year=year,
        units=len(units),
        learned=sum(one.stage is Stage.DONE for one in units),
        waiting=tuple(row_of(one, may_write=may_write) for one in units if one.stage in (Stage.LATE, Stage.NOW))[:MOST],
        units_url=list_url(unit, year.chosen),
        told=tuple(
            Told(words, answers[figure], _list_url(unit, year.chosen, kind, may_write)) for words, figure, kind in TOLD
        ),
        hours=answers["学时合计"],
        topics=tuple(topics[:MOST]),
        more_topics=max(0, len(topics) - MOST),
        texts=tuple(one for one in texts if one.parts and one.read < len(one.parts))[:MOST],
        registered=len(texts),
        reached=tuple((disc(depth), depth, count) for depth, count in chart.reached(year.chosen).items() if count),
        map_url=f"{reverse('study:map')}?{urlencode({'unit': unit.pk})}",
        inbox=len(inbox_of(unit)),
        inbox_url=f"{reverse('study:inbox')}?{urlencode({'unit': unit.pk})}",
        studies_url=f"{reverse('ledger:studies')}?{urlencode({'unit': unit.pk, 'year': year.chosen})}",
        record_url=f"{reverse('ledger:new')}?{urlencode({'unit': str(unit.pk), 'kinds': 'group_study'})}"
        if may_write
        else "",
    )


def _list_url(unit: Unit, year: int, kind: str, may_write: bool) -> str:
    """Where the records of a number stand; who may not open the list of readings is not led there."""
    if kind:
        return f"{reverse('ledger:index')}?{urlencode({'unit': str(unit.pk), 'year': str(year), 'kind': kind})}"
    return f"{reverse('ledger:readings')}?{urlencode({'unit': unit.pk, 'year': year})}" if may_write else ""
