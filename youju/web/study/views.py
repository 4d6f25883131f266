"""The first page of 学习: the year at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from youju.people.roles.rules import Right
from youju.web.shared import clock, place
from youju.web.shared.home import held
from youju.web.study.mine_more import is_member
from youju.web.study.pages import index_page
from youju.web.study.years import year_asked


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``?year=``: another year than this one. Who reads no ledger but is a member has pages of his own."""
    if "unit" not in request.GET and not held(request).units_with(Right.READ_RECORDS).exists() and is_member(request):
        return redirect("study:mine")
    unit = place.ledger_of(request, Right.READ_RECORDS)
    page = index_page(unit=unit, rights=held(request).rights_in(unit), year=year_asked(request), on=clock.today())
    return render(request, "study/index.html", {"page": page})
