"""要开的会 on 我的: the sessions the reader is expected at, and asking for leave from one of them until it begins."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.values import LeaveCategory
from youju.records.leave.actions import ask_leave, withdraw_own
from youju.records.leave.queries import Coming, coming_for
from youju.web.me.pages import me_page
from youju.web.shared import clock
from youju.web.shared.refusals import put_in


class LeaveForm(forms.Form):
    """A category from the list. There is nowhere to write a reason."""

    category = forms.ChoiceField(
        label="请假类别",
        choices=[("", "请选类别"), *((c.value, c.zh) for c in LeaveCategory)],
        error_messages={"required": "请选请假类别。", "invalid_choice": "请选请假类别。"},
    )


@dataclass(frozen=True)
class ComingRow:
    """One session to come. ``form`` is None once it has begun."""

    coming: Coming
    heading: str
    form: LeaveForm | None


@dataclass(frozen=True)
class ComingCard:
    rows: tuple[ComingRow, ...]

    @property
    def forms(self) -> list[LeaveForm]:
        """Those that came back with a fault."""
        return [row.form for row in self.rows if row.form is not None and row.form.errors]


def coming_card(member: Member | None, *, sent: dict[int, LeaveForm] | None = None) -> ComingCard:
    """What the reader is expected at from today on; ``sent`` holds the form that came back with its fault."""
    if member is None:
        return ComingCard(())
    rows = coming_for(member, at=clock.now(), on=clock.today())
    return ComingCard(tuple(_row(coming, (sent or {}).get(coming.session.pk)) for coming in rows))


def _row(coming: Coming, sent: LeaveForm | None) -> ComingRow:
    session = coming.session
    kinds = "、".join(KINDS[row.kind].zh for row in session.kind_rows.all())
    form = None if coming.began else sent or _form(session.pk)
    return ComingRow(coming, session.title if kinds in session.title else f"{kinds}：{session.title}", form)


def _form(session_id: int, data: object = None) -> LeaveForm:
    return LeaveForm(data, auto_id=f"id_{session_id}_%s")  # type: ignore[arg-type]


def _own(request: HttpRequest, session_id: int) -> tuple[Member, Session]:
    member = Member.objects.filter(user=request.user.pk or 0).first()
    session = Session.objects.filter(pk=session_id).first()
    if member is None or session is None:
        raise NotYours("没有这场会，或者名单里没有您。")
    return member, session


@require_POST
def ask(request: HttpRequest, session_id: int) -> HttpResponse:
    """请假."""
    member, session = _own(request, session_id)
    form = _form(session_id, request.POST)
    if form.is_valid():
        category = form.cleaned_data["category"]
        try:
            ask_leave(session=session, member=member, category=category, by=request.user, at=clock.now())
            messages.success(request, f"已请假：{chinese_date(session.held_on)}“{session.title}”。开始前都可以撤回。")
            return redirect("me:index")
        except Refusal as refusal:
            put_in(form, refusal)
    card = coming_card(member, sent={session_id: form})
    if card.forms:
        return render(request, "me/me.html", {"page": me_page(member), "coming": card}, status=422)
    for sentences in form.errors.values():  # it has begun or was called off: no field is there to stand beside
        messages.warning(request, str(sentences[0]))
    return redirect("me:index")


@require_POST
def withdraw(request: HttpRequest, session_id: int) -> HttpResponse:
    """撤回请假."""
    member, session = _own(request, session_id)
    try:
        withdraw_own(session=session, member=member, by=request.user, at=clock.now())
        messages.success(request, "请假已撤回，请准时参加。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("me:index")
