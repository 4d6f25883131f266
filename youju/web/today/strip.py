"""The year at a glance: a row a rule or a line of the plan, a shape a period, and the same in words for who cannot see shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from youju.duties.values import Due, Standing, Status
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
    standing: Standing | None = None

    @property
    def bar(self) -> bool:
        return self.span > 1

    @property
    def url(self) -> str:
        """Why it stands so; the picture of a year on 本月应做 has no links."""
        return due_url(self.standing) if self.standing else ""


@dataclass(frozen=True)
class Line:
    key: str  # rule/theme_day: what makes it owed
    label: str
    cells: tuple[Cell, ...]
    words: str  # 1—10月已办；11月待办；12月未到期
    unit: str  # 次; 人 where each member is asked
    owed: int  # in the whole year
    done: int
    ripe: int  # owed up to now: of the periods that are done or over
    lacking: int  # of these

    @property
    def lack(self) -> str:
        """党课应办3次缺1次, 学时差2人; nothing when nothing lacks."""
        if not self.lacking:
            return ""
        return (
            f"{self.label}差{self.lacking}人"
            if self.unit == "人"
            else f"{self.label}应办{self.ripe}次缺{self.lacking}次"
        )


@dataclass(frozen=True)
class Strip:
    year: int
    month: int
    lines: tuple[Line, ...]
    held: int

    @property
    def lack(self) -> str:
        """到期应办 24 次，缺 2 次；学时差 3 人: how many are missing of how many, and where it is members that fall short."""
        times = [line for line in self.lines if line.unit == "次"]
        lacking = sum(line.lacking for line in times)
        said = [f"到期应办 {sum(line.ripe for line in times)} 次，缺 {lacking} 次"] if lacking else []
        said += [f"{line.label}差 {line.lacking} 人" for line in self.lines if line.unit == "人" and line.lacking]
        return "；".join(said)

    @property
    def months(self) -> range:
        return range(1, 13)

    @property
    def told(self) -> str:
        """What the picture says, in one sentence."""
        gaps = [line.lack for line in self.lines if line.lack]
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
    return Strip(year, month, lines, held)


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
        unit="人" if _of_each_member(due) else "次",
        owed=sum(_wanted(s) for s in standings),
        done=sum(_wanted(s) - _lacking(s) for s in standings),
        ripe=sum(_wanted(s) for s in standings if s.status in (Status.DONE, Status.LATE)),
        lacking=sum(_lacking(s) for s in standings if s.status is Status.LATE),
    )


def _of_each_member(due: Due) -> bool:
    return due.over == "each_member"


def _wanted(standing: Standing) -> int:
    """How many times a period wants, or of how many members."""
    due = standing.due
    return sum(part.target != 0 for part in due.parts) if _of_each_member(due) else due.target


def _lacking(standing: Standing) -> int:
    """How many of them are missing still."""
    if _of_each_member(standing.due):
        return len(standing.missing)
    return max(0, standing.target - standing.done)


def _cell(standing: Standing | None, span: int) -> Cell:
    if standing is None:
        return Cell("", "", span, "")
    shape = SHAPES[standing.status]
    return Cell(shape, _text(standing) if span > 1 else "", span, standing.status.zh, standing)


def _text(standing: Standing) -> str:
    """What stands in a bar."""
    status, day = standing.status, standing.day
    if status is Status.LATE and _wanted(standing) > 1:
        return f"差{_lacking(standing)}人" if _of_each_member(standing.due) else f"缺{_lacking(standing)}次"
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
