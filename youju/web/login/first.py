"""首次启用: the page of a folder in which nobody has an account yet. On the machine itself, and once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import Refusal
from youju.upkeep.founding import FOUNDED, Founder, found, is_founded
from youju.web.login.forms import FirstForm
from youju.web.login.tokens import asked_here, names_this_machine
from youju.web.shared import clock
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in

NEXT = "已启用，您是党务工作者兼站点管理员。下一步：在这里加党员，或从 Excel 导入名册；再到“账号”里给书记、委员开账号。"


@dataclass(frozen=True)
class FirstPage:
    """``here``: whether this is the machine itself; elsewhere the page only says where to go."""

    here: bool
    port: str


@login_not_required
@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """One form; what it makes is made in one transaction, and whoever sent it is signed in."""
    if is_founded():
        if request.method == "POST":
            messages.warning(request, FOUNDED)
        return HttpResponseRedirect(reverse("account_login"))
    page = FirstPage(_here(request), request.get_port())
    if not page.here:
        return render(request, "login/first.html", {"page": page}, status=403)
    form = FirstForm(typed(request))
    if form.is_valid():
        try:
            user = found(founder=_founder(form.cleaned_data), at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            messages.success(request, NEXT)
            return redirect("people:index")
    return render(request, "login/first.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _here(request: HttpRequest) -> bool:
    return asked_here(request.META) and names_this_machine(request.get_host())


def _founder(typed_in: dict[str, Any]) -> Founder:
    return Founder(**{name: value for name, value in typed_in.items() if name != "again"})
