"""The matrix 支部 × 事项 of a month or of a whole year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from youju.duties.queries import late_measures, standings
from youju.duties.rulebook import RULES, Rule
from youju.duties.values import Standing, Status
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.web.shared.navigation import address

#: Worst first: what a cell of several periods shows.
WEIGHT = (
    Status.LATE, Status.PART, Status.PLANNED, Status.OPEN, Status.DONE, Status.WAIVED, Status.UNKNOWN, Status.NOT_YET,
)  # fmt: skip
SHAPES = {
    Status.LATE: "late", Status.DONE: "done", Status.PART: "half", Status.PLANNED: "plan", Status.OPEN: "todo",
    Status.WAIVED: "waived",
}  # fmt: skip
ORDER = {"monthly": 0, "quarterly": 1, "half_yearly": 2, "yearly": 3, "state": 4, "term": 5}


@dataclass(frozen=True)
class Cell:
    """One matter of one branch over the period shown. Without a shape nothing is owed, or nothing can be said."""

    shape: str
    label: str
    count: str  # 10/11 for a year, 7/8 for a due of several
    url: str


@dataclass(frozen=True)
class Line:
    unit: Unit
    cells: tuple[Cell, ...]
    late: int
    problems: int  # measures overdue
    behind: str  # 党课缺1次、主题党日缺2次
    ledger_url: str


@dataclass(frozen=True)
class OverviewPage:
    unit: Unit
    on: date
    year: int
    month: int  # 0: the whole year
    years: tuple[int, ...]
    rules: tuple[Rule, ...]
    lines: tuple[Line, ...]

    @property
    def behind(self) -> int:
        return sum(bool(line.late or line.problems) for line in self.lines)

    @property
    def label(self) -> str:
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"

    @property
    def months(self) -> range:
        return range(1, 13)


def overview_page(unit: Unit, branches: Iterable[Unit], *, on: date, year: int, month: int) -> OverviewPage:
    """Each branch's dues whose period holds the month, or all of the year; what it is behind by is told of the year."""
    found = {}
    for branch in branches:
        found[branch] = [s for s in standings(branch, year, on=on) if s.due.rule and (not _is_state(s) or _matters(s))]
    shown = Period.month(year, month) if month else Period.year(year)
    owed = {
        s.due.rule.id: s.due.rule for dues in found.values() for s in dues if s.due.rule and s.due.period.overlap(shown)
    }
    listed = [*(rule for rule in RULES.values() if rule.id in owed), *(r for r in owed.values() if r.id not in RULES)]
    rules = tuple(sorted(listed, key=lambda rule: ORDER[rule.rhythm]))
    late = late_measures(found, on=on)
    return OverviewPage(
        unit=unit,
        on=on,
        year=year,
        month=month,
        years=tuple(range(on.year, on.year - 5, -1)),
        rules=rules,
        lines=tuple(_line(branch, dues, rules, late.get(branch.pk, 0), shown) for branch, dues in found.items()),
    )


def _is_state(standing: Standing) -> bool:
    return standing.due.state


def _matters(standing: Standing) -> bool:
    """A state that is as it should be needs no column."""
    return standing.status is not Status.DONE and standing.on in standing.due.period


def _line(unit: Unit, dues: list[Standing], rules: tuple[Rule, ...], problems: int, shown: Period) -> Line:
    cells = []
    behind = []
    for rule in rules:
        mine = [s for s in dues if s.due.source == "rule" and s.due.source_id == rule.id]
        cells.append(_cell(unit, [s for s in mine if s.due.period.overlap(shown)]))
        missed = sum(s.status is Status.LATE for s in mine)
        if missed:
            behind.append(f"{rule.label}缺{missed}次")
    if problems:
        behind.append(f"整改逾期{problems}项")
    ledger = address("ledger:index")
    return Line(
        unit=unit,
        cells=tuple(cells),
        late=sum(s.status is Status.LATE for s in dues),
        problems=problems,
        behind="、".join(behind),
        ledger_url=f"{ledger}?{urlencode({'unit': unit.pk})}" if ledger else "",
    )


def _cell(unit: Unit, dues: list[Standing]) -> Cell:
    if not dues:
        return Cell("", "没有这项", "", "")
    worst = min((s.status for s in dues), key=WEIGHT.index)
    begun = [s for s in dues if s.status is not Status.NOT_YET]
    if len(dues) == 1:
        only = dues[0]
        count = f"{only.done}/{only.target}" if only.due.parts else ""
    else:
        count = f"{sum(s.status is Status.DONE for s in dues)}/{len(begun)}" if begun else ""
    chosen = next(s for s in dues if s.status is worst)
    rule = chosen.due.rule
    assert rule is not None
    url = reverse("today:due", args=[rule.id, chosen.due.code]) + f"?unit={unit.pk}"
    return Cell(SHAPES.get(worst, ""), worst.zh, count, url)
