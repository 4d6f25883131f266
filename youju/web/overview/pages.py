"""One unit from above: what stands directly under it, subtrees in numbers and branches in shapes, and who is behind longest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from youju.duties.rulebook import RULES
from youju.duties.scores.queries import YEARS, View, view
from youju.duties.scores.values import Owed, Score, Sum, Tally, months_of, open_on, total
from youju.duties.values import Status
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.units.values import UnitKind, ancestors
from youju.web.shared.navigation import address

PAGE, WORST = 50, 50
#: Worst first: what a cell of several periods shows.
WEIGHT = (
    Status.LATE, Status.PART, Status.PLANNED, Status.OPEN, Status.DONE, Status.WAIVED, Status.UNKNOWN, Status.NOT_YET,
)  # fmt: skip
SHAPES = {
    Status.LATE: "late", Status.DONE: "done", Status.PART: "half", Status.PLANNED: "plan", Status.OPEN: "todo",
    Status.WAIVED: "waived",
}  # fmt: skip
ORDER = {"monthly": 0, "quarterly": 1, "half_yearly": 2, "yearly": 3, "state": 4, "term": 5}
ITEMS = {
    "measure": "整改", "plan": "计划", "notice": "上级部署", "task": "决议任务", "milestone": "项目节点", "campaign_task": "专项任务",
    "item": "清单检查",
}  # fmt: skip  # counted in 项, not in 次


@dataclass(frozen=True)
class Filters:
    """What of it is looked at; all of it stands in the address."""

    year: int
    month: int = 0  # 0: the whole year
    matter: str = ""
    late: bool = False

    @property
    def label(self) -> str:
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"


@dataclass(frozen=True)
class Matter:
    id: str
    label: str


@dataclass(frozen=True)
class Cell:
    """One matter of one branch over the period shown. Without a shape nothing is owed, or nothing can be said."""

    shape: str
    label: str
    count: str  # 10/11 for a year, 7/8 for a due of several
    url: str


@dataclass(frozen=True)
class Line:
    """A branch."""

    unit: Unit
    cells: tuple[Cell, ...]
    late: int
    behind: str  # 党课缺1次、主题党日缺2次
    ledger_url: str


@dataclass(frozen=True)
class Group:
    """A committee or general branch with all under it, in numbers of branches and of dues."""

    unit: Unit
    branches: int
    late: int
    sums: tuple[Sum, ...]
    url: str


@dataclass(frozen=True)
class Behind:
    """One of those behind for the longest time."""

    unit: Unit
    since: date
    days: int
    what: str
    url: str


@dataclass(frozen=True)
class OverviewPage:
    unit: Unit
    above: tuple[Unit, ...]  # up to which the reader may look, from the top down
    on: date
    filters: Filters
    seen: View
    whole: Tally
    matters: tuple[Matter, ...]  # the columns
    all_matters: tuple[Matter, ...]
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    worst: tuple[Behind, ...]
    pages: Page[Unit]

    @cached_property
    def branches(self) -> int:
        return self.whole.units(self.on, self.filters.year)

    @cached_property
    def behind(self) -> int:
        return late_in(self.whole, self.filters, self.on)

    @property
    def matter_label(self) -> str:
        return next((one.label for one in self.all_matters if one.id == self.filters.matter), "")

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        found = self.whole.matters(self.on, self.filters.year, month=self.filters.month)
        return tuple(found.get(one.id, Sum()) for one in self.matters)

    @property
    def total(self) -> Sum:
        return total(self.sums)

    @property
    def years(self) -> range:
        return range(self.on.year, self.on.year - YEARS, -1)

    @property
    def months(self) -> range:
        return range(1, 13)

    @property
    def past(self) -> bool:
        return self.filters.year < self.on.year

    @property
    def filtered(self) -> bool:
        return bool(self.filters.matter or self.filters.late)


def overview_page(
    unit: Unit, *, top: str, on: date, filters: Filters, page: str = "1", everything: bool = False
) -> OverviewPage:
    """``top``: the path up to which the reader may look; ``everything``: all lines on one page, for a table to take away."""
    seen = view(unit, filters.year)
    children = _children(unit, on, filters.year)
    if filters.late:
        children = _late_only(children, seen, filters, on)
    pages = Paginator(children, max(PAGE, len(children)) if everything else PAGE).get_page(page)
    shown = list(pages.object_list)
    groups = [child for child in shown if child.kind != UnitKind.BRANCH]
    branches = [child for child in shown if child.kind == UnitKind.BRANCH]
    tallies = seen.tallies({unit.path, *(group.path for group in groups)})
    scores = seen.scores([branch.pk for branch in branches])
    whole = tallies[unit.path]
    known = _matters(whole, list(scores.values()), on, filters)
    columns = tuple(one for one in known if not filters.matter or one.id == filters.matter)
    return OverviewPage(
        unit=unit,
        above=tuple(Unit.objects.above(unit).filter(path__gte=top).exclude(pk=unit.pk)),
        on=on,
        filters=filters,
        seen=seen,
        whole=whole,
        matters=columns,
        all_matters=known,
        groups=tuple(_group(group, tallies[group.path], columns, filters, on) for group in groups),
        lines=tuple(_line(branch, scores.get(branch.pk), columns, filters, on) for branch in branches),
        worst=_worst(seen, filters, on) if unit.kind != UnitKind.BRANCH else (),
        pages=pages,
    )


def late_in(tally: Tally, filters: Filters, on: date) -> int:
    return tally.late(on, filters.year, matter=filters.matter, month=filters.month if filters.matter else 0)


def _children(unit: Unit, on: date, year: int) -> list[Unit]:
    """What stands directly under the unit, subtrees first; of a branch itself, the branch."""
    if unit.kind == UnitKind.BRANCH:
        return [unit] if open_on(unit.opened_on, unit.closed_on, on, year) else []
    rows = Unit.objects.filter(parent=unit).exclude(kind=UnitKind.GROUP)
    found = list(rows.open_on(min(on, Period.year(year).end)).order_by("path"))
    return sorted(found, key=lambda child: child.kind == UnitKind.BRANCH)


def _late_only(children: list[Unit], seen: View, filters: Filters, on: date) -> list[Unit]:
    groups = [child for child in children if child.kind != UnitKind.BRANCH]
    tallies = seen.tallies([group.path for group in groups])
    late = {group.pk for group in groups if late_in(tallies[group.path], filters, on)}
    scores = seen.scores([child.pk for child in children if child.kind == UnitKind.BRANCH])
    late |= {pk for pk, score in scores.items() if _is_late(score, filters, on)}
    return [child for child in children if child.pk in late]


def _is_late(score: Score, filters: Filters, on: date) -> bool:
    if not filters.matter:
        return bool(score.overdue_from and score.overdue_from <= on)
    return any(
        one.matter == filters.matter and (not filters.month or one.in_month(filters.month)) for one in score.late(on)
    )


def _matters(whole: Tally, scores: Sequence[Score], on: date, filters: Filters) -> tuple[Matter, ...]:
    """The columns: what anyone under the unit owes in the time shown, and states of which something lacks."""
    names = dict(whole.names)
    found = {
        matter
        for part in whole.seen(on, filters.year)
        for matter, code, *_ in part.cells
        if not filters.month or filters.month in months_of(code)
    }
    for score in scores:
        names.update(score.names)
        found |= {one.matter for one in score.owed if one.steps and _lacks(one, on)}
    return tuple(Matter(one, names.get(one, one)) for one in sorted(found, key=_place))


def _place(matter: str) -> tuple[int, int, str]:
    """Rules by rhythm as the packs write them, then units' own rules, then what is owed once."""
    if matter in RULES:
        return ORDER.get(RULES[matter].rhythm, 6), list(RULES).index(matter), matter
    return (8 if matter in ITEMS else 7), 0, matter


def _lacks(one: Owed, on: date) -> bool:
    return one.opens_on <= on <= one.owed_by and one.status(on) is not Status.DONE


def _group(unit: Unit, tally: Tally, matters: Sequence[Matter], filters: Filters, on: date) -> Group:
    sums = tally.matters(on, filters.year, month=filters.month)
    return Group(
        unit=unit,
        branches=tally.units(on, filters.year),
        late=late_in(tally, filters, on),
        sums=tuple(sums.get(matter.id, Sum()) for matter in matters),
        url=_here(unit, filters),
    )


def _here(unit: Unit, filters: Filters) -> str:
    """Further down with the same filters."""
    words: dict[str, object] = {"unit": unit.pk, "year": filters.year, "month": filters.month}
    if filters.matter:
        words["matter"] = filters.matter
    if filters.late:
        words["late"] = 1
    return f"{reverse('overview:index')}?{urlencode(words)}"


def _line(unit: Unit, score: Score | None, matters: Sequence[Matter], filters: Filters, on: date) -> Line:
    owed = score.owed if score else ()
    late = score.late(on) if score else []
    ledger = address("ledger:index")
    return Line(
        unit=unit,
        cells=tuple(_cell(unit, [one for one in owed if one.matter == matter.id], filters, on) for matter in matters),
        late=len(late),
        behind=_behind(late, score),
        ledger_url=f"{ledger}?{urlencode({'unit': unit.pk})}" if ledger else "",
    )


def _behind(late: Sequence[Owed], score: Score | None) -> str:
    """党课缺1次、学时有1期没有办齐、整改逾期1项: of the whole year, whatever month is looked at."""
    names = dict(score.names) if score else {}
    many = Counter(one.matter for one in late)
    several = {one.matter for one in late if one.shared or one.target > 1}  # a period is short of one time, or of more
    return "、".join(
        f"{ITEMS[matter]}逾期{count}项" if matter in ITEMS
        else f"{names.get(matter, matter)}{f'有{count}期没有办齐' if matter in several else f'缺{count}次'}"
        for matter, count in sorted(many.items(), key=lambda item: _place(item[0]))
    )  # fmt: skip


def _cell(unit: Unit, owed: Sequence[Owed], filters: Filters, on: date) -> Cell:
    shown = [
        one for one in owed if (not filters.month or one.in_month(filters.month)) and (not one.steps or _lacks(one, on))
    ]
    if not shown:
        return Cell("", "没有这项", "", "")
    status = {one: one.status(on) for one in shown}
    chosen = min(shown, key=lambda one: WEIGHT.index(status[one]))
    worst = status[chosen]
    begun = [one for one in shown if status[one] is not Status.NOT_YET]
    if len(shown) == 1:
        count = f"{chosen.done}/{chosen.target}" if chosen.shared else ""
    else:
        count = f"{sum(status[one] is Status.DONE for one in shown)}/{len(begun)}" if begun else ""
    return Cell(SHAPES.get(worst, ""), worst.zh, count, _due_url(unit, chosen, filters.year))


def _due_url(unit: Unit, one: Owed, year: int) -> str:
    if one.matter not in RULES or RULES[one.matter].rhythm == "term":
        return ""
    code = f"{year}-{int(one.code):02d}" if one.code.isdecimal() else f"{year}-{one.code}".rstrip("-")
    return reverse("today:due", args=[one.matter, code]) + f"?unit={unit.pk}"


def _worst(seen: View, filters: Filters, on: date) -> tuple[Behind, ...]:
    late = seen.worst(on, WORST)
    scores = seen.scores([one.unit_id for one in late])
    units = Unit.objects.select_related("parent").in_bulk([one.unit_id for one in late])
    return tuple(
        Behind(
            unit=units[one.unit_id],
            since=one.overdue_from - timedelta(days=1),
            days=(on - one.overdue_from).days + 1,
            what=_behind(scores[one.unit_id].late(on), scores[one.unit_id]),
            url=_here(units[one.unit_id], Filters(filters.year)),
        )
        for one in late
        if seen.path in ancestors(units[one.unit_id].path)  # a unit moved away is no longer this reader's to see
    )
