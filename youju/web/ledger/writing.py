"""Pages on which the ledger is written: 记一次, from a plan, 更正, 排期."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.people.units.queries import ledger_unit
from youju.records.activities.actions import correct_activity, plan_session
from youju.records.activities.models import Session
from youju.records.activities.values import Status
from youju.records.joining.actions import record_and_ask
from youju.records.signin.queries import sheet_of
from youju.records.visits.actions import CHANGED
from youju.records.visits.queries import revision_of
from youju.web.ledger.answering import answer_due, due_named
from youju.web.ledger.asking import asking_in
from youju.web.ledger.campaign_choice import write_campaigns
from youju.web.ledger.centre_group import flag_centre_group
from youju.web.ledger.entry import (
    Entry,
    correct_entry,
    day_in,
    kinds_in,
    new_entry,
    plan_draft,
    plan_entry,
    refuse,
)
from youju.web.ledger.first_item import FirstItem, first_item_in, take_over, with_agenda, with_first
from youju.web.ledger.pages import Asking, EntryPage, PlanPage, url_of
from youju.web.ledger.reaching import reached_words, write_reached
from youju.web.ledger.views import session_for
from youju.web.shared import clock, looked, place

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def _desk(request: HttpRequest) -> tuple[Unit, Unit]:
    """(the unit whose ledger is written, the unit that hosts): ``?unit=`` may name a group."""
    host = place.unit_of(request, Right.WRITE_RECORDS)
    return place.stand_in(request, ledger_unit(host)), host


def _show(request: HttpRequest, entry: Entry, **page: object) -> HttpResponse:
    shown = EntryPage(unit=entry.ledger, entry=entry, **page)  # type: ignore[arg-type]
    response = render(
        request, "ledger/entry.html", {"page": shown, "form": entry.form}, status=422 if entry.faults else 200
    )
    if request.POST.get("redo") == "roster" and request.POST.get("roster") == entry.roster.signature:
        response["HX-Reswap"] = "none"  # the same people: marks made while this was on its way stay
    return response


def _first(request: HttpRequest, entry: Entry, planned: Session | None = None) -> FirstItem:
    kinds = kinds_in(entry.form["kinds"].value() or [])
    return first_item_in(request, ledger=entry.ledger, kinds=kinds, day=entry.day, planned=planned)


def _asked(entry: Entry, asking: Asking) -> tuple[int, ...]:
    """Who is asked with the record. Of a talk nobody else hears."""
    return () if entry.only_talk else tuple(unit.pk for unit in asking.chosen)


def _write_beside(request: HttpRequest, session: Session, entry: Entry, *, reached: int = 0) -> None:
    """走到了谁那里, of which the editor saw the revision ``reached``, and 专项活动, in the transaction of the record.

    Raises Refusal.
    """
    words = entry.form.cleaned_data["reached"]
    write_reached(session, words, revision=reached, by=request.user, at=clock.now())
    write_campaigns(session, entry.campaigns, by=request.user, at=clock.now())


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """记一次. ``?kinds=&on=&unit=&title=&for_year=&topic=&form=&text=&first_topic=`` say where the form starts, ``due`` which due
    the record answers."""
    ledger, host = _desk(request)
    entry = new_entry(request, ledger=ledger, host=host)
    due = due_named(request, ledger)
    asking, first = asking_in(request, host=ledger, day=entry.day), _first(request, entry)
    page = {
        "heading": "记一次", "verb": "保存", "back": reverse("ledger:index"), "session": None, "due": due, "asking": asking,
        "first": first,
    }  # fmt: skip
    if request.method != "POST" or "redo" in request.POST:
        return _show(request, entry.hush() if request.method == "POST" else entry, **page)
    if entry.is_valid():
        try:
            with transaction.atomic():
                take_over(ledger, first, by=request.user, at=clock.now())
                session = record_and_ask(
                    unit=entry.form.host_unit, draft=with_first(entry.draft(), first), asked=_asked(entry, asking), by=request.user, at=clock.now(),
                    form_key=entry.form.cleaned_data["form_key"] or None,
                )  # fmt: skip
                _write_beside(request, session, entry)
            messages.success(request, f"已记下，编号 {session.number}。")
            flag_centre_group(request, session)
            answer_due(request, due, session)
            return redirect(url_of(session))
        except Refusal as refusal:
            entry.refuse(refusal)
    return _show(request, entry, **page)


@reads_and_posts
def hold(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """记一次 of a planned session: it keeps its number."""
    planned = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    if planned.status != Status.PLANNED:
        messages.info(request, f"{planned.number} 已经是“{Status(planned.status).zh}”。")
        return redirect(url_of(planned))
    sheet = sheet_of(planned)
    if sheet and sheet.open:
        messages.info(request, "正在签到。先结束签到，再记这一场。")
        return redirect("signin:desk", ledger_id, number)
    looked.note_asked(request, planned)
    entry = new_entry(request, ledger=planned.ledger, host=planned.unit, planned=planned)
    asking, first = asking_in(request, host=planned.ledger, day=entry.day), _first(request, entry, planned)
    page = {
        "heading": f"记一次：{planned.title}", "verb": "保存", "back": url_of(planned), "session": planned, "asking": asking,
        "first": first,
    }  # fmt: skip
    if request.method != "POST" or "redo" in request.POST:
        return _show(request, entry.hush() if request.method == "POST" else entry, **page)
    if entry.is_valid():
        try:
            with transaction.atomic():
                take_over(planned.ledger, first, by=request.user, at=clock.now())
                session = record_and_ask(
                    unit=planned.unit, draft=with_first(entry.draft(), first), asked=_asked(entry, asking), by=request.user, at=clock.now(),
                    planned=planned, form_key=entry.form.cleaned_data["form_key"] or None,
                )  # fmt: skip
                _write_beside(request, session, entry)
            messages.success(request, f"已记下，编号 {session.number}。")
            flag_centre_group(request, session)
            return redirect(url_of(session))
        except Refusal as refusal:
            entry.refuse(refusal)
    return _show(request, entry, **page)


@reads_and_posts
def correct(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """更正, with its reason. Who was slower keeps what he typed and sees that somebody else has changed the record."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    if session.status not in (Status.HELD, Status.FILED):
        messages.info(request, f"“{Status(session.status).zh}”的场次不能更正。")
        return redirect(url_of(session))
    looked.note_leave(request, session)
    entry = correct_entry(request, session=session, kinds=tuple(row.kind for row in session.kind_rows.all()))
    page: dict[str, Any] = {
        "heading": f"更正 {session.number}", "verb": "保存更正", "back": url_of(session), "session": session,
        "revision": request.POST.get("revision", session.revision),
        "reached_revision": request.POST.get("reached_revision", revision_of(session)),
    }  # fmt: skip
    if request.method != "POST" or "redo" in request.POST:
        return _show(request, entry.hush() if request.method == "POST" else entry, **page)
    if entry.is_valid():
        data = entry.form.cleaned_data
        try:
            joining = tuple(unit.pk for unit in session.joining.all())
            with transaction.atomic():
                now = correct_activity(
                    session=session, draft=entry.draft(joining=joining), revision=data["revision"], reason=data["reason"],
                    by=request.user, at=clock.now(),
                )  # fmt: skip
                _write_beside(request, now, entry, reached=data["reached_revision"])
            messages.success(request, f"{session.number} 已更正。")
            flag_centre_group(request, session)
            return redirect(url_of(session))
        except Refusal as refusal:
            entry.refuse(refusal)
            if not refusal.field:
                page["revision"] = session.revision  # having seen the sentence, a second save is meant
            if refusal.sentence == CHANGED:
                page |= {"reached_revision": revision_of(session), "reached_now": reached_words(session).splitlines()}
    return _show(request, entry, **page)


@reads_and_posts
def plan(request: HttpRequest) -> HttpResponse:
    """排期. ``?kinds=&on=`` say where the form starts."""
    ledger, _ = _desk(request)
    form, lines = plan_entry(request, ledger=ledger)
    kinds, day = kinds_in(form["kinds"].value() or []), day_in(str(form["on"].value() or ""), clock.today())
    first = first_item_in(request, ledger=ledger, kinds=kinds, day=day)
    page = PlanPage(unit=ledger, form=form, lines=lines, first=first)
    if request.method == "POST" and "redo" in request.POST:
        form.hush()
        for line in lines:
            line.hush()
    elif request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        try:
            draft = plan_draft(form, lines)
            with transaction.atomic():
                take_over(ledger, first, by=request.user, at=clock.now())
                session: Session = plan_session(
                    unit=form.host_unit, draft=replace(draft, agenda=with_agenda(draft.agenda, first)), by=request.user,
                    at=clock.now(), form_key=form.cleaned_data["form_key"] or None,
                )  # fmt: skip
            messages.success(request, f"已排期，编号 {session.number}。")
            return redirect(url_of(session))
        except Refusal as refusal:
            refuse(form, refusal)
    return render(request, "ledger/plan.html", {"page": page, "form": form}, status=422 if page.faults else 200)
