"""What a phone carries: that it stood before the screen, and whose it is.

Two signed cookies of this job alone. The first lets it pick a name or stand in for somebody, for some minutes; the second
signs one member in to one session, as long as the scan is fresh, and reads nothing. No other page looks at either.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

#: How long a scan admits: long enough to find one's name, too short to sign from home.
FRESH = 15 * 60
YEAR = 365 * 24 * 3600
PATH = "/signin/"
SCAN, NAME = "signin_scan", "signin_name"


@dataclass(frozen=True)
class Scan:
    """A phone that scanned the screen of a session at a moment."""

    session_id: int
    device: str
    moment: int

    def fresh(self, session_id: int, at: datetime) -> bool:
        """Whether it still admits to this session."""
        return self.session_id == session_id and 0 <= int(at.timestamp()) - self.moment <= FRESH


@dataclass(frozen=True)
class Name:
    """The name picked on a phone, with the scan it was picked after."""

    member_id: int
    scan: Scan


def scan_of(request: HttpRequest) -> Scan | None:
    parts = _read(request, SCAN, 3)
    return Scan(int(parts[0]), parts[1], int(parts[2])) if parts else None


def name_of(request: HttpRequest) -> Name | None:
    parts = _read(request, NAME, 4)
    return Name(int(parts[0]), Scan(int(parts[1]), parts[2], int(parts[3]))) if parts else None


def new_device() -> str:
    """A phone's own number: random, and nothing of the phone in it."""
    return secrets.token_hex(8)


def keep_scan(response: HttpResponse, scan: Scan) -> None:
    _write(response, SCAN, f"{scan.session_id}.{scan.device}.{scan.moment}", FRESH)


def keep_name(response: HttpResponse, name: Name) -> None:
    """Kept for a year, so that the next meeting begins with the name; by itself it signs in to this session only."""
    scan = name.scan
    _write(response, NAME, f"{name.member_id}.{scan.session_id}.{scan.device}.{scan.moment}", YEAR)


def drop_name(response: HttpResponse) -> None:
    response.delete_cookie(NAME, path=PATH, samesite="Lax")


def _write(response: HttpResponse, cookie: str, value: str, age: int) -> None:
    response.set_cookie(
        cookie, Signer(salt=cookie).sign(value), max_age=age, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _read(request: HttpRequest, cookie: str, parts: int) -> list[str] | None:
    """What we wrote into the cookie; None for anything else. Signed with the cookie's name: one does not pass for the other."""
    try:
        value = Signer(salt=cookie).unsign(request.COOKIES.get(cookie, ""))
    except BadSignature:
        return None
    found = value.split(".")
    return found if len(found) == parts else None
