"""Pages of stored drafts: the list, the sheet with its panel, versions with their difference."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft
from youju.reports.outline import OUTLINES
from youju.reports.queries import DEFAULT_OUTLINE
from youju.web.report.draft_pages import draft_page, list_page, panel_of_draft
from youju.web.report.versions import versions_page
from youju.web.report.views import report_unit
from youju.web.shared import clock, place
from youju.web.shared.home import held

MOST_ID = 18


def draft_for(request: HttpRequest, pk: int, right: Right) -> Draft:
    """The draft, if the reader has the right in its unit; to anybody else there is none."""
    draft = Draft.objects.filter(pk=pk).select_related("unit__parent", "submission").first()
    if draft is None:
        raise NotYours("没有这份报告稿。")
    place.stand_in(request, require(request.user, draft.unit_id, right, on=clock.today()))
    return draft


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """述职稿 of a unit by year and outline."""
    unit = place.unit_of(request, Right.READ_DRAFTS)
    page = list_page(unit, rights=held(request).rights_in(unit), on=clock.today())
    return render(request, "report/drafts.html", {"page": page})


@require_POST
def start(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    """起草: the report of the year is stored, or the one that is there is opened."""
    unit = report_unit(request, unit_id, year)
    require(request.user, unit_id, Right.WRITE_DRAFTS, on=clock.today())
    outline = request.POST.get("outline", DEFAULT_OUTLINE)
    if outline not in OUTLINES:
        raise Refusal("outline", "没有这份提纲，请重新选择。")
    draft = actions.start(unit=unit, year=year, outline=outline, as_of=clock.today(), by=request.user, at=clock.now())
    return redirect("report:draft", draft.pk)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet; ``?f=`` opens a figure in the panel, ``?tab=check`` the findings, ``?tab=alike`` what
    stands elsewhere too, ``?k=`` one of them."""
    found = draft_for(request, pk, Right.READ_DRAFTS)
    rights = held(request).rights_in(found.unit)
    asked = {key: request.GET.get(key, "") for key in ("f", "tab", "k")}
    everything = request.GET.get("all") == "1"
    if request.headers.get("HX-Target") == "panel":
        panel = panel_of_draft(request, found, rights=rights, everything=everything, **asked)
        response = render(request, "report/_draft_panel.html", {"page": panel})
    else:
        page = draft_page(request, found, rights=rights, everything=everything, **asked)
        response = render(request, "report/draft.html", {"page": page})
    patch_vary_headers(response, ["HX-Target"])
    return response


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """版本: what each save changed, newest first; ``?v=`` opens one with its difference."""
    found = draft_for(request, pk, Right.READ_DRAFTS)
    asked = request.GET.get("v", "")
    number = int(asked) if asked.isdecimal() and len(asked) <= MOST_ID else found.version
    return render(request, "report/versions.html", {"page": versions_page(found, number)})
