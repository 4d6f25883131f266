"""Pages that belong to no job: looks, 更多, and what is shown when something cannot be."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from youju.web.shared.looks import SIZES, THEMES, keep


def safe_next(request: HttpRequest, wanted: str, otherwise: str) -> str:
    """``wanted`` if it is a page of this site, else ``otherwise``."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else otherwise


@login_not_required
@require_POST
def looks(request: HttpRequest) -> HttpResponse:
    """Keep theme or size and go back to the page one was on."""
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next", ""), "/"))
    for name in ("theme", "size"):
        if name in request.POST:
            keep(response, name=name, value=request.POST[name], secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """更多: every page, unit, size and theme, for the phone and for who has no page of his own yet."""
    return render(request, "shared/more.html", {"sizes": SIZES.items(), "themes": THEMES.items()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "shared/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "shared/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "shared/404.html", status=404)


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid CSRF token."""
    return render(request, "shared/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500. Asks nothing of the database, the session or the reader: any of them may be what broke."""
    moment = timezone.localtime().strftime("%H:%M:%S")
    return HttpResponseServerError(render_to_string("shared/500.html", {"moment": moment}))
