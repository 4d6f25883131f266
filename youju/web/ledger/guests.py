"""清除来宾姓名: a guest asks that his name be taken out; that somebody was there stays."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.actions import erase_guest
from youju.records.activities.guest_words import say_guest
from youju.records.activities.models import Session
from youju.web.ledger.pages import url_of
from youju.web.ledger.views import session_for
from youju.web.shared import clock


@dataclass(frozen=True)
class ErasePage:
    unit: Unit
    session: Session
    said: str
    kind: str
    back: str


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, ledger_id: int, number: str, guest_id: int) -> HttpResponse:
    """Asked once more before it is done: an erased name cannot be brought back."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    guest = session.guests.filter(pk=guest_id).first()
    if guest is None:
        raise NotYours("没有这位来宾，或者记录刚刚改过。")
    if request.method == "POST":
        try:
            erase_guest(guest=guest, by=request.user, at=clock.now())
            messages.success(request, "姓名和单位已清除，人数保留。")
        except Refusal as refusal:
            messages.info(request, refusal.sentence)
        return redirect(url_of(session))
    page = ErasePage(session.ledger, session, say_guest(guest), guest.get_kind_display(), url_of(session))
    return render(request, "ledger/guest_erase.html", {"page": page})
