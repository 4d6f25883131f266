"""The overview of all lists of a unit, and one list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.kit.refusal import NotYours
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.lists.kinds import LIST_KINDS, ListKind
from youju.web.lists.pages import ListPage, index_page, list_page
from youju.web.shared import clock, place
from youju.web.shared.home import held


def desk(request: HttpRequest, right: Right) -> Unit:
    """The unit whose lists the page is about: a group's stand with its branch."""
    return place.ledger_of(request, right)


def kind_of(name: str) -> ListKind:
    kind = LIST_KINDS.get(name)
    if kind is None:
        raise NotYours("没有这份清单。")
    return kind


def page_of(request: HttpRequest, kind: ListKind) -> ListPage:
    unit = desk(request, Right.READ_RECORDS)
    return list_page(
        unit=unit, kind=kind, rights=held(request).rights_in(unit), on=clock.today(), asked=request.GET
    )  # fmt: skip


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = desk(request, Right.READ_RECORDS)
    page = index_page(unit=unit, rights=held(request).rights_in(unit), on=clock.today())
    return render(request, "lists/index.html", {"page": page})


@require_safe
def one_list(request: HttpRequest, kind: str) -> HttpResponse:
    return render(request, "lists/list.html", {"page": page_of(request, kind_of(kind))})
