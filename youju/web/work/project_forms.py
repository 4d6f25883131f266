"""What is typed about a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.projects.kinds import PROJECT_KINDS
from youju.records.projects.models import Project
from youju.records.projects.rules import aim_lines, aims_in
from youju.records.projects.values import ProjectDraft
from youju.web.shared.fields import day_field
from youju.web.shared.files import file_field, offer, owner_field


class ProjectForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.id, kind.zh) for kind in PROJECT_KINDS.values()],
        error_messages={"required": "请选项目种类。", "invalid_choice": "请选项目种类。"},
    )  # fmt: skip
    title = forms.CharField(
        label="名称", max_length=120, error_messages={"required": "请写名称。", "max_length": "名称最多 120 字。"}
    )
    goal = forms.CharField(
        label="目标", widget=forms.Textarea(attrs={"rows": 3}), help_text="做成什么样算成，尽量能对照检查。",
        error_messages={"required": "请写目标。"},
    )  # fmt: skip
    owner = owner_field()
    since = day_field("立项日期")
    until = day_field("完成时限", required=False)
    business = forms.CharField(
        label="业务结合点", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="和哪项业务工作结合，结合在哪里。",
    )  # fmt: skip
    aims = forms.CharField(
        label="分目标", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="工程类才要写，一行一个：名称：内容。例如“示范学：班子成员带头学”。",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, people)

    def draft(self) -> ProjectDraft:
        data = self.cleaned_data
        return ProjectDraft(
            kind=data["kind"], title=data["title"], goal=data["goal"], since=data["since"], until=data["until"],
            owner_id=data["owner"], business=data["business"], aims=aims_in(data["aims"]),
        )  # fmt: skip


def likely(project: Project) -> dict[str, Any]:
    """What a form of this project begins with."""
    return {
        "revision": project.revision, "kind": project.kind, "title": project.title, "goal": project.goal,
        "owner": project.owner_id, "since": project.since, "until": project.until, "business": project.business,
        "aims": aim_lines((aim.name, aim.text) for aim in project.aims.all()),
    }  # fmt: skip


class LinkForm(forms.Form):
    """关联记录, by its number."""

    record = forms.CharField(
        label="记录编号", max_length=40, widget=forms.TextInput(attrs={"list": "records", "autocomplete": "off"}),
        help_text="从列表里选，或者写编号，如 2026-支委-03。", error_messages={"required": "请选一条记录，或者写它的编号。"},
    )  # fmt: skip
    aim = forms.TypedChoiceField(label="属于分目标", coerce=int, empty_value=None, required=False)
    what = forms.CharField(label="用处", max_length=120, required=False, help_text="这条记录说明什么。")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aim = self.fields["aim"]
        assert isinstance(aim, forms.TypedChoiceField)
        aim.choices = [("", "（整个项目）"), *((row.pk, row.name) for row in project.aims.all())]


class MaterialForm(forms.Form):
    """存材料."""

    file = file_field("文件", required=True)
    caption = forms.CharField(label="说明", max_length=80, error_messages={"required": "请写说明。"})


class FinishForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    outcome = forms.CharField(
        label="成效", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="对照目标写做成了什么。只写有记录、有材料的。", error_messages={"required": "请写成效。"},
    )  # fmt: skip
    done_on = day_field("完成日期")


class StopForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="中止原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写中止原因。"},
    )  # fmt: skip
    stopped_on = day_field("中止日期")
