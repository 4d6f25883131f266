"""A meeting of today with sign-in turned on, and phones that come to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tests import make
from tests.cast import Cast, standing_cast
from youju.people.models import Member
from youju.records.activities.actions import plan_session
from youju.records.activities.values import PlanDraft
from youju.records.models import Session
from youju.records.signin.actions import choose, open_list
from youju.records.signin.rules import code_for
from youju.web.shared import clock

TODAY = date(2026, 11, 25)


@dataclass(frozen=True)
class Meeting:
    cast: Cast
    session: Session

    def url(self, page: str) -> str:
        return reverse(f"signin:{page}", args=[self.session.ledger_id, self.session.number])

    def at(self, page: str = "phone") -> str:
        return reverse(f"signin:{page}", args=[self.session.pk])


def meeting(
    cast: Cast | None = None, *, opened: bool = True, on: bool = True, hour: int = 23, minute: int = 59
) -> Meeting:
    """``YOUJU_TODAY`` must be TODAY. A meeting late in the evening is never begun while a test runs."""
    cast = cast or standing_cast(groups=2)
    choose(unit=cast.branch, on=on, late_after=0, by=None, at=make.START)
    draft = PlanDraft(("theme_day",), "仓储安全隐患随手查", make.moment(TODAY, hour, minute), "二楼会议室")
    session = plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))
    if opened:
        open_list(session=session, by=None, at=make.moment(TODAY, 0))
    return Meeting(cast, session)


def code_of(session: Session, at: datetime | None = None) -> str:
    """The code that the screen shows, made as a screen makes it and not by asking the page."""
    key = salted_hmac("youju.signin.code", "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return code_for(key, session.pk, at or clock.now())


class Phone(Client):
    """Sends a form as browsers send one that holds no file."""

    def post(self, path: str, data: Mapping[str, object] | None = None, **more: Any) -> Any:  # type: ignore[override]
        return super().post(path, urlencode(data or {}), content_type="application/x-www-form-urlencoded", **more)


def scanned(session: Session) -> Phone:
    """A phone that has just scanned the screen."""
    phone = Phone(enforce_csrf_checks=True)
    answer = phone.get(reverse("signin:scan", args=[code_of(session)]))
    assert answer.status_code == 302
    return phone


def press(phone: Phone, page: str, action: str, **data: object) -> object:
    """Opens a page and sends one of its forms, with the token the page has."""
    text = phone.get(page).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert token, text
    return phone.post(action, {"csrfmiddlewaretoken": token[1], **data})


def named(session: Session, person: Member) -> Phone:
    """A phone that has picked its name."""
    phone = scanned(session)
    page, action = (reverse(f"signin:{name}", args=[session.pk]) for name in ("phone", "pick"))
    press(phone, page, action, member=person.pk)
    return phone
