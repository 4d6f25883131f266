"""A refusal that no form took becomes a page: 404 someone else's, 403 not his right, 400 with its sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.web.shared import place


class ShellMiddleware:
    """Turns refusals into pages and remembers the unit that an address named."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No number and no name holds a NUL, and PostgreSQL stops where it is asked for one.
        if "\x00" in request.path_info:
            return refusal_page(request, NotYours())
        response = self._get_response(request)
        unit = place.standing_in(request)
        if unit is not None and request.GET.get("unit") == str(unit.pk) and response.status_code < 400:
            response.set_cookie(place.COOKIE, str(unit.pk), samesite="Lax", httponly=True, secure=request.is_secure())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return refusal_page(request, exception)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = 404 if isinstance(refusal, NotYours) else 403 if isinstance(refusal, NotAllowed) else 400
    return render(request, f"shared/{status}.html", {"sentence": refusal.sentence}, status=status)


def put_in(form: BaseForm, refusal: Refusal) -> None:
    """Put a refusal beside the field it names; on top of the form when the form has no such field.

    NotYours and NotAllowed are no fault of the form and are raised again.
    """
    if isinstance(refusal, NotYours | NotAllowed):
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else NON_FIELD_ERRORS, refusal.sentence)
