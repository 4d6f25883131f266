"""Pages of one report: the sheet with its panel, and its own audit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from youju.kit.refusal import NotYours
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.reports.drafts.queries import drafts_of
from youju.web.report.checked import audit_report, checked_page
from youju.web.report.pages import panel_alone, report_here, workspace_of
from youju.web.shared import clock, place

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
YEARS = range(1949, 2101)


def report_unit(request: HttpRequest, unit_id: int, year: int) -> Unit:
    """The unit, if the reader may read its drafts; the page is about it then."""
    unit = require(request.user, unit_id, Right.READ_DRAFTS, on=clock.today())
    place.stand_in(request, unit)
    if year not in YEARS:
        raise NotYours(f"没有{year}年的报告。")
    return unit


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """述职: the draft that is written on, else this year's report of the unit one is at."""
    unit = place.unit_of(request, Right.READ_DRAFTS)
    draft = next((row for row in drafts_of(unit) if row.year == clock.today().year), None)
    if draft:
        return redirect("report:draft", draft.pk)
    return redirect("report:workspace", unit.pk, clock.today().year)


@require_safe
def workspace(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    unit = report_unit(request, unit_id, year)
    chosen = request.GET.get("f", "")
    if request.headers.get("HX-Target") == "panel":
        context = {"panel": panel_alone(request, unit, year, chosen=chosen)} if chosen else None
        if context and context["panel"]:
            response = render(request, "report/_panel.html", context)
        else:
            response = render(request, "report/_overview.html", {"page": workspace_of(request, unit, year, chosen="")})
    else:
        response = render(request, "report/workspace.html", {"page": workspace_of(request, unit, year, chosen=chosen)})
    patch_vary_headers(response, ["HX-Target"])  # the same address is a page, or only its panel
    return response


@require_safe
def check(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    """核对这份稿子: the report that stands on the sheet, read as anybody's text would be."""
    unit = report_unit(request, unit_id, year)
    report = report_here(request, unit, year)
    found = audit_report(report, unit=unit, today=clock.today())
    page = checked_page(request, unit=unit, audit=found, name=report.title, own=True)
    return render(request, "report/checked.html", {"page": page})
