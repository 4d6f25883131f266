"""Saving one form about one thing, or pressing one button: what is refused is said where it was meant, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from youju.kit.refusal import Refusal
from youju.people.roles.rules import Right
from youju.web.shared import clock
from youju.web.shared.fields import number_in
from youju.web.shared.refusals import put_in


class FormOfOne(Protocol):
    """A page with one form about one thing: its form, the revision the editor saw, and where he goes when it is saved."""

    @property
    def form(self) -> Any: ...
    @property
    def revision(self) -> Any: ...
    @property
    def back(self) -> str: ...


def filled(
    request: HttpRequest,
    page: FormOfOne,
    save: Callable[[dict[str, Any]], str],
    *,
    template: str,
    put: Callable[[BaseForm, Refusal], None] = put_in,
) -> HttpResponse:
    """Saved and back to the thing with what ``save`` says of it, or shown with what was typed and what is wrong."""
    form, revision = page.form, page.revision
    if request.method == "POST":
        revision = request.POST.get("revision", revision)
        if form.is_valid():
            try:
                messages.success(request, save(form.cleaned_data))
                return redirect(page.back)
            except Refusal as refusal:
                put(form, refusal)
                if not refusal.field:  # of the whole: somebody was quicker
                    revision = page.revision  # having seen the sentence, a second save is meant
    context = {"page": page, "form": form, "revision": revision}
    return render(request, template, context, status=422 if form.errors else 200)


def seen(request: HttpRequest, revision: int) -> int:
    """The revision the editor saw: a form that does not say saw the one that stands."""
    return number_in(request.POST.get("revision"), otherwise=revision, most=10**9)


def by_now(request: HttpRequest) -> dict[str, Any]:
    """Who does it and when, as every action asks."""
    return {"by": request.user, "at": clock.now()}


def pressed(request: HttpRequest, said: str, do: Callable[[], object], *, back: str) -> HttpResponse:
    """A button without a form: what is refused is said on top of the page it stands on."""
    try:
        do()
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(back)


T = TypeVar("T")


def button(
    find: Callable[[HttpRequest, int, int, Right], T],
    do: Callable[[T, Any, datetime], object],
    *,
    said: Callable[[T], str],
    back: Callable[[T], str],
) -> Callable[[HttpRequest, int, int], HttpResponse]:
    """A view that is one button of a thing of a ledger: ``do`` is told the thing, who pressed and when."""

    @require_POST
    def press(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
        one = find(request, ledger_id, pk, Right.WRITE_RECORDS)
        return pressed(request, said(one), lambda: do(one, request.user, clock.now()), back=back(one))

    return press
