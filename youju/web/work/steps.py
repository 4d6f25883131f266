"""What milestones and tasks of campaigns share on the page: their forms and their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.campaigns.models import CampaignTask
from youju.records.followups.rules import stage
from youju.records.followups.values import Stage
from youju.records.projects.models import Milestone
from youju.records.steps.values import StepDraft
from youju.web.shared.fields import day_field
from youju.web.shared.files import file_field, offer, owner_field

MARKS = {Stage.LATE: "late", Stage.OPEN: "todo", Stage.DONE: "done"}


class StepForm(forms.Form):
    """One step as it is set. Inside the form of what it belongs to it may stay empty."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="内容", max_length=200, error_messages={"required": "请写内容。"})
    owner = owner_field()
    due_on = day_field("时限", required=False)

    def __init__(self, *args: Any, people: Sequence[Member], wanted: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, people)
        self.fields["text"].required = wanted

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("text") and (data.get("owner") or data.get("due_on")) and "text" not in self.errors:
            self.add_error("text", "有责任人或时限，请写内容。")
        return data

    def draft(self) -> StepDraft:
        data = self.cleaned_data
        return StepDraft(text=data["text"], due_on=data.get("due_on"), owner_id=data.get("owner"))


class ProgressForm(forms.Form):
    """填进展: what was done, when, the proof of it, and the revision that the editor saw."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    proof = forms.CharField(
        label="落实情况",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="做了什么、做到什么程度。只写真实发生的。",
        error_messages={"required": "请写落实情况。"},
    )
    done_on = day_field("完成日期")
    file = file_field("佐证")


@dataclass(frozen=True)
class StepRow:
    """One step with how it stands."""

    step: Milestone | CampaignTask
    mark: str
    label: str
    late: int
    url: str
    change_url: str
    file_url: str = ""
    cells: tuple[tuple[str, str], ...] = ()  # name of the column, what stands in it

    @property
    def done(self) -> bool:
        return self.step.done_on is not None


def step_row(step: Milestone | CampaignTask, *, on: date, **urls: Any) -> StepRow:
    how = stage(due_on=step.due_on, done_on=step.done_on, on=on)
    late = (on - step.due_on).days if how is Stage.LATE and step.due_on else 0
    label = "已完成" if how is Stage.DONE else how.zh if how is Stage.LATE else "未完成"
    return StepRow(step, MARKS[how], label, late, **urls)
