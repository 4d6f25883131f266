"""邀请: a member's way to his own pages, given out by who keeps the roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.invitations.actions import invite, revoke
from youju.people.invitations.models import Invitation
from youju.people.invitations.queries import invitations_of
from youju.people.invitations.values import State
from youju.people.models import Member, Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.web.people.views import member_for
from youju.web.shared import clock, place
from youju.web.shared.qr import picture_of

MARKS = {State.OPEN: "dai", State.USED: "ok"}


@dataclass(frozen=True)
class Row:
    invitation: Invitation
    state: State
    tone: str

    @property
    def open(self) -> bool:
        return self.state is State.OPEN

    @property
    def ended_at(self) -> datetime | None:
        return self.invitation.used_at or self.invitation.revoked_at


@dataclass(frozen=True)
class InvitationsPage:
    unit: Unit
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class InvitationPage:
    """Shown once: the code is kept nowhere."""

    unit: Unit
    member: Member
    invitation: Invitation
    code: SafeString


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every invitation of the unit, latest first."""
    unit = place.unit_of(request, Right.WRITE_ROSTER)
    at = clock.now()
    rows = tuple(Row(row, row.state(at), MARKS.get(row.state(at), "")) for row in invitations_of(unit))
    return render(request, "people/invitations.html", {"page": InvitationsPage(unit, rows)})


@never_cache
@require_POST
def invite_member(request: HttpRequest, member_id: int) -> HttpResponse:
    """A new invitation, as a QR code to be scanned from this very page."""
    unit, member, _ = member_for(request, member_id, Right.WRITE_ROSTER)
    try:
        invitation, code = invite(member=member, unit=unit, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("people:member", member_id)
    address = request.build_absolute_uri(reverse("login_invited", args=[code]))
    page = InvitationPage(unit, member, invitation, picture_of(address, label="邀请二维码"))
    return render(request, "people/invitation.html", {"page": page})


@require_POST
def revoke_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """收回."""
    row = Invitation.objects.filter(pk=invitation_id).first()
    if row is None:
        raise NotYours("没有这个邀请。")
    place.stand_in(request, require(request.user, row.unit_id, Right.WRITE_ROSTER, on=clock.today()))
    try:
        revoke(invitation=row, by=request.user, at=clock.now())
        messages.success(request, "邀请已收回，那个二维码打不开了。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("people:invitations")
