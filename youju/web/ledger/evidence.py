"""Small pictures of evidence, and taking back what was attached by mistake."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.roles.rules import Right
from youju.records.activities.actions import withdraw_evidence
from youju.store.actions import preview
from youju.web.ledger.forms import ReasonForm
from youju.web.ledger.pages import ReasonPage, url_of
from youju.web.ledger.views import session_for
from youju.web.shared import clock
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in


@require_safe
def small(request: HttpRequest, ledger_id: int, number: str, evidence_id: int) -> FileResponse:
    """The preview of one picture. It was drawn here from bare pixels, so the browser may show it in its place."""
    session = session_for(request, ledger_id, number, Right.READ_RECORDS)
    row = session.evidence.filter(pk=evidence_id).select_related("file").first()
    path = preview(row=row.file) if row else None
    if path is None:
        raise NotYours("没有这份佐证，或者它已按规定清除。")
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ledger_id: int, number: str, evidence_id: int) -> HttpResponse:
    """撤回佐证, with its reason."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    row = session.evidence.filter(pk=evidence_id).first()
    if row is None:
        raise NotYours("没有这份佐证，或者它已经撤回。")
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_evidence(evidence=row, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
            messages.success(request, "佐证已撤回，原因已留痕。")
            return redirect(url_of(session))
        except Refusal as refusal:
            put_in(form, refusal)
    name = f"“{row.caption}”" if row.caption else "这份佐证"
    warning = f"撤回后这条记录不再显示{name}；谁在什么时候为什么撤回，留在修改痕迹里。"
    page = ReasonPage(session.ledger, session, "撤回佐证", warning, form, url_of(session))
    return render(request, "ledger/reason.html", {"page": page, "form": form}, status=422 if form.errors else 200)
