"""What is typed about publicity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.projects.models import Project
from youju.records.publicity.actions import MOST_TEXT
from youju.records.publicity.kinds import CARDS, CHANNELS, PERSONS, PUBLICITY_KINDS
from youju.records.publicity.models import Publication
from youju.records.publicity.values import ConsentDraft, PublicationDraft, Status
from youju.web.shared.fields import day_field
from youju.web.shared.files import file_field

PERSON_FIELDS = ("person", "outsider", "consent_on", "consent_by")
CARD_FIELDS = ("practice", "outcome", "use")


def _area(label: str, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class PublicationForm(forms.Form):
    """One publication. The parts about a person and of a card are shown for the kinds that have them."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.id, kind.zh) for kind in PUBLICITY_KINDS.values()],
        error_messages={"required": "请选种类。", "invalid_choice": "请选种类。"},
    )  # fmt: skip
    title = forms.CharField(
        label="题目", max_length=120, error_messages={"required": "请写题目。", "max_length": "题目最多 120 字。"}
    )
    dated_on = day_field("日期", help_text="已发布的写发布那天，别的写成稿那天。")
    status = forms.ChoiceField(
        label="状态", choices=[(status.value, status.zh) for status in Status],
        error_messages={"required": "请选状态。", "invalid_choice": "请选状态。"},
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="渠道类别", required=False, error_messages={"invalid_choice": "请选渠道类别。"},
        choices=[("", "（还没有登出）"), *((one.id, one.zh) for one in CHANNELS.values())],
    )  # fmt: skip
    channel_name = forms.CharField(
        label="渠道名称", max_length=60, required=False, help_text="报纸、电台、公众号、工作群的名称。"
    )
    link = forms.CharField(
        label="链接", max_length=500, required=False, help_text="从浏览器地址栏整条复制，只存网址，不抓取网页。",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    project = forms.TypedChoiceField(
        label="写的项目", coerce=int, empty_value=None, required=False,
        error_messages={"invalid_choice": "没有这个项目，请重新选择。"},
    )  # fmt: skip
    person = forms.TypedChoiceField(
        label="本组织党员", coerce=int, empty_value=None, required=False,
        error_messages={"invalid_choice": "这个人不在本组织，请重新选择。"},
    )  # fmt: skip
    outsider = forms.CharField(
        label="或者党员以外的人", max_length=60, required=False, help_text="姓名和身份，本人要求时可以清除。"
    )
    consent_on = day_field("本人同意的日期", required=False, help_text="同意了才能标“已发布”。")
    consent_by = forms.TypedChoiceField(
        label="谁征求的", coerce=int, empty_value=None, required=False,
        error_messages={"invalid_choice": "这个人不在本组织，请重新选择。"},
    )  # fmt: skip
    practice = _area("做法", 3, "做了什么，一步一步怎么做的。")
    outcome = _area("成效", 2, "做成了什么。只写有记录的。")
    use = _area("适用范围", 2, "什么样的地方、什么样的事可以照着做。")
    text = _area("正文", 8, f"最多 {MOST_TEXT} 字。送出去以前先清稿。")

    def __init__(self, *args: Any, people: Sequence[Member], projects: Iterable[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "consent_by"):
            self._offer(name, [(one.pk, one.name) for one in people])
        self._offer("project", [(one.pk, f"{one.number} {one.title}") for one in projects])
        kind = str(self["kind"].value() or "")
        typed = {name for name in (*PERSON_FIELDS, *CARD_FIELDS) if self[name].value()}
        self.of_person = kind in PERSONS or bool(typed & set(PERSON_FIELDS))
        self.of_card = kind in CARDS or bool(typed & set(CARD_FIELDS))

    def _offer(self, name: str, choices: list[tuple[int, str]]) -> None:
        found = self.fields[name]
        assert isinstance(found, forms.TypedChoiceField)
        found.choices = [("", "（不填）"), *choices]

    def draft(self) -> PublicationDraft:
        data = self.cleaned_data
        plain = ("kind", "title", "dated_on", "channel", "channel_name", "link", "text", *CARD_FIELDS, "outsider")
        return PublicationDraft(
            **{name: data[name] for name in plain}, status=Status(data["status"]), project_id=data["project"],
            person_id=data["person"], consent=ConsentDraft(data["consent_on"], data["consent_by"]),
        )  # fmt: skip


def likely(row: Publication) -> dict[str, Any]:
    """What a form of this publication begins with."""
    plain = ("revision", "kind", "title", "dated_on", "status", "channel", "channel_name", "link", "text", *CARD_FIELDS)
    return {name: getattr(row, name) for name in (*plain, "outsider", "consent_on")} | {
        "project": row.project_id, "person": row.person_id, "consent_by": row.consent_by_id,
    }  # fmt: skip


class RecordForm(forms.Form):
    """关联记录, by its number."""

    record = forms.CharField(
        label="记录编号", max_length=40, widget=forms.TextInput(attrs={"list": "records-offered", "autocomplete": "off"}),
        help_text="从列表里选，或者写编号。", error_messages={"required": "请选一条记录，或者写它的编号。"},
    )  # fmt: skip


class FileForm(forms.Form):
    """存附件."""

    file = file_field("文件", required=True)
    caption = forms.CharField(
        label="说明", max_length=80, help_text="如“报样”“截图”。", error_messages={"required": "请写说明。"}
    )
