"""登录与退出. allauth signs in, limits attempts and checks where ``next`` leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from youju.accounts.models import User
from youju.kit.refusal import Refusal
from youju.people.invitations.actions import GONE
from youju.people.invitations.queries import open_invitation
from youju.upkeep.founding import is_founded
from youju.upkeep.keys import open_invited
from youju.web.login.forms import SignInForm
from youju.web.login.tokens import asked_here, username_for
from youju.web.shared import clock
from youju.web.shared.home import home_url

#: How long a member's own phone stays signed in to his own pages.
OWN_PHONE = timedelta(days=180)


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    """登录名加密码; comes back with 422 when something is wrong, so that a script can tell too."""

    form_class = SignInForm
    template_name = "login/sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Every page leads a stranger here; where nobody has an account yet, from here to the first start."""
        if not is_founded():
            return HttpResponseRedirect(reverse("login_first"))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        context["next_page"] = self.request.POST.get("next") or self.request.GET.get("next", "")
        response: HttpResponse = super().render_to_response(context, **kwargs)
        return response


class SignOut(LogoutView):  # type: ignore[misc]  # allauth ships no types
    """退出 by POST only: a link, or a page fetched ahead, must not sign anyone out."""

    http_method_names = ("post", "options")


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()


@login_not_required
@never_cache
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: what allauth shows when one address asks too often."""
    return render(request, "login/too_many.html", status=429)


@login_not_required
@never_cache
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link of the demonstration, on the machine that runs it and nowhere else."""
    username = username_for(token) if asked_here(request.META) else None
    user = User.objects.filter(username=username, is_active=True).first() if username else None
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(home_url(request))


@dataclass(frozen=True)
class InvitedPage:
    open: bool
    sentence: str = ""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """A member's invitation. Looking does not use it up (messengers fetch links ahead); the button does, once."""
    at = clock.now()
    if request.method == "POST":
        try:
            user = open_invited(code=code, at=at)
        except Refusal as refusal:
            return render(request, "login/invited.html", {"page": InvitedPage(False, refusal.sentence)}, status=410)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        request.session.set_expiry(OWN_PHONE)
        return HttpResponseRedirect(home_url(request))
    page = InvitedPage(True) if open_invitation(code, at=at) else InvitedPage(False, GONE)
    return render(request, "login/invited.html", {"page": page}, status=200 if page.open else 410)
