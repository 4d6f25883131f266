"""What is typed about a point of study."""

from __future__ import annotations

from typing import Any

from django import forms

from youju.study.points.models import StudyPoint
from youju.study.points.values import (
    LONGEST_BASIS,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    PointDraft,
)
from youju.web.shared.fields import day_field


class PointForm(forms.Form):
    title = forms.CharField(
        label="学什么",
        max_length=LONGEST_TITLE,
        error_messages={"required": "请写学什么。", "max_length": f"学什么最多 {LONGEST_TITLE} 字。"},
    )
    starts_on = day_field("从")
    ends_on = day_field("到")
    topic = forms.CharField(
        label="专题",
        max_length=LONGEST_TOPIC,
        required=False,
        help_text="各支部按自己的学习体系找到这个专题，所以写通行的叫法，如：党章党规。",
    )
    text = forms.CharField(
        label="学习材料",
        max_length=LONGEST_TEXT,
        required=False,
        help_text="写名称。支部列入安排时自动登记到学习材料里。",
    )
    basis = forms.CharField(label="文号或依据", max_length=LONGEST_BASIS, required=False)
    note = forms.CharField(
        label="要求", max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def draft(self) -> PointDraft:
        """Only after ``is_valid``."""
        return PointDraft(**self.cleaned_data)


def likely(point: StudyPoint) -> dict[str, Any]:
    """What a form of this point begins with."""
    return {name: getattr(point, name) for name in PointForm.base_fields}


class WithdrawPointForm(forms.Form):
    reason = forms.CharField(
        label="撤回的原因", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写撤回的原因。"},
    )  # fmt: skip
