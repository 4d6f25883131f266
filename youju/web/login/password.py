"""更改密码: everybody his own."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from youju.accounts.actions import change_password
from youju.accounts.models import User
from youju.kit.refusal import NotYours, Refusal
from youju.web.login.forms import ChangePasswordForm
from youju.web.shared import clock
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in


@sensitive_post_parameters("old", "password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """The old one is asked for, so that a desk left open does not give the account away."""
    user = request.user
    assert isinstance(user, User)  # nobody comes here without signing in
    if not user.has_usable_password():
        raise NotYours("您是用邀请打开的，没有密码，也就不用更改。")
    form = ChangePasswordForm(typed(request))
    if form.is_valid():
        try:
            if not user.check_password(form.cleaned_data["old"]):
                raise Refusal("old", "现在的密码不对。忘了密码请找站点管理员重设。")
            change_password(user=user, password=form.cleaned_data["password"], by=user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "密码已更改。别处用旧密码登录着的，已经都退出了。")
            return redirect("shared:more")
    return render(request, "login/password.html", {"form": form}, status=422 if form.errors else 200)
