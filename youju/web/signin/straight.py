"""我到了 goes straight to its view: a room full of people taps in the same minute."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from youju.web.signin.phone import here

#: The address of ``signin:here``; a test holds it to what ``reverse`` says.
HERE = re.compile(r"/signin/at/([0-9]{1,18})/here/", re.ASCII)
FORM = "application/x-www-form-urlencoded"


class _Check(CsrfViewMiddleware):
    """Says why a form does not pass, and shows no page for it."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


class StraightMiddleware:
    """A tap has no account, no session, no message and no page. It needs the site's names (ALLOWED_HOSTS), the check of its
    form, its cookie and one INSERT; so it passes by the middlewares after this one and the search through all addresses.
    Whatever is not such a tap, or does not pass, takes the long way and is answered there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._check = _Check(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tap = HERE.fullmatch(request.path_info) if request.method == "POST" else None
        if tap is None or request.content_type != FORM or not self._passes(request):
            return self._get_response(request)
        response = here(request, int(tap[1]))
        response["Content-Length"] = str(len(response.content))  # as CommonMiddleware; else the phone waits for parts
        return response

    def _passes(self, request: HttpRequest) -> bool:
        request.get_host()  # raises DisallowedHost, as CommonMiddleware would make it
        self._check.process_request(request)
        return self._check.process_view(request, here, (), {}) is None
