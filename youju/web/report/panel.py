"""出处: one figure of the report, how it was counted, and the records that make it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from youju.figures.figure import STATES, Measure
from youju.figures.values import Answer, Row
from youju.people.units.models import Unit
from youju.prose.vocabulary import KINDS
from youju.reports.values import Cited
from youju.web.report.sources import KEEPER, PERSONS, Source, rows_url, sources

#: How an amount is taken from one row, where that is not "each counts one".
AMOUNTS = {
    "others": "每场除主持人外到场的人，逐场相加",
    "came": "实到除以应到，逐场相加后再除",
    "closed": "办成的除以该办的",
}

#: What a share divides by what, by the row type: the part, the whole, and in what both are counted.
SHARED = {
    "problem": ("已销号", "列入清单", "个"),
    "request": ("已办结", "收到", "件"),
    "fee": ("已交", "应交", "人次"),
    "check": ("已检查", "应检查", "次"),
    "reach": ("走到", "在册", "个"),
    "pair": ("已谈", "应谈", "对（名）"),
    "learner": ("学到", "应学", "名"),
    "topic": ("学到", "在用", "个"),
}


@dataclass(frozen=True)
class Line:
    """One line of 怎么算的."""

    label: str
    value: str


@dataclass(frozen=True)
class Panel:
    """What stands beside the sheet when a figure is chosen."""

    number: int
    value: str
    unit: str
    claim: str
    period: str
    as_of: date
    rule: str
    lines: tuple[Line, ...]
    total: Line
    people: bool
    sources: tuple[Source, ...]
    hidden: int
    late: tuple[Source, ...]
    rows: int
    all_url: str
    before: int | None
    after: int | None
    query: str = ""  # what its links carry on

    @property
    def what(self) -> str:
        """29 项，出自 18 条记录: what is listed, where that is not the records themselves."""
        records = len({source.number for source in self.sources} - {""})
        if self.people:
            return f"{self.rows} 人"
        if records and records < self.rows - self.hidden:
            return f"{self.rows} {self.unit}，出自 {records} 条记录"
        if self.sources and not records and self.unit != "%":
            return f"{self.rows} {self.unit}"  # a topic, a reading: they have no number of their own
        return f"{self.rows} 条记录"


def panel_of(cited: Cited, *, unit: Unit, last: int, open_to: KEEPER) -> Panel:
    """``last`` is the number of the report's last figure: 上一个 and 下一个 stop there."""
    answer = cited.answer
    figure = answer.figure
    shown, hidden = sources(answer, open_to)
    people = figure.of in PERSONS
    return Panel(
        number=cited.number,
        value=cited.text.removesuffix(figure.unit),
        unit=figure.unit,
        claim=answer.said(),
        period=answer.period.label,
        as_of=min(answer.as_of, answer.period.end),
        rule=AMOUNTS.get(figure.amount or "", ""),
        lines=how(answer),
        total=Line("合计" if figure.measure is not Measure.SHARE else "占比", cited.text),
        people=people,
        sources=shown,
        hidden=hidden,
        late=tuple(source for source in shown if source.late),
        rows=len(answer.rows),
        all_url=rows_url(unit, figure, answer.period.start.year),
        before=cited.number - 1 or None,
        after=cited.number + 1 if cited.number < last else None,
    )


def how(answer: Answer) -> tuple[Line, ...]:
    """The parts whose sum is the number: by kind where there are several, by quarter where there is one."""
    figure, rows = answer.figure, answer.rows
    if figure.measure is Measure.SHARE:
        return _share(answer)
    if figure.of in PERSONS & STATES:
        return (Line(f"{_day(rows[-1].day)}名册在册", f"{len(rows)}{figure.unit}"),) if rows else ()
    if len(figure.kinds) > 1 and figure.measure is Measure.COUNT:
        parts = [(KINDS[kind].zh, [row for row in rows if kind in row.kinds]) for kind in figure.kinds]
        lines = [Line(f"{name}　{_months(of)}".rstrip(), str(len(of))) for name, of in parts]
        return (*lines, Line("一场多类只计1次", f"−{answer.overlap}" if answer.overlap else "0"))
    if (
        len({row.day.year for row in rows}) > 1
    ):  # held outside its year: 组织生活会 of one year in the next one's spring
        return ()
    return tuple(
        Line(part.label.removeprefix(f"{part.start.year}年"), _number(share.value))
        for part, share in answer.by_quarter()
        if share.rows
    )


def _share(answer: Answer) -> tuple[Line, ...]:
    amount = sum(row.amount for row in answer.rows)
    base = sum(row.base for row in answer.rows)
    if answer.figure.amount == "came":
        return (
            Line("场次", f"{len(answer.rows)}场"),
            Line("实到", f"{_number(amount)}人次"),
            Line("应到", f"{_number(base)}人次"),
        )
    done, whole, unit = SHARED.get(answer.figure.of, ("做到的", "应做到", "个"))
    return (Line(done, f"{_number(amount)}{unit}"), Line(whole, f"{_number(base)}{unit}"))


def _months(rows: Sequence[Row]) -> str:
    """2—11月."""
    months = sorted(row.day.month for row in rows)
    if not months:
        return ""
    return f"{months[0]}月" if months[0] == months[-1] else f"{months[0]}—{months[-1]}月"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
