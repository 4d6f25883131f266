"""What is typed about a campaign and its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.campaigns.kinds import CAMPAIGN_KINDS, COLUMNS_ZH, CampaignKind
from youju.records.campaigns.values import CampaignDraft, TaskDraft
from youju.web.shared.fields import day_field
from youju.web.work.steps import StepForm


class CampaignForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.id, kind.zh) for kind in CAMPAIGN_KINDS.values()],
        error_messages={"required": "请选种类。", "invalid_choice": "请选种类。"},
    )  # fmt: skip
    title = forms.CharField(
        label="名称", max_length=120, error_messages={"required": "请写名称。", "max_length": "名称最多 120 字。"}
    )
    since = day_field("开始日期")
    until = day_field("结束日期")
    requirement = forms.CharField(
        label="要求",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="上级或支部提的总要求，照原文写。",
    )

    def draft(self) -> CampaignDraft:
        data = self.cleaned_data
        return CampaignDraft(data["kind"], data["title"], data["since"], data["until"], data["requirement"])


class TaskForm(StepForm):
    """A task; of a joint plan with the work of the office, how it was ordered and how it is judged."""

    def __init__(
        self, *args: Any, people: Sequence[Member], kind: CampaignKind | None, wanted: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, people=people, wanted=wanted, **kwargs)
        self.columns = [column for column, _ in kind.heads] if kind else []
        for column in self.columns:
            self.fields[column] = forms.CharField(label=COLUMNS_ZH[column], max_length=200, required=False)

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[column] for column in self.columns]

    def task(self) -> TaskDraft:
        data = self.cleaned_data
        more = {column: data[column] for column in self.columns}
        return TaskDraft(text=data["text"], due_on=data.get("due_on"), owner_id=data.get("owner"), **more)


class CloseForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    summary = forms.CharField(
        label="小结", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="做了什么、成效和不足。只写有记录的。", error_messages={"required": "请写小结。"},
    )  # fmt: skip
    closed_on = day_field("小结日期")
