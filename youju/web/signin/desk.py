"""The clerk's side: the switch, the sessions to come, one session's list, its screen and its end."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import find
from youju.records.activities.values import Status
from youju.records.leave.queries import leave_of
from youju.records.signin.actions import choose, close_and_record, close_list, open_list
from youju.records.signin.queries import choice_of, people_of, sheet_of, signatures
from youju.records.signin.rules import code_for
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.qr import picture_of
from youju.web.shared.refusals import put_in
from youju.web.signin.forms import ChoiceForm
from youju.web.signin.pages import Coming, IndexPage, ListPage, ScreenPage, SettingsPage, list_page

MOST_COMING = 12
HERE = ("localhost", "127.", "[::1]")


def code_key() -> bytes:
    """The key of the codes: made from the folder's own, for this use alone."""
    return salted_hmac("youju.signin.code", "", secret=settings.SECRET_KEY, algorithm="sha256").digest()


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Sessions to come, those of today first."""
    unit = place.unit_of(request, Right.WRITE_RECORDS)
    today = clock.today()
    rows = Session.objects.filter(ledger=unit, status=Status.PLANNED, held_on__gte=today).prefetch_related("kind_rows")
    sessions = tuple(
        Coming(row, row.held_on == today, sheet_of(row)) for row in rows.order_by("starts_at")[:MOST_COMING]
    )
    page = IndexPage(unit, choice_of(unit), sessions)
    return render(request, "signin/index.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """开通 or 停用."""
    unit = place.unit_of(request, Right.WRITE_RECORDS)
    choice = choice_of(unit)
    form = ChoiceForm(typed(request), initial={"on": choice.on, "late_after": choice.late_after})
    if request.method == "POST" and form.is_valid():
        try:
            choose(unit=unit, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, "手机签到已开通。" if form.cleaned_data["on"] else "手机签到已停用。")
            return redirect("signin:index")
        except Refusal as refusal:
            put_in(form, refusal)
    page = SettingsPage(unit, form)
    return render(request, "signin/settings.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def session_for(request: HttpRequest, ledger_id: int, number: str) -> Session:
    """The planned session of a ledger the reader writes; to anybody else there is none."""
    ledger = require(request.user, ledger_id, Right.WRITE_RECORDS, on=clock.today())
    session = find(ledger, number)
    if session is None:
        raise NotYours("没有这场会，或者它已经删除。")
    place.stand_in(request, ledger)
    return session


def _list(session: Session) -> ListPage:
    sheet, people = sheet_of(session), {person.member_id for person in people_of(session)}
    return list_page(
        session=session, sheet=sheet, choice=choice_of(session.unit), signed=signatures(sheet) if sheet else (),
        expected=len(people), leave=people & leave_of(session).keys(), at=clock.now(), today=session.held_on == clock.today(),
    )  # fmt: skip


@require_safe
def session(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    found = session_for(request, ledger_id, number)
    if found.status != Status.PLANNED:
        return redirect(_record(found))
    return render(request, "signin/desk.html", {"page": _list(found)})


@require_POST
def open_page(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """开签到."""
    found = session_for(request, ledger_id, number)
    try:
        open_list(session=found, by=request.user, at=clock.now())
        messages.success(request, "签到已开始。把下面的页面投到屏幕上，大家扫码即可。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("signin:desk", ledger_id, number)


@never_cache
@require_safe
def screen(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """投屏: asks again by itself every few seconds, with a script or without."""
    found = session_for(request, ledger_id, number)
    shown = _list(found)
    if shown.sheet is None:
        return redirect("signin:desk", ledger_id, number)
    address = request.build_absolute_uri("/").rstrip("/")
    code = address + reverse("signin:scan", args=[code_for(code_key(), found.pk, clock.now())])
    page = ScreenPage(
        list=shown, code=picture_of(code, label="签到二维码") if shown.sheet.open else SafeString(""), address=address,
        here_only=request.get_host().startswith(HERE),
    )  # fmt: skip
    return render(request, "signin/screen.html", {"page": page})


@require_POST
def end(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """结束签到: on to the form where the rest are marked, or all recorded at once when the clerk says who did not come."""
    found = session_for(request, ledger_id, number)
    try:
        if request.POST.get("rest") == "absent":
            close_and_record(session=found, by=request.user, at=clock.now())
            messages.success(request, f"签到已结束，{found.number} 已记下。")
            return redirect(_record(found))
        close_list(session=found, by=request.user, at=clock.now())
        messages.success(request, "签到已结束。签到的人已经记好，请标明其余的人。")
        return redirect(_record(found, "hold"))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("signin:desk", ledger_id, number)


def _record(session: Session, page: str = "record") -> str:
    return reverse(f"ledger:{page}", args=[session.ledger_id, session.number])
