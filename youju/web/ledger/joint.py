"""联合活动 from the side of the unit that was asked: the head of the host's record, and its own people on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.activities.rules import RosterCount
from youju.records.joining.actions import MOST_REASON, MOST_WORDS, confirm, correct_part, decline, withdraw
from youju.records.joining.models import Invitation
from youju.records.joining.queries import asked_of, head_of, joins, kinds_of
from youju.records.joining.values import Head, State
from youju.web.ledger.forms import Typed
from youju.web.ledger.roster import Roster, roster_for, roster_of_part
from youju.web.shared import clock, looked, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.refusals import put_in

PAGE_SIZE = 30
SEEN_BY_HOST = "主办组织看得到，不写姓名和病情。"


class PartForm(Typed):
    """Roster and revision; the people stand beside it, as in 记一次."""

    roster = forms.CharField(label="到会名单", required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CorrectPartForm(PartForm):
    reason = forms.CharField(
        label="更正的原因",
        max_length=MOST_REASON,
        help_text=SEEN_BY_HOST,
        error_messages={"required": "请写明更正的原因。", "max_length": f"原因最多 {MOST_REASON} 字。"},
    )


class DeclineForm(forms.Form):
    word = forms.CharField(
        label="给主办组织的话",
        max_length=MOST_WORDS,
        required=False,
        help_text=SEEN_BY_HOST,
        error_messages={"max_length": f"最多 {MOST_WORDS} 字。"},
    )


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label="退出的原因",
        max_length=MOST_WORDS,
        help_text=SEEN_BY_HOST,
        error_messages={"required": "请写明退出的原因。", "max_length": f"原因最多 {MOST_WORDS} 字。"},
    )


@dataclass(frozen=True)
class Line:
    invitation: Invitation
    head: Head
    url: str

    @property
    def waits(self) -> bool:
        return self.invitation.state == State.ASKED


@dataclass(frozen=True)
class JointList:
    unit: Unit
    pages: Page[Invitation]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class JointPage:
    """One record that this unit was asked to join. ``roster`` and ``count`` are its own people's."""

    unit: Unit
    invitation: Invitation
    head: Head
    roster: Roster | None
    joined: bool
    revision: int | None  # as on the page of a record: None while nothing is written yet
    back: str

    @property
    def count(self) -> RosterCount | None:
        return self.roster.count if self.roster else None

    @property
    def waits(self) -> bool:
        return self.invitation.state == State.ASKED


@dataclass(frozen=True)
class AnswerPage:
    """Asks once more, and for a word, before a unit declines or leaves."""

    unit: Unit
    head: Head
    verb: str
    warning: str
    form: forms.Form
    back: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """联合活动: what this unit was asked to join, first what waits for its answer."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    pages = Paginator(asked_of(unit), PAGE_SIZE).get_page(request.GET.get("page", ""))
    page = JointList(unit, pages, tuple(Line(row, head_of(row.session), url_of(row)) for row in pages))
    return render(request, "ledger/joint_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The head, and the unit's own roster: to be confirmed, or corrected once it stands."""
    row = invitation_for(request, pk)
    session, kinds = row.session, kinds_of(row.session)
    joined = row.state == State.CONFIRMED and joins(session, row.unit)
    given = typed(request)
    form = (CorrectPartForm if joined else PartForm)(given)
    roster = None
    if joined:
        looked.note_part(request, session, row.unit)
        roster = roster_of_part(session, row.unit, kinds=kinds, typed=given)
    elif row.state == State.ASKED:
        roster = roster_for(host=row.unit, kinds=kinds, day=session.held_on, typed=given)
    seen = number_in(request.POST.get("revision"), otherwise=session.revision, most=10**9)
    if request.method == "POST" and roster is not None and _whole(form, roster):
        try:
            _write(request, row, roster, form.cleaned_data, seen=seen)
            return redirect(url_of(row))
        except Refusal as refusal:
            put_in(form, refusal)
            seen = session.revision  # having seen the sentence, a second save is meant
    elif request.method == "POST" and roster is None:
        messages.info(request, f"这份邀请已经有答复：{row.get_state_display()}。")
        return redirect(url_of(row))
    page = JointPage(
        row.unit, row, head_of(session), roster, joined, seen if joined else None, reverse("ledger:joint_index") + f"?unit={row.unit_id}"
    )  # fmt: skip
    context = {"page": page, "form": form, "revision": seen}
    return render(request, "ledger/joint.html", context, status=422 if form.errors else 200)


def _whole(form: PartForm, roster: Roster) -> bool:
    if form.is_valid() and form.cleaned_data["roster"] != roster.signature:
        form.add_error("roster", "名单换过了（名册、类型或日期变了），请看一遍再确认。")
    elif form.is_valid() and roster.unmarked:
        form.add_error("roster", f"还有 {roster.unmarked} 人没有标明。")
    return form.is_valid()


def _write(request: HttpRequest, row: Invitation, roster: Roster, data: dict[str, Any], *, seen: int) -> None:
    if "reason" in data:
        correct_part(
            invitation=row, revision=seen, roster=roster.entries(), reason=data["reason"], by=request.user, at=clock.now()
        )  # fmt: skip
        messages.success(request, "本组织的名单已更正。")
    else:
        confirm(invitation=row, revision=seen, roster=roster.entries(), by=request.user, at=clock.now())
        messages.success(request, f"已确认参加{row.session.unit.short_name}的活动，计入本组织。")


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """不参加, with a word if one likes."""
    row = invitation_for(request, pk)
    return _answer(
        request, row, DeclineForm(typed(request)), decline, "不参加", done="已答复不参加。",
        warning="答复以后，这场活动不计入本组织。没有答复的一直不计入。",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """退出 of a unit that has confirmed."""
    row = invitation_for(request, pk)
    return _answer(
        request, row, LeaveForm(typed(request)), withdraw, "退出这场活动", done="已退出，这场活动不再计入本组织。",
        warning="本组织的名单会从这条记录里移出，不再计入；原因和移出前的名单留痕。",
    )  # fmt: skip


def _answer(
    request: HttpRequest, row: Invitation, form: forms.Form, act: Callable[..., object], verb: str, *, done: str,
    warning: str,
) -> HttpResponse:  # fmt: skip
    """A page of one form whose fields are the words that ``act`` asks for."""
    if request.method == "POST" and form.is_valid():
        try:
            act(invitation=row, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, done)
            return redirect(url_of(row))
        except Refusal as refusal:
            put_in(form, refusal)
    page = AnswerPage(row.unit, head_of(row.session), verb, warning, form, url_of(row))
    return render(request, "ledger/joint_answer.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def invitation_for(request: HttpRequest, pk: int) -> Invitation:
    """The invitation, for who writes the ledger of the asked unit; to everybody else, the host too, there is none."""
    rows = Invitation.objects.standing().select_related("unit", "session__unit", "session__ledger")
    row = rows.prefetch_related("session__kind_rows").filter(pk=pk).first()
    if row is None:
        raise NotYours("没有这份邀请，或者它已经撤回。")
    place.stand_in(request, require(request.user, row.unit_id, Right.WRITE_RECORDS, on=clock.today()))
    return row


def url_of(row: Invitation) -> str:
    return reverse("ledger:joint", args=[row.pk])
