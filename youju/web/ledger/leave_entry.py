"""代记请假 and its withdrawal, from the page of a planned session."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from youju.kit.refusal import Refusal
from youju.people.models import Member
from youju.people.roles.rules import Right
from youju.records.activities.values import Status
from youju.records.leave.actions import enter_leave, withdraw_entered
from youju.web.ledger.forms import EvidenceForm
from youju.web.ledger.leave import enter_form, leave_card
from youju.web.ledger.pages import record_page, url_of
from youju.web.ledger.views import session_for
from youju.web.shared import clock, looked
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in


@require_POST
def enter(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """代记请假."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    form = enter_form(session, request.POST)
    if form.is_valid():
        member = Member.objects.get(pk=form.cleaned_data["member"])
        try:
            category = form.cleaned_data["category"]
            enter_leave(session=session, member=member, category=category, by=request.user, at=clock.now())
            messages.success(request, f"{member.name}的请假已记下，记这一场时会带出来。")
            return redirect(url_of(session))
        except Refusal as refusal:
            put_in(form, refusal)
    if session.status != Status.PLANNED:
        messages.warning(request, f"{session.number} 已经是“{Status(session.status).zh}”，不能再请假。")
        return redirect(url_of(session))
    rights = held(request).rights_in(session.ledger)
    looked.note_asked(request, session)
    page = record_page(session=session, rights=rights, upload=EvidenceForm(), on=clock.today())
    leave = leave_card(session, rights, sent=form)
    return render(request, "ledger/record.html", {"page": page, "form": page.upload, "leave": leave}, status=422)


@require_POST
def withdraw(request: HttpRequest, ledger_id: int, number: str, member_id: int) -> HttpResponse:
    """撤回 one's leave: he comes after all, or it was written down for the wrong one."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    try:
        withdraw_entered(session=session, member_id=member_id, by=request.user, at=clock.now())
        messages.success(request, "请假已撤回。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(url_of(session))
