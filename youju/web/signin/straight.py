"""我到了 goes straight to its view: a room full of people taps in the same minute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from csp.middleware import CSPMiddleware
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware

from youju.web.signin.phone import arrive, here, way_back

#: The address of ``signin:here``; a test holds it to what ``reverse`` says.
HERE = re.compile(r"/signin/at/([0-9]{1,18})/here/", re.ASCII)
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(rb"csrfmiddlewaretoken=([A-Za-z0-9]+)")  # all that the form of the button holds
MOST = 256  # bytes of it


class Straight:
    """A tap has no account, no session, no message and no page. It needs the site's names (ALLOWED_HOSTS), the check of its
    form, its cookie and one INSERT; so it is answered in front of Django's handler with Django's own request and check, past
    the middlewares, the signals and the search through all addresses.

    Whatever is not such a tap, or does not pass, or fails, goes the long way and is answered there: a tap does no harm twice.
    """

    def __init__(self, long_way: WSGIApplication) -> None:
        self._long_way = long_way
        self._check = _Check(_empty)
        self._heads = _heads()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        tap = HERE.fullmatch(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "POST" else None
        token = _token(environ) if tap else None
        back = self._arrive(WSGIRequest(environ), int(tap[1]), token) if tap and token else None
        if back is None:
            return self._long_way(environ, start_response)
        start_response("302 Found", [("Location", back), *self._heads])
        return [b""]

    def _arrive(self, request: WSGIRequest, session_id: int, token: str) -> str | None:
        """The address of the phone's page, when the tap has passed."""
        request.POST = {"csrfmiddlewaretoken": token}  # type: ignore[assignment]  # read already, and its only field
        try:
            request.get_host()  # raises DisallowedHost
            if self._check.process_view(request, here, (), {}) is not None:
                return None
            connection.close_if_unusable_or_obsolete()  # as before every page
            arrive(request, session_id)
        except (SuspiciousOperation, DatabaseError):
            return None
        return way_back(request)


class _Check(CsrfViewMiddleware):
    """Says why a form does not pass, and shows no page for it."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _token(environ: WSGIEnvironment) -> str | None:
    """What the button's form holds; None for any other form. It is kept, so that the long way can read it again."""
    length = environ.get("CONTENT_LENGTH", "")
    if environ.get("CONTENT_TYPE") != FORM or not length.isdecimal() or int(length) > MOST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    found = TOKEN.fullmatch(body)
    return found[1].decode() if found else None


def _empty(request: HttpRequest) -> HttpResponseBase:
    return HttpResponseRedirect("/")


def _heads() -> list[tuple[str, str]]:
    """What the answer bears, as those say it who put it there. They say the same each time, so they are asked once."""
    page: Callable[[HttpRequest], HttpResponseBase] = _empty
    for frame in (CSPMiddleware, SecurityMiddleware, XFrameOptionsMiddleware):
        page = frame(page)  # type: ignore[assignment]
    heads = {**page(HttpRequest()).headers, "Vary": "Cookie", "Content-Length": "0"}
    del heads["Location"]
    return list(heads.items())
