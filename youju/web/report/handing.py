"""Settling a draft: what is ignored, 定稿, its withdrawal, 报送; and what was handed in, read and audited above."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.audit.ignored.actions import ignore as ignore_finding
from youju.audit.ignored.actions import look_again
from youju.audit.ignored.models import IgnoredFinding
from youju.audit.ignored.values import Key
from youju.audit.queries import audit_text
from youju.kit.refusal import NotYours, Refusal
from youju.paper.reading import UnreadableFile, read_bytes
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.models import Submission
from youju.records.submissions.queries import submissions_in
from youju.reports.back import record_words
from youju.reports.drafts import actions
from youju.store.queries import read
from youju.web.report.alike import alike_page, can_compare
from youju.web.report.checked import checked_page
from youju.web.report.draft_forms import ReasonForm
from youju.web.report.draft_writing import number_of, told
from youju.web.report.drafting import draft_for
from youju.web.report.outgoing import download
from youju.web.report.views import DOCX
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in

CHECK_TAB = "?tab=check"


@require_POST
def ignore(request: HttpRequest, pk: int) -> HttpResponse:
    """忽略并写原因; the reason is what makes it possible."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    key = Key(request.POST.get("check", ""), request.POST.get("quote", ""))
    try:
        ignore_finding(
            unit=draft.unit, year=draft.year, key=key, reason=request.POST.get("reason", ""), by=request.user, at=clock.now()
        )  # fmt: skip
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(reverse("report:draft", args=[pk]) + CHECK_TAB)


@require_POST
def unignore(request: HttpRequest, pk: int, ignored_id: int) -> HttpResponse:
    """不再忽略."""
    draft = draft_for(request, pk, Right.WRITE_DRAFTS)
    row = IgnoredFinding.objects.filter(pk=ignored_id, unit=draft.unit, year=draft.year).first()
    if row:
        look_again(row=row, by=request.user, at=clock.now())
    return redirect(reverse("report:draft", args=[pk]) + CHECK_TAB)


@require_POST
def final(request: HttpRequest, pk: int) -> HttpResponse:
    """定稿 of the version that was read."""
    draft = draft_for(request, pk, Right.SIGN_OFF)
    base = number_of(request.POST.get("base", "")) or 0
    try:
        done = actions.finalise(draft=draft, base=base, by=request.user, at=clock.now())
    except Refusal as refusal:
        return told(request, refusal, pk)
    messages.success(request, f"已定稿，封存 {done.seal}。")
    return redirect("report:draft", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回定稿, with its reason."""
    draft = draft_for(request, pk, Right.SIGN_OFF)
    form = ReasonForm(typed(request))
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw_final(draft=draft, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            return redirect("report:draft", pk)
    return render(request, "report/withdraw.html", {"form": form, "draft": draft}, status=422 if form.errors else 200)


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """报送 to the unit above."""
    draft = draft_for(request, pk, Right.HAND_IN)
    try:
        row = actions.hand_in(draft=draft, by=request.user, at=clock.now())
    except Refusal as refusal:
        return told(request, refusal, pk)
    messages.success(request, f"已报送{row.to.name}，编号 {row.number}。")
    return redirect("report:handed", row.pk)


# -- what was handed in ------------------------------------------------------------------------------------------------


def handed_for(request: HttpRequest, pk: int) -> Submission:
    row = Submission.objects.filter(pk=pk).select_related("unit", "to", "file").first()
    if row is None:
        raise NotYours("没有这份报送。")
    require(request.user, row.unit_id, Right.READ_HANDED_IN, on=clock.today())
    return row


@require_safe
def handed_list(request: HttpRequest) -> HttpResponse:
    """报送的报告: the committee above sees those of its units, a branch its own."""
    unit = place.unit_of(request, Right.READ_HANDED_IN)
    reach = held(request).units_with(Right.READ_HANDED_IN)
    rows = [row for row in submissions_in(reach) if row.unit.path.startswith(unit.path)]
    return render(request, "report/handed_list.html", {"unit": unit, "rows": rows})


@require_safe
def handed(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it was handed in, audited against the ledger of its unit as of its own day; ``?tab=alike`` its passages
    that stand elsewhere too."""
    row = handed_for(request, pk)
    comparable = can_compare(request, apart=row.pk)
    if comparable and request.GET.get("tab") == "alike":
        everything = request.GET.get("all") == "1"
        alike = alike_page(
            request, unit=row.unit, text=row.text, name=row.title, submission=row.pk, everything=everything
        )
        return render(request, "report/handed_alike.html", {"page": alike, "row": row, "comparable": True})
    audit = audit_text(row.text, unit=row.unit, today=clock.today(), year=row.year, told=_told_in(row))
    page = checked_page(request, unit=row.unit, audit=audit, name=row.title, own=False)
    return render(request, "report/handed.html", {"page": page, "row": row, "comparable": comparable})


def _told_in(row: Submission) -> tuple[tuple[int, int], ...]:
    """Places of the text that are a record's own words: the file's tags say so, and they claim nothing above either."""
    try:
        document = read_bytes(read(row.file), "报送.docx")
    except UnreadableFile:
        return ()
    return record_words(document) if document.text.startswith(row.text.rstrip()) else ()


@require_safe
def handed_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was handed over, byte by byte."""
    row = handed_for(request, pk)
    return download(read(row.file), DOCX, f"{row.unit.name}{row.year}年述职报告.docx")
