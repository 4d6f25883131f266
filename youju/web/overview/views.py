"""总览 for who looks over several branches: the page, and the same as an Excel file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.duties.scores.queries import YEARS
from youju.duties.scores.values import Sum
from youju.kit.refusal import NotAllowed
from youju.people.models import Unit
from youju.people.roles.rules import Right, Role
from youju.people.units.values import ancestors
from youju.web.overview.pages import Filters, OverviewPage, overview_page
from youju.web.shared import clock, place
from youju.web.shared.home import held
from youju.web.shared.sheets import Cell, book_response

LONGEST_MATTER = 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/index.html", {"page": _page(request)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The whole listing of the page, and those behind for the longest time."""
    page = _page(request, everything=True)
    labels = [matter.label for matter in page.matters]
    sheets: list[tuple[str, list[str], list[list[Cell]]]] = []
    if page.groups:
        rows: list[list[Cell]] = [
            [group.unit.name, group.branches, group.late, *(_said(one) for one in group.sums)] for group in page.groups
        ]
        sheets.append(("下级组织", ["组织", "党支部数", "落后的支部数", *labels], rows))
    if page.lines or not page.groups:
        lines: list[list[Cell]] = [
            [line.unit.name, *(f"{cell.label} {cell.count}".strip() for cell in line.cells), line.late, line.behind]
            for line in page.lines
        ]
        sheets.append(("党支部", ["党支部", *labels, "逾期", "差在哪里"], lines))
    if page.worst:
        late: list[list[Cell]] = [
            [one.unit.name, one.unit.parent.name if one.unit.parent else "", one.since, one.days, one.what]
            for one in page.worst
        ]
        sheets.append(("落后最久", ["党支部", "上级组织", "最早一项的期限", "已过天数", "差在哪里"], late))
    return book_response(
        name=f"{page.unit.short_name}总览{page.filters.label}",
        sheets=sheets,
        widths=(28, *(14 for _ in labels), 14, 40),
    )


def _said(one: Sum) -> str:
    """10/12，逾期2."""
    return f"{one.done}/{one.due}" + (f"，逾期{one.late}" if one.late else "") if one.due else ""


def _page(request: HttpRequest, *, everything: bool = False) -> OverviewPage:
    unit, top = _unit(request)
    on = clock.today()
    year = _number(request, "year", on.year, range(on.year - YEARS + 1, on.year + 1))
    filters = Filters(
        year=year,
        month=_number(request, "month", on.month if year == on.year else 0, range(13)),
        matter=request.GET.get("matter", "")[:LONGEST_MATTER],
        late=request.GET.get("late") == "1",
    )
    page = request.GET.get("page", "1")[:6]
    return overview_page(unit, top=top, on=on, filters=filters, page=page, everything=everything)


def _unit(request: HttpRequest) -> tuple[Unit, str]:
    """The unit looked over (the one named, else the highest in which the reader is 上级), and how far up he may look.

    The unit he last looked at is no guide: it is mostly one branch, and one branch is no overview.
    """
    paths = sorted((path for role, path in held(request).grants if role is Role.SUPERIOR), key=lambda p: (len(p), p))
    if not paths:
        raise NotAllowed("总览供上级党组织查看。")
    if not request.GET.get("unit"):
        return place.stand_in(request, Unit.objects.get(path=paths[0])), paths[0]
    unit = place.unit_of(request, Right.READ_NUMBERS)
    over = [path for path in paths if path in ancestors(unit.path)]
    if not over:
        raise NotAllowed("总览供上级党组织查看。")
    return unit, over[0]


def _number(request: HttpRequest, name: str, otherwise: int, allowed: range) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 5 and int(given) in allowed else otherwise
