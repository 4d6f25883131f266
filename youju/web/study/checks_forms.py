"""What is typed about a spot check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from youju.kit.zone import SHANGHAI
from youju.people.models import Member
from youju.study.spotchecks.actions import LONGEST_OUTCOME
from youju.study.spotchecks.values import HeldDraft
from youju.web.shared.fields import day_field, time_field


class DrawForm(forms.Form):
    size = forms.IntegerField(
        label="抽几人",
        min_value=1,
        error_messages={"required": "请写抽几人。", "invalid": "请写抽几人。", "min_value": "至少抽 1 人。"},
    )


class HoldForm(forms.Form):
    day = day_field("抽查日期")
    start = time_field("开始")
    place = forms.CharField(label="地点", max_length=80, required=False)
    checker = forms.TypedChoiceField(
        label="谁去查的",
        coerce=int,
        empty_value=None,
        error_messages={"required": "请选谁去查的。", "invalid_choice": "谁去查的请重新选择。"},
    )
    met = forms.TypedMultipleChoiceField(
        label="查到了谁", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选抽中的人里查到了谁。", "invalid_choice": "查到了谁请重新勾选。"},
    )  # fmt: skip
    outcome = forms.CharField(
        label="抽查结果", max_length=LONGEST_OUTCOME, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一句话说整体情况和要改进的，不点名，不排名。",
        error_messages={"required": "请写抽查结果。", "max_length": f"抽查结果最多 {LONGEST_OUTCOME} 字。"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Member], picked: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checker, met = self.fields["checker"], self.fields["met"]
        assert isinstance(checker, forms.TypedChoiceField) and isinstance(met, forms.TypedMultipleChoiceField)
        checker.choices = [("", "请选"), *((person.pk, person.name) for person in people)]
        met.choices = [(person.pk, person.name) for person in picked]

    def draft(self) -> HeldDraft:
        data = self.cleaned_data
        starts = datetime.combine(data["day"], data["start"], SHANGHAI)
        return HeldDraft(starts, data["checker"], tuple(data["met"]), data["outcome"], data["place"])
