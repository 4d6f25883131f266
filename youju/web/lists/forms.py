"""What is typed about an item of a list, and by what a list is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.people.posts.values import Title
from youju.records.lists.kinds import ListField, ListKind
from youju.records.lists.models import ListItem
from youju.records.lists.values import ItemDraft, Rhythm, Stage, VersionDraft
from youju.web.shared.fields import day_field
from youju.web.shared.files import file_field, offer, owner_field

WORD = "word_"


def _revision() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class ItemForm(forms.Form):
    """One item. What its fields are called, and which further ones there are, its list says."""

    revision = _revision()
    title = forms.CharField(
        label="事项", max_length=120, error_messages={"required": "请写事项。", "max_length": "事项最多 120 字。"}
    )
    requirement = forms.CharField(
        label="要求", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        error_messages={"max_length": "要求最多 1000 字。"},
    )  # fmt: skip
    owner = owner_field()
    post = forms.ChoiceField(
        label="岗位", required=False, choices=[("", "（不填）"), *((title.value, title.zh) for title in Title)],
        error_messages={"invalid_choice": "请从列表里选岗位。"},
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label="周期", choices=[(one.value, one.zh) for one in Rhythm],
        error_messages={"required": "请选周期。", "invalid_choice": "请选周期。"},
    )  # fmt: skip
    first_due = day_field(
        "首次时限", required=False, help_text="只办一次的，填时限；按周期检查的，从这一天所在的月、季、半年或年起算，留空从列入日期起算。"
    )  # fmt: skip
    since = day_field("列入日期")
    note = forms.CharField(label="备注", max_length=300, required=False, help_text="不写电话、证件号，不写对人的评价。")

    def __init__(self, *args: Any, kind: ListKind, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        offer(self, people)
        self.fields["owner"].label = kind.owner
        self.fields["title"].help_text, self.fields["requirement"].help_text = kind.title, kind.requirement
        self.fields["rhythm"].help_text = "有周期的会列入本月应做。"
        if kind.post == "no":
            del self.fields["post"]
        elif kind.post == "must":
            self.fields["post"].required = True
            self.fields["post"].error_messages["required"] = "请选岗位。"
        for field in kind.fields:
            self.fields[WORD + field.id] = _word(field)

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[WORD + field.id] for field in self._kind.fields]

    def draft(self) -> ItemDraft:
        data = self.cleaned_data
        return ItemDraft(
            kind=self._kind.id, title=data["title"], requirement=data["requirement"], owner_id=data["owner"],
            post=data.get("post", ""), rhythm=Rhythm(data["rhythm"]), first_due=data["first_due"], since=data["since"],
            note=data["note"], words={field.id: data[WORD + field.id] for field in self._kind.fields},
        )  # fmt: skip


def _word(field: ListField) -> forms.Field:
    if field.choices:
        sentence = f"请选{field.zh}。"
        return forms.ChoiceField(
            label=field.zh, required=field.needed, help_text=field.hint,
            choices=[("", "（请选）" if field.needed else "（不填）"), *((one, one) for one in field.choices)],
            error_messages={"required": sentence, "invalid_choice": sentence},
        )  # fmt: skip
    return forms.CharField(
        label=field.zh, required=field.needed, help_text=field.hint, max_length=200,
        error_messages={"required": f"请写{field.zh}。", "max_length": f"{field.zh}最多 200 字。"},
    )  # fmt: skip


def likely(item: ListItem) -> dict[str, Any]:
    """What a form of this item begins with."""
    return {
        "revision": item.revision, "title": item.title, "requirement": item.requirement, "owner": item.owner_id,
        "post": item.post, "rhythm": item.rhythm, "first_due": item.first_due, "since": item.since, "note": item.note,
    } | {WORD + word.field: word.text for word in item.words.all()}  # fmt: skip


class CheckForm(forms.Form):
    """记检查: what was done or seen, on which day, and what shows it."""

    revision = _revision()
    text = forms.CharField(
        label="情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写情况。", "max_length": "情况最多 500 字。"},
    )  # fmt: skip
    done_on = day_field("检查日期")
    record = forms.CharField(
        label="关联记录", max_length=40, required=False, help_text="从列表里选，或者写编号，如 2026-支委-03。",
        widget=forms.TextInput(attrs={"list": "records", "autocomplete": "off"}),
    )  # fmt: skip
    file = file_field("佐证")

    def __init__(self, *args: Any, kind: ListKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = kind.proof


class VersionForm(forms.Form):
    """加一版 of a 制度."""

    revision = _revision()
    in_force = day_field("施行日期", help_text="从这一天起执行这一版。")
    change = forms.CharField(
        label="修订说明", max_length=300, required=False, help_text="这一版改了什么，经哪次会议通过。",
        error_messages={"max_length": "修订说明最多 300 字。"},
    )  # fmt: skip
    text = forms.CharField(
        label="正文", required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=20000,
        help_text="写正文，或者在下面传文件，两样有一样就行。", error_messages={"max_length": "正文最多 20000 字，长的请传文件。"},
    )  # fmt: skip
    file = file_field("文件")

    def draft(self) -> VersionDraft:
        data = self.cleaned_data
        return VersionDraft(data["in_force"], data["change"], data["text"])


class EndForm(forms.Form):
    revision = _revision()
    reason = forms.CharField(
        label="停用原因", max_length=200, help_text="如“并入新的制度”“渠道已注销”。",
        error_messages={"required": "请写停用原因。", "max_length": "停用原因最多 200 字。"},
    )  # fmt: skip
    until = day_field("停用日期", help_text="停用不是删除，以前的检查都还在。")


class ListFilter(forms.Form):
    words = forms.CharField(label="词", required=False, max_length=60)
    stage = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((stage.value, stage.zh) for stage in Stage)]
    )
    owner = forms.ChoiceField(label="责任人", required=False)

    def __init__(self, data: Any, *, owners: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", "全部"), *((str(pk), name) for pk, name in owners)]
        self.is_valid()

    def value(self, name: str) -> str:
        """What is chosen; a wrong word in the address chooses nothing."""
        return str(self.cleaned_data.get(name) or "")
