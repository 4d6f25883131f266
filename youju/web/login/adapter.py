"""What allauth asks of this site: nobody signs up by himself, and everybody lands on his own first page."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from youju.web.shared.home import home_url


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "登录名或密码不对。请检查大小写和输入法；忘了密码请找管理员重设。",
        "too_many_login_attempts": "试错次数太多，请过 5 分钟再试。",
        "account_inactive": "这个账号已停用，请找管理员。",
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for the login name alone. allauth counts them for each host name too, and a
        host name is whatever the one who tries says it is."""
        return str(credentials.get("username", "")).lower()

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/login/"

    def add_message(self, *args: object, **kwargs: object) -> None:
        """No "signed in as …": the rail already says who one is."""
