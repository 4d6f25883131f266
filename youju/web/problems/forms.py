"""What is typed about a problem, a measure, its progress, and the closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.problems.rules import Stage
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.web.shared.fields import day_field
from youju.web.shared.files import file_field


class MeasureForm(forms.Form):
    """整改措施. Inside the form of a new problem it may stay empty."""

    text = forms.CharField(label="措施", max_length=300, error_messages={"required": "请写整改措施。"})
    owner = forms.TypedChoiceField(label="责任人", coerce=int, empty_value=None, required=False)
    due_on = day_field("时限", required=False)

    def __init__(self, *args: Any, people: Sequence[Member], wanted: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.TypedChoiceField)
        owner.choices = [("", "（不填）"), *((person.pk, person.name) for person in people)]
        self.fields["text"].required = wanted

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("text") and (data.get("owner") or data.get("due_on")) and "text" not in self.errors:
            self.add_error("text", "有责任人或时限，请写措施。")
        return data

    def draft(self) -> MeasureDraft | None:
        data = self.cleaned_data
        if not data.get("text"):
            return None
        return MeasureDraft(text=data["text"], due_on=data.get("due_on"), owner_id=data.get("owner"))


class ProblemForm(forms.Form):
    title = forms.CharField(
        label="问题",
        max_length=200,
        help_text="说清是什么事没有做到，不写空话。",
        error_messages={"required": "请写问题。", "max_length": "问题最多 200 字。"},
    )
    source = forms.ChoiceField(label="来源", choices=[(source.value, source.zh) for source in Source])
    source_note = forms.CharField(label="来源说明", max_length=120, required=False, help_text="谁提的、在哪次会上。")
    found_on = day_field("发现日期")
    for_year = forms.IntegerField(
        label="所属年度",
        min_value=2000,
        max_value=2100,
        help_text="说的是哪一年的工作。",
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": "请填所属年度。", "invalid": "所属年度请写四位数字。"},
    )
    cause = forms.CharField(label="原因", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def draft(self) -> ProblemDraft:
        data = self.cleaned_data
        return ProblemDraft(
            title=data["title"], source=Source(data["source"]), found_on=data["found_on"], for_year=data["for_year"],
            cause=data["cause"], source_note=data["source_note"],
        )  # fmt: skip


class ProgressForm(forms.Form):
    """填进展: what was done, when, the proof of it, and the revision of the problem that the editor saw."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    proof = forms.CharField(
        label="落实情况",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="做了什么、做到什么程度。只写真实发生的。",
        error_messages={"required": "请写落实情况，之后才能销号。"},
    )
    done_on = day_field("完成日期")
    record = forms.CharField(
        label="关联记录",
        max_length=40,
        required=False,
        help_text="从列表里选，或者写编号，如 2026-支委-03。销号至少要有一条关联记录或一份佐证文件。",
        widget=forms.TextInput(attrs={"list": "records", "autocomplete": "off"}),
        error_messages={"max_length": "编号最多 40 字。"},
    )
    file = file_field("佐证")


class AskForm(forms.Form):
    """申请销号: for which day."""

    closed_on = day_field("销号日期")


class ReturnForm(forms.Form):
    """退回: what is still missing."""

    reason = forms.CharField(
        label="退回原因",
        max_length=200,
        help_text="还差什么，写给提申请的人看。",
        error_messages={"required": "请写退回原因。"},
    )


class AmendForm(forms.Form):
    """改问题: its words, and the revision of it that the editor saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="问题", max_length=200, error_messages={"required": "请写问题。"})
    source_note = forms.CharField(label="来源说明", max_length=120, required=False, help_text="谁提的、在哪次会上。")
    cause = forms.CharField(label="原因", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class AmendMeasureForm(MeasureForm):
    """改措施: as it was set, and the revision of the problem that the editor saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ListFilter(forms.Form):
    """Which problems the list shows; all of it lives in the address."""

    words = forms.CharField(label="找", required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    stage = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((stage.value, stage.zh) for stage in Stage)]
    )
    source = forms.ChoiceField(
        label="来源", required=False, choices=[("", "全部"), *((source.value, source.zh) for source in Source)]
    )
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int]) -> None:
        super().__init__(data)
        year = self.fields["year"]
        assert isinstance(year, forms.TypedChoiceField)
        year.choices = [("", "全部"), *((str(one), f"{one} 年") for one in years)]
        self.is_valid()
