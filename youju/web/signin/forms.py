"""The switch of phone sign-in."""

from __future__ import annotations

from django import forms

from youju.records.signin.values import MOST_LATE_AFTER


class ChoiceForm(forms.Form):
    on = forms.BooleanField(label="开会时可以用手机签到", required=False)
    late_after = forms.IntegerField(
        label="开始几分钟后算迟到",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        help_text=f"0 到 {MOST_LATE_AFTER} 分钟。已经开始的签到照开始时的设置算。",
        error_messages={"required": "请填几分钟后算迟到。", "invalid": "请填一个整数。"},
    )
