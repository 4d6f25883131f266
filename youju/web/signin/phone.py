"""What a phone sees: the scan, one's name, 我到了, and 代签. Open to everybody, since only a scan lets anyone do anything."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.journal.queries import own_slip
from youju.kit.refusal import Refusal
from youju.records.activities.models import Session
from youju.records.activities.values import Attendance, Status
from youju.records.signin.actions import sign_in, sign_in_other
from youju.records.signin.queries import people_of, person_of, sheet_at, signature_of
from youju.records.signin.rules import attendance_at, session_in
from youju.records.signin.values import Person, Sheet
from youju.web.shared import clock
from youju.web.signin.carried import Name, Scan, drop_name, keep_name, keep_scan, name_of, new_device, scan_of
from youju.web.signin.desk import code_key
from youju.web.signin.pages import PhonePage, picker_of

STATUS = {"scan": 403, "expired": 410}


@login_not_required
@never_cache
@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR code: this phone stands before the screen."""
    at = clock.now()
    session_id = session_in(code_key(), code, at)
    found = sheet_at(session_id) if session_id is not None else None
    if found is None:
        return _show(request, PhonePage("expired"))
    session, sheet = found
    if not _is_on(session, sheet):
        return _show(request, PhonePage("closed", session=session))
    name, before = name_of(request), scan_of(request)
    device = name.scan.device if name else before.device if before else new_device()
    fresh = Scan(session.pk, device, int(at.timestamp()))
    response = _to_page(session.pk)
    keep_scan(response, fresh)
    if name and person_of(session, name.member_id):
        keep_name(response, Name(name.member_id, fresh))
    return response


@login_not_required
@never_cache
@require_safe
def page(request: HttpRequest, session_id: int) -> HttpResponse:
    name, carried = name_of(request), scan_of(request)
    at = clock.now()
    scanned = carried is not None and carried.fresh(session_id, at)
    named = name is not None and name.scan.session_id == session_id
    found = sheet_at(session_id) if scanned or named else None
    if found is None:
        return _show(request, PhonePage("scan"))
    session, sheet = found
    person = person_of(session, name.member_id) if name and named else None
    signature = signature_of(sheet, person) if person else None
    late = attendance_at(sheet, at) is Attendance.LATE
    state, picker = "ready", None
    if signature:
        state = "done"
    elif not _is_on(session, sheet):
        state = "closed"
    elif person is None or name is None:
        if not scanned:
            return _show(request, PhonePage("scan"))
        state = "pick"
        group, family = request.GET.get("group", ""), request.GET.get("family", "")
        picker = picker_of(people_of(session), group=group, family=family)
    elif own_slip(session_id, name.scan.device):
        state = "taken"
    elif not name.scan.fresh(session_id, at):
        state = "stale"
    return _show(request, PhonePage(state, session, sheet, person, signature, picker, late, may_pick=scanned))


@login_not_required
@require_POST
def pick(request: HttpRequest, session_id: int) -> HttpResponse:
    """This is me; or, without a member, 不是我."""
    carried = scan_of(request)
    response = _to_page(session_id)
    if carried is None or not carried.fresh(session_id, clock.now()):
        return response
    if not request.POST.get("member"):
        drop_name(response)
        return response
    person = _named(request, session_id)
    if person:
        keep_name(response, Name(person.member_id, carried))
    return response


@login_not_required
@require_POST
def here(request: HttpRequest, session_id: int) -> HttpResponse:
    """我到了, the long way; most taps go straight (straight.py) and are answered alike."""
    arrive(request, session_id)
    return HttpResponseRedirect(way_back(request))


def way_back(request: HttpRequest) -> str:
    """From the button's address to its page's."""
    return request.path.removesuffix("here/")


def arrive(request: HttpRequest, session_id: int) -> None:
    """Everything that admits is in the signed cookie, so all there is to do is one INSERT; tapping again is harmless.

    A tap comes here straight: no account, session or message can be asked for.
    """
    name, at = name_of(request), clock.now()
    if name and name.scan.fresh(session_id, at):
        sign_in(session_id=session_id, member_id=name.member_id, device=name.scan.device, at=at)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def other(request: HttpRequest, session_id: int) -> HttpResponse:
    """代签 for somebody whose phone is not with him; a fresh scan is needed, three a phone, and each is marked."""
    carried, at = scan_of(request), clock.now()
    found = sheet_at(session_id) if carried and carried.fresh(session_id, at) else None
    if carried is None or found is None:
        return _show(request, PhonePage("scan"))
    session, sheet = found
    if not _is_on(session, sheet):
        return _show(request, PhonePage("closed", session=session, sheet=sheet))
    if request.method == "POST":
        return _sign_other(request, session_id, carried)
    group, family = request.GET.get("group", ""), request.GET.get("family", "")
    picker = picker_of(people_of(session), group=group, family=family)
    return _show(request, PhonePage("other", session=session, sheet=sheet, picker=picker, may_pick=True))


def _sign_other(request: HttpRequest, session_id: int, carried: Scan) -> HttpResponse:
    person = _named(request, session_id)
    if person:
        try:
            fresh = sign_in_other(
                session_id=session_id, member_id=person.member_id, device=carried.device, at=clock.now()
            )
            messages.success(request, f"已为{person.name}代签。" if fresh else f"{person.name}已经签到，不用再签。")
        except Refusal as refusal:
            messages.warning(request, refusal.sentence)
    return _to_page(session_id)


def _named(request: HttpRequest, session_id: int) -> Person | None:
    """The person whose button was pressed, if he may sign in to this session."""
    given = request.POST.get("member", "")
    found = sheet_at(session_id) if given.isdecimal() and len(given) < 19 else None
    return person_of(found[0], int(given)) if found else None


def _is_on(session: Session, sheet: Sheet) -> bool:
    return sheet.open and session.status == Status.PLANNED and session.held_on == clock.today()


def _to_page(session_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("signin:phone", args=[session_id]))


def _show(request: HttpRequest, shown: PhonePage) -> HttpResponse:
    return render(request, "signin/phone.html", {"page": shown}, status=STATUS.get(shown.state, 200))
