"""The sign-in form: allauth checks and counts, the words are ours."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words("login", label="登录名", empty="请填写登录名。")
        self._words("password", label="密码", empty="请填写密码。")
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})

    def _words(self, name: str, *, label: str, empty: str) -> None:
        field = self.fields[name]
        field.label = label
        field.error_messages["required"] = empty
        field.widget.attrs.pop("placeholder", None)  # the label stands above; a placeholder would vanish while typing
