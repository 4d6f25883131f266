"""总览 for who looks over several branches: the matrix, and the same as an Excel file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.kit.refusal import NotAllowed
from youju.people.models import Unit
from youju.people.roles.rules import Right, Role
from youju.web.overview.pages import OverviewPage, overview_page
from youju.web.shared import clock, place
from youju.web.shared.home import held
from youju.web.shared.sheets import Cell, table_response


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/index.html", {"page": _page(request)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    page = _page(request)
    rows: list[list[Cell]] = [
        [line.unit.name, *(f"{cell.label} {cell.count}".strip() for cell in line.cells), line.late, line.behind]
        for line in page.lines
    ]
    headings = ["党支部", *(rule.label for rule in page.rules), "逾期", "差在哪里"]
    return table_response(
        name=f"{page.unit.short_name}总览{page.label}",
        headings=headings,
        rows=rows,
        widths=(28, *(14 for _ in page.rules), 8, 40),
    )


def _page(request: HttpRequest) -> OverviewPage:
    unit = _unit(request)
    on = clock.today()
    year = _number(request, "year", on.year, range(2000, on.year + 1))
    month = _number(request, "month", on.month if year == on.year else 0, range(13))
    branches = Unit.objects.below(unit).branches().open_on(on).order_by("path")
    return overview_page(unit, branches, on=on, year=year, month=month)


def _unit(request: HttpRequest) -> Unit:
    """The unit looked over: the one named, else the highest in which the reader is 上级.

    The unit he last looked at is no guide: it is mostly one branch, and one branch is no overview.
    """
    paths = [path for role, path in held(request).grants if role is Role.SUPERIOR]
    if not paths:
        raise NotAllowed("总览供上级党组织查看。")
    if not request.GET.get("unit"):
        return place.stand_in(request, Unit.objects.get(path=min(paths, key=lambda path: (len(path), path))))
    unit = place.unit_of(request, Right.READ_NUMBERS)
    if Role.SUPERIOR not in held(request).roles_in(unit):
        raise NotAllowed("总览供上级党组织查看。")
    return unit


def _number(request: HttpRequest, name: str, otherwise: int, allowed: range) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 5 and int(given) in allowed else otherwise
