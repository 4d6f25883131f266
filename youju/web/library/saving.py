"""Searches kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.library.saved.actions import drop_search, look_at, save_search
from youju.library.saved.models import SavedSearch
from youju.library.saved.queries import saved_by
from youju.library.search.queries import count_new
from youju.web.library.asking import address_of, asked_in, said_of
from youju.web.library.reader import account, reader
from youju.web.shared import clock
from youju.web.shared.saving import pressed


@dataclass(frozen=True)
class SavedRow:
    """A search with how many documents came since it was last looked at."""

    search: SavedSearch
    said: str
    new: int


def rows_of(request: HttpRequest) -> list[SavedRow]:
    eyes = reader(request)
    rows = []
    for search in saved_by(account(request)):
        asked = asked_in(search.address)
        rows.append(SavedRow(search, said_of(asked), count_new(eyes, asked, seen=search.seen, on=clock.today())))
    return rows


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    return render(request, "library/saved.html", {"rows": rows_of(request)})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    reader(request)
    address = address_of(asked_in(request.POST.get("address", "")))
    try:
        row = save_search(user=account(request), name=request.POST.get("name", ""), address=address, at=clock.now())
        messages.success(request, f"已存为常用搜索“{row.name}”。")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(f"{reverse('library:index')}?{address}")


@require_POST
def open_saved(request: HttpRequest, search_id: int) -> HttpResponse:
    """To its results; from now on only what comes later is new."""
    row = _mine(request, search_id)
    look_at(row=row)
    return redirect(f"{reverse('library:index')}?{row.address}")


@require_POST
def drop(request: HttpRequest, search_id: int) -> HttpResponse:
    row = _mine(request, search_id)
    return pressed(
        request, f"已去掉常用搜索“{row.name}”。",
        lambda: drop_search(row=row, by=request.user, at=clock.now()), back=reverse("library:saved"),
    )  # fmt: skip


def _mine(request: HttpRequest, search_id: int) -> SavedSearch:
    reader(request)
    row = SavedSearch.objects.filter(pk=search_id, user=account(request)).first()
    if row is None:
        raise NotYours("没有这个常用搜索。")
    return row
