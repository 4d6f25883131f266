"""Form fields that every job types the same way, and what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, as every browser sends it or as somebody writes it by hand."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": f"请填{label}。", "invalid": f"{label}请写成 2026-11-05 这样。"},
        **more,
    )


def time_field(label: str, **more: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"required": f"请填{label}时间。", "invalid": f"{label}时间请写成 14:30 这样。"},
        **more,
    )


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form's first argument; None while the form is only being opened. Empty is not unsent."""
    return request.POST if request.method == "POST" else None
