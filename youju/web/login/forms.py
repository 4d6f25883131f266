"""The sign-in form: allauth checks and counts, the words are ours."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms

from youju.web.shared.fields import day_field


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


def _password(label: str, *, new: bool, **more: Any) -> forms.CharField:
    """A password is taken as it is typed, spaces and all, and never sent back to the page."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(
        label=label, strip=False, max_length=200, widget=widget, error_messages={"required": f"请填写{label}。"}, **more
    )


class NewPassword(forms.Form):
    """A password typed twice: what nobody sees while typing is easily mistyped."""

    password = _password("密码", new=True, help_text="至少 10 个字符，不要用常见的密码。")
    again = _password("再输一次密码", new=True, help_text="两次要一样。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again"].error_messages["required"] = f"请{self.fields['again'].label}。"

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError("两次输入的密码不一样，请重新输入。")
        return again


class FirstForm(NewPassword):
    """What the first person says of himself and his branch."""

    branch = forms.CharField(label="党支部全称", max_length=80, error_messages={"required": "请写党支部全称。"})
    short_name = forms.CharField(label="简称", required=False, max_length=40, help_text="页面上用，不填就用全称。")
    above = forms.CharField(label="上级组织", required=False, max_length=80, help_text="党委、党总支或机关工委的全称。")
    name = forms.CharField(
        label="姓名", max_length=40, help_text="您自己的姓名。", error_messages={"required": "请写姓名。"}
    )
    since = day_field("转入本支部的日期", required=False, help_text="补录往年的会要用到；不填就从今天算起。")
    username = forms.CharField(
        label="登录名",
        max_length=64,
        help_text="登录时填的名字，如姓名的拼音。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "请写登录名。"},
    )
    field_order = ("branch", "short_name", "above", "name", "since", "username", "password", "again")


class ChangePasswordForm(NewPassword):
    old = _password("现在的密码", new=False)
    field_order = ("old", "password", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "新密码"
        self.fields["password"].error_messages["required"] = "请填写新密码。"
        self.fields["again"].label = "再输一次新密码"
        self.fields["again"].error_messages["required"] = "请再输一次新密码。"
