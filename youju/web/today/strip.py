"""The year at a glance: a row a rule or a line of the plan, a shape a period, and the same in words for who cannot see shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from youju.duties.values import Standing, Status
from youju.web.today.verbs import due_url

SHAPES = {
    Status.DONE: "d", Status.PART: "p", Status.PLANNED: "p", Status.LATE: "x", Status.WAIVED: "w",
    Status.OPEN: "f", Status.NOT_YET: "f", Status.UNKNOWN: "",
}  # fmt: skip
STEP = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True)
class Cell:
    """A shape over one month or several; without a due the place stays empty."""

    shape: str
    text: str
    span: int
    words: str
    url: str = ""  # why it stands so

    @property
    def bar(self) -> bool:
        return self.span > 1


@dataclass(frozen=True)
class Line:
    key: str  # rule/theme_day: what makes it owed
    label: str
    cells: tuple[Cell, ...]
    words: str  # 1—10月已办；11月待办；12月未到期
    owed: int
    done: int
    late: int


@dataclass(frozen=True)
class Strip:
    year: int
    month: int
    lines: tuple[Line, ...]
    held: int
    late: int

    @property
    def months(self) -> range:
        return range(1, 13)

    @property
    def told(self) -> str:
        """What the picture says, in one sentence."""
        gaps = [f"{line.label}缺{line.late}次" for line in self.lines if line.late]
        return f"{self.year}年组织生活：" + ("、".join(gaps) + "，其余按期" if gaps else "没有缺的")


def strip_of(standings: Iterable[Standing], *, year: int, month: int) -> Strip:
    """The strip of a year; ``month`` is the one marked as the present, 0 for none."""
    found: dict[str, list[Standing]] = {}
    for standing in standings:
        if standing.due.rhythm in STEP:
            found.setdefault(matter_of(standing), []).append(standing)
    keys = sorted(found, key=lambda key: STEP[found[key][0].due.rhythm])
    lines = tuple(_line(key, found[key]) for key in keys)
    shown = [s.answer for key in keys for s in found[key] if s.answer]
    held = len({row.id for answer in shown for row in answer.rows})  # a session of two kinds is one
    return Strip(year, month, lines, held, sum(line.late for line in lines))


def matter_of(standing: Standing) -> str:
    """What makes it owed, the same for all its periods."""
    return f"{standing.due.source}/{standing.due.source_id}"


def _line(key: str, standings: list[Standing]) -> Line:
    due = standings[0].due
    step = STEP[due.rhythm]
    at = {standing.due.period.start.month: standing for standing in standings}
    cells = tuple(_cell(at.get(month), step) for month in range(1, 13, step))
    return Line(
        key=key,
        label=due.label or due.title,
        cells=cells,
        words=_words(standings),
        owed=len(standings),
        done=sum(s.status is Status.DONE for s in standings),
        late=sum(s.status is Status.LATE for s in standings),
    )


def _cell(standing: Standing | None, span: int) -> Cell:
    if standing is None:
        return Cell("", "", span, "")
    shape = SHAPES[standing.status]
    return Cell(shape, _text(standing) if span > 1 else "", span, standing.status.zh, due_url(standing))


def _text(standing: Standing) -> str:
    """What stands in a bar."""
    status, day = standing.status, standing.day
    if standing.due.hours and status in (Status.DONE, Status.PART, Status.LATE, Status.OPEN):
        return f"差{len(standing.missing)}人" if standing.missing else "都已达到"
    if status is Status.DONE and standing.due.over == "each_member":
        return f"{standing.target}人都已谈"
    if status in (Status.DONE, Status.PLANNED) and day:
        year = f"{day.year}年" if day.year != standing.due.period.start.year else ""
        return f"{year}{day.month}月{day.day}日"
    if status is Status.PART:
        return f"{standing.done} / {standing.target}{'人' if standing.due.parts else '次'}"
    words = {Status.LATE: "缺", Status.WAIVED: "豁免", Status.OPEN: "待开", Status.UNKNOWN: "无记录"}
    if standing.due.over == "each_member":
        words[Status.OPEN] = "待谈"
    return words.get(status, "")


def _words(standings: Iterable[Standing]) -> str:
    """The same as the shapes, with runs of months told together."""
    parts = []
    for status, run in groupby(standings, key=lambda s: s.status):
        periods = list(run)
        first, last = periods[0].due, periods[-1].due
        span = (
            first.when
            if first is last
            else f"{first.when.removesuffix('月')}—{last.when}"
            if "月" in last.when
            else (f"{first.when}至{last.when}")
        )
        parts.append(f"{span}{status.zh}")
    return "；".join(parts)
