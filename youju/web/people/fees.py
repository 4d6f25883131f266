"""党费: the sheet of a year, and the form of one month. Whether, and never how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.fees.actions import mark_month
from youju.records.fees.queries import MONTHS, sheet_of
from youju.records.fees.values import FeeRow, FeeSheet, FeeState
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in
from youju.web.shared.home import held
from youju.web.shared.sheets import Cell, table_response

MARKS = {FeeState.PAID: "done", FeeState.UNPAID: "late", FeeState.EXEMPT: "waived"}
STATES = tuple(FeeState)


@dataclass(frozen=True)
class Month:
    """The head of one column: where it is filled in, and whether it has been."""

    number: int
    url: str
    begun: bool
    marked: bool


@dataclass(frozen=True)
class Place:
    """One cell. ``gap`` is a month that was marked for others, or has passed, without him."""

    state: FeeState | None
    mark: str
    expected: bool


@dataclass(frozen=True)
class Line:
    name: str
    unit_name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class FeesPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    months: tuple[Month, ...]
    lines: tuple[Line, ...]
    may_write: bool

    @property
    def marked(self) -> int:
        return sum(month.marked for month in self.months)


@dataclass(frozen=True)
class Choice:
    """One member in the form of a month. ``chosen`` is "" while nothing is said of him."""

    member_id: int
    name: str
    chosen: str


@dataclass(frozen=True)
class MonthPage:
    unit: Unit
    year: int
    month: int
    revision: int
    choices: tuple[Choice, ...]
    states: tuple[FeeState, ...]
    sentence: str
    back: str
    marked: bool = False


def _year(given: Mapping[str, object]) -> int:
    this = clock.today().year
    year = number_in(given.get("year"), otherwise=this, most=this)
    return year if year >= 1921 else this


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The year as a table, month by month; ``?year=``."""
    unit, year, today = place.ledger_of(request, Right.READ_ROSTER), _year(request.GET), clock.today()
    sheet = sheet_of(unit, year)
    page = FeesPage(
        unit=unit,
        year=year,
        years=tuple(range(today.year, today.year - 5, -1)),
        months=tuple(
            Month(
                number=month,
                url=_month_url(unit, year, month),
                begun=(year, month) <= (today.year, today.month),
                marked=_is_marked(sheet, month),
            )
            for month in MONTHS
        ),
        lines=tuple(_line(row) for row in sheet.rows),
        may_write=Right.WRITE_ROSTER in held(request).rights_in(unit),
    )
    return render(request, "people/fees.html", {"page": page})


def _line(row: FeeRow) -> Line:
    cells = zip(row.states, row.expected, strict=True)
    return Line(row.name, row.unit_name, tuple(Place(s, MARKS[s] if s else "todo", e) for s, e in cells))


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit, year = place.ledger_of(request, Right.READ_ROSTER), _year(request.GET)
    rows: list[list[Cell]] = [
        [row.name, row.unit_name, *(state.zh if state else "" for state in row.states)]
        for row in sheet_of(unit, year).rows
    ]
    headings = ["姓名", "所在组织", *(f"{month}月" for month in MONTHS)]
    return table_response(
        name=f"{unit.short_name}{year}年党费交纳登记", headings=headings, rows=rows, widths=(12, 24, *[7] * 12)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """登记 of one month. Everybody is offered as 已交 where nothing was marked yet: mostly all have."""
    unit = place.ledger_of(request, Right.WRITE_ROSTER)
    if not 1921 <= year <= clock.today().year or month not in MONTHS:
        raise NotYours("没有这个月份。")
    sheet = sheet_of(unit, year)
    sentence, revision = "", sheet.revisions[month - 1]
    if request.method == "POST":
        marks = {} if "empty" in request.POST else _marks(request.POST, sheet)
        seen = number_in(request.POST.get("revision"), otherwise=0, most=10**6)
        try:
            mark_month(unit=unit, year=year, month=month, marks=marks, revision=seen, by=request.user, at=clock.now())
            messages.success(request, f"{year} 年 {month} 月的党费{'已登记' if marks else '登记已清空'}。")
            return redirect(f"{reverse('people:fees')}?unit={unit.pk}&year={year}")
        except Refusal as refusal:
            sentence = refusal.sentence
    page = MonthPage(
        unit=unit,
        year=year,
        month=month,
        revision=revision,
        choices=_choices(sheet, month, request.POST if request.method == "POST" else None),
        states=STATES,
        sentence=sentence,
        back=f"{reverse('people:fees')}?unit={unit.pk}&year={year}",
        marked=_is_marked(sheet, month),
    )
    return render(request, "people/fee_month.html", {"page": page}, status=422 if sentence else 200)


def _is_marked(sheet: FeeSheet, month: int) -> bool:
    """An emptied month has revisions and no mark."""
    return any(row.states[month - 1] for row in sheet.rows)


def _choices(sheet: FeeSheet, month: int, typed: QueryDict | None) -> tuple[Choice, ...]:
    fresh = sheet.revisions[month - 1] == 0  # of a month that was emptied nothing is taken for granted
    found = []
    for row in sheet.rows:
        state = row.states[month - 1]
        if not row.expected[month - 1] and state is None:
            continue
        likely = state or (FeeState.PAID if fresh else None)
        chosen = typed.get(f"m_{row.member_id}", "") if typed is not None else likely.value if likely else ""
        found.append(Choice(row.member_id, row.name, chosen))
    return tuple(found)


def _marks(typed: QueryDict, sheet: FeeSheet) -> dict[int, FeeState]:
    """What was ticked; a word that is no state marks nobody."""
    known = {state.value for state in FeeState}
    pairs = ((row.member_id, typed.get(f"m_{row.member_id}", "")) for row in sheet.rows)
    return {pk: FeeState(word) for pk, word in pairs if word in known}


def _month_url(unit: Unit, year: int, month: int) -> str:
    return f"{reverse('people:fee_month', args=[year, month])}?unit={unit.pk}"
