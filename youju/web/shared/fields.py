"""Form fields that every job types the same way, and what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, QueryDict

#: No ledger is older than the Party; a year of five digits, or the year 26, is a slip of the finger.
FIRST_DAY, LAST_DAY = date(1921, 7, 1), date(2100, 12, 31)


def number_in(text: object, *, otherwise: int, most: int) -> int:
    """The number in an address or a hidden field, ``most`` at most; ``otherwise`` where there is none."""
    digits = str(text or "")
    return min(int(digits), most) if digits.isdecimal() and len(digits) <= 9 else otherwise


def word_in(text: str | None, *, most: int) -> str:
    """The word in an address, cut to ``most``; no word holds a NUL, and PostgreSQL stops where it is asked for one."""
    return (text or "").replace("\x00", "")[:most]


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, as every browser sends it or as somebody writes it by hand."""
    sentence = f"{label}请填 {FIRST_DAY.year} 年到 {LAST_DAY.year} 年之间的日子。"
    return forms.DateField(
        label=label,
        validators=[MinValueValidator(FIRST_DAY, sentence), MaxValueValidator(LAST_DAY, sentence)],
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
