"""请哪些组织参加: the search in 记一次 and on a record's page. Names of units only, and only those that may be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED, Status
from youju.records.joining.actions import MOST_ASKED, ask_all, recall
from youju.records.joining.models import Invitation
from youju.records.joining.queries import MOST_FOUND, invitable, invitations_of, named
from youju.records.joining.values import State
from youju.web.ledger.pages import Asking, url_of
from youju.web.ledger.views import session_for
from youju.web.shared import clock


def asking_in(request: HttpRequest, *, host: Unit, day: date) -> Asking:
    """The search inside 记一次: who is ticked stays ticked while one looks for more."""
    typed = request.POST if request.method == "POST" else request.GET
    words = str(typed.get("ask_words", "")).strip()
    units = invitable(host, day)
    chosen = list(units.filter(pk__in=_ids(typed.getlist("ask")))) if typed.getlist("ask") else []
    return _found(words, chosen, [unit for unit in named(words, units) if unit not in chosen])


def _found(words: str, chosen: Iterable[Unit], found: list[Unit]) -> Asking:
    return Asking(words=words, chosen=tuple(chosen), found=tuple(found), more=len(found) == MOST_FOUND)


def _ids(given: Iterable[str]) -> list[int]:
    """The ids that were ticked, and one more than may be, to be refused; what is no id is nobody's."""
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) <= 18][: MOST_ASKED + 1]


@dataclass(frozen=True)
class JoiningPage:
    """Who was asked to join one record, and the search for more."""

    unit: Unit
    session: Session
    asking: Asking
    asked: tuple[Invitation, ...]
    fault: str
    back: str


@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """邀请参加: found by ``?words=``, asked by POST."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    if session.status not in HAPPENED:
        messages.info(request, f"“{Status(session.status).zh}”的场次不能邀请其他组织参加。")
        return redirect(url_of(session))
    fault = ""
    if request.method == "POST":
        try:
            names = _ask(request, session)
            messages.success(request, f"已邀请{names}。对方确认后，他们的人才计入。")
            return redirect(url_of(session))
        except Refusal as refusal:
            fault = refusal.sentence
    words, asked = str(request.GET.get("words", "")).strip(), invitations_of(session)
    there = {unit.pk for unit in session.joining.all()} | {row.unit_id for row in asked if row.state == State.ASKED}
    units = invitable(session.unit, session.held_on).exclude(pk__in=there)
    page = JoiningPage(
        session.ledger, session, _found(words, (), named(words, units)), tuple(asked), fault, url_of(session)
    )
    return render(request, "ledger/joining.html", {"page": page}, status=422 if fault else 200)


def _ask(request: HttpRequest, session: Session) -> str:
    """Asks all that were ticked, and says their names."""
    chosen = _ids(request.POST.getlist("ask"))
    if not chosen:
        raise Refusal("joining", "请先找到并勾选要邀请的组织。")
    rows = ask_all(session=session, asked=chosen, by=request.user, at=clock.now())
    return "、".join(row.unit.short_name for row in rows)


@require_POST
def take_back(request: HttpRequest, ledger_id: int, number: str, invitation_id: int) -> HttpResponse:
    """撤回邀请."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    row = session.invitations.filter(pk=invitation_id).first()
    if row is None:
        raise NotYours("没有这份邀请。")
    try:
        recall(invitation=row, by=request.user, at=clock.now())
        messages.success(request, "邀请已撤回。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(reverse("ledger:joining", args=[ledger_id, number]))
