"""留存的核对: the runs a unit chose to keep, each judged anew when it is opened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.audit.queries import audit_text
from youju.audit.runs import actions
from youju.audit.runs.models import Run
from youju.audit.runs.queries import kept_of, run_of
from youju.audit.runs.values import changes, counts_of
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.web.report.checked import checked_page
from youju.web.report.forms import NOT_KEPT, KeepForm
from youju.web.shared import clock, place
from youju.web.shared.home import held


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Judges the text again, since what a browser says of verdicts proves nothing, and keeps it."""
    unit = _keeper(request)
    place.stand_in(request, unit)
    form = KeepForm(request.POST, today=clock.today())
    if form.is_valid():
        given = form.cleaned_data
        audit = audit_text(
            given["text"], unit=unit, today=clock.today(), year=given["year"], as_of=given["as_of"]
        )  # fmt: skip
        try:
            run = actions.keep(unit=unit, audit=audit, name=given["name"], by=request.user, at=clock.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, "已留存，可以随时再打开核对或删去。")
            return redirect("report:kept_run", run.pk)
    return render(request, "report/keep.html", {"form": form, "unit": unit}, status=422)


def _keeper(request: HttpRequest) -> Unit:
    """The unit whose papers he writes. Of a branch's text the one above keeps nothing but what was handed in."""
    unit = require(request.user, _number(request.POST, "unit"), Right.SEE_UNIT, on=clock.today())
    rights = held(request).rights_in(unit)
    if Right.READ_NUMBERS in rights and Right.READ_DRAFTS not in rights:
        raise NotAllowed(NOT_KEPT)
    return require(request.user, unit.pk, Right.WRITE_DRAFTS, on=clock.today())


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_DRAFTS)
    return render(request, "report/kept.html", {"unit": unit, "runs": kept_of(unit)})


@require_safe
def kept_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The text judged against today's ledger as of the same day, and what has changed since it was kept."""
    run = _run(request, pk, Right.READ_DRAFTS)
    audit = audit_text(run.text, unit=run.unit, today=clock.today(), year=run.year, as_of=run.as_of)
    page = checked_page(request, unit=run.unit, audit=audit, name=run.name, own=False)
    then = [
        (word, run.counts.get(word, 0), now)
        for word, now in _both(run, counts_of(audit))
        if run.counts.get(word, 0) != now
    ]
    context = {"page": page, "run": run, "changes": changes(run.verdicts, audit), "then": then}
    return render(request, "report/kept_run.html", context)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk, Right.WRITE_DRAFTS)
    actions.discard(run=run, by=request.user, at=clock.now())
    messages.success(request, f"已删去留存的“{run.name}”和它的文字。")
    return redirect(f"{reverse('report:kept')}?unit={run.unit_id}")


def _run(request: HttpRequest, pk: int, right: Right) -> Run:
    run = run_of(pk)
    if run is None:
        raise NotYours("没有这份留存的核对。")
    require(request.user, run.unit_id, right, on=clock.today())
    place.stand_in(request, run.unit)
    return run


def _both(run: Run, now: dict[str, int]) -> list[tuple[str, int]]:
    return [(word, now.get(word, 0)) for word in dict.fromkeys((*run.counts, *now))]


def _number(given: QueryDict, field: str) -> int:
    value = str(given.get(field, ""))
    return int(value) if value.isdecimal() and len(value) <= 18 else 0
