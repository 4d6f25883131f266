"""The way of every import from Excel: choose a file, see row by row what would come of it, confirm, watch it being written.

Written is part by part, a request each, so that nobody else waits for a large table. A page that was closed or a server
that was stopped loses nothing: how far it came stands with the rows, and the first page offers to go on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from youju.accounts.models import User
from youju.kit.refusal import NotYours
from youju.paper.reading import UnreadableFile, columns
from youju.people.imports.actions import advance_batch, drop_batch, settle_headings, start_batch
from youju.people.imports.models import Batch
from youju.people.imports.queries import batch_of, broken_off, settled_headings
from youju.people.imports.rules import unpack
from youju.people.models import Unit
from youju.web.shared import clock
from youju.web.shared.import_file import TOO_LONG, Given, given
from youju.web.shared.import_page import (
    Importer,
    ImportPage,
    checked_page,
    faulty_of,
    faulty_rows,
    running_page,
)
from youju.web.shared.in_memory import in_memory
from youju.web.shared.sheets import template_response

STALE = "这一页放得太久，或不是给您的；请重新选择文件。"

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Views:
    """The pages of one kind of table."""

    table: View
    run: View
    template: View

    def urls(self, under: str = "") -> list[URLPattern]:
        """Their addresses, ``under`` that of the list they fill."""
        return [
            path(f"{under}import/", self.table, name="import"),
            path(f"{under}import/<int:pk>/", self.run, name="import_run"),
            path(f"{under}import/template.xlsx", self.template, name="import_template"),
        ]


def views(importer: Importer) -> Views:
    """The file is taken into memory before the form's token is looked at, which ``_check`` does."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def table(request: HttpRequest) -> HttpResponse:
        unit = importer.unit_of(request)
        taken = in_memory(request)
        try:
            answer: HttpResponse = _check(request, unit, importer)
        except RequestDataTooBig:
            return _choose(request, unit, importer, TOO_LONG)
        return _choose(request, unit, importer, "文件超过 20 MB，请分成几个文件再上传。") if taken.refused else answer

    @require_http_methods(["GET", "HEAD", "POST"])
    def run(request: HttpRequest, pk: int) -> HttpResponse:
        batch = batch_of(importer.unit_of(request), importer.table, pk)
        if batch is None:
            raise NotYours
        return _go_on(request, importer, batch)

    @require_safe
    def template(request: HttpRequest) -> HttpResponse:
        unit = importer.unit_of(request)
        name = f"{unit.short_name}{importer.template_name}"
        return template_response(name=name, columns=importer.columns, choices=importer.choices(unit))

    return Views(table, run, template)


@csrf_protect
def _check(request: HttpRequest, unit: Unit, importer: Importer) -> HttpResponse:
    if request.method != "POST":
        return _choose(request, unit, importer)
    try:
        here = given(request, unit, importer)
    except (UnreadableFile, signing.BadSignature) as error:
        return _choose(request, unit, importer, error.sentence if isinstance(error, UnreadableFile) else STALE)
    parcel = here.parcel
    lacking = tuple(c.zh for c in importer.columns if c.needed and c.id not in parcel.meant)
    if lacking:
        return _show(request, checked_page(unit, importer, parcel, here.signed, (), lacking=lacking))
    if request.POST.get("do") == "keep":
        return _confirm(request, unit, importer, here)
    at = clock.now()
    judged = importer.judge(unit=unit, rows=parcel.lines(), at=at)
    if request.POST.get("do") == "faults":
        return faulty_rows(parcel, importer, judged)
    page = checked_page(unit, importer, parcel, here.signed, judged)
    return _show(request, replace(page, remark=importer.remark([row for row in judged if row.good], at)))


def _confirm(request: HttpRequest, unit: Unit, importer: Importer, here: Given) -> HttpResponse:
    assert isinstance(request.user, User)
    at, parcel = clock.now(), here.parcel
    # Only what the clerk said otherwise than we guess: a better synonym of ours still counts tomorrow.
    guessed = columns.guess(parcel.headings, importer.columns, {})
    known = settled_headings(unit, importer.table)
    told = zip(parcel.headings, parcel.meant, guessed, strict=True)
    meant = {heading: said for heading, said, ours in told if said != ours or heading in known}
    settle_headings(unit=unit, table=importer.table, meant=meant, by=request.user, at=at)
    batch = start_batch(unit=unit, table=importer.table, token=here.token, parcel=parcel, by=request.user, at=at)
    return redirect(_address(importer, batch))


def _go_on(request: HttpRequest, importer: Importer, batch: Batch) -> HttpResponse:
    """One more part with each look at the page: it was confirmed before, so a page that asks again and again, with a
    script or without, is all the worker that is needed."""
    assert isinstance(request.user, User)
    do = request.POST.get("do")
    if do == "faults":
        parcel = unpack(batch.packed)
        return faulty_rows(parcel, importer, faulty_of(batch, parcel))
    if do == "drop":
        drop_batch(batch=batch, by=request.user, at=clock.now())
        return redirect(f"{reverse(importer.start)}?unit={batch.unit_id}")
    if request.method == "POST":
        return redirect(_address(importer, batch))
    if request.method == "GET" and not batch.finished:
        batch = advance_batch(batch=batch, keep=importer.keep, by=request.user, at=clock.now())
    return _show(request, running_page(importer, batch, unpack(batch.packed)))


def _address(importer: Importer, batch: Batch) -> str:
    return f"{reverse(importer.running, args=[batch.pk])}?unit={batch.unit_id}"


def _choose(request: HttpRequest, unit: Unit, importer: Importer, error: str = "") -> HttpResponse:
    waiting = broken_off(unit, importer.table)
    return _show(request, ImportPage(unit, importer, "choose", error=error, waiting=waiting))


def _show(request: HttpRequest, page: ImportPage) -> HttpResponse:
    wrong = bool(page.error or page.lacking)
    return render(request, "shared/import.html", {"page": page}, status=422 if wrong else 200)
