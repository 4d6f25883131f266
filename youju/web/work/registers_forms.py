"""What is typed about an entry of a register, and by what the list is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.registers.kinds import REGISTERS, RegisterKind
from youju.records.registers.models import Subject
from youju.records.registers.values import SubjectDraft
from youju.web.shared.fields import day_field

#: More places than this are no list one can choose from; the words filter then says which.
MOST_PLACES = 300


class SubjectForm(forms.Form):
    """One entry. Which fields there are depends on the register."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label="编号",
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": "请写编号。", "max_length": "编号最多 20 字。"},
    )
    name = forms.CharField(
        label="名称", max_length=40, required=False, error_messages={"max_length": "名称最多 40 字。"}
    )
    place = forms.TypedChoiceField(label="所在", coerce=int, empty_value=None, required=False)
    since = day_field("列入日期")
    until = day_field(
        "移出日期", required=False, help_text="从这一天起不在名册上；还在的留空。移出不是删除，以前的走访照算。"
    )
    partner = forms.TypedChoiceField(label="结对党员", coerce=int, empty_value=None, required=False)
    paired_words = forms.CharField(
        label="结对单位", max_length=60, required=False, help_text="结对的是单位或党小组的，写名称。"
    )
    paired_since = day_field("结对日期", required=False, help_text="留空同列入日期。")
    paired_until = day_field("结对至", required=False)
    note = forms.CharField(label="备注", max_length=200, required=False, help_text="不写电话、证件号、收入、病情。")

    def __init__(
        self, *args: Any, kind: RegisterKind, places: Sequence[Subject], people: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self.fields["code"].help_text, self.fields["name"].help_text = kind.code, kind.name
        self.fields["name"].label = kind.person or "名称"
        place, partner = self.fields["place"], self.fields["partner"]
        assert isinstance(place, forms.TypedChoiceField)
        assert isinstance(partner, forms.TypedChoiceField)
        place.choices = [("", "（不填）"), *((row.pk, row.name or row.code) for row in places)]
        partner.choices = [("", "（不填）"), *((person.pk, person.name) for person in people)]
        if not kind.place:
            del self.fields["place"]
        else:
            place.label = f"所在{REGISTERS[kind.place].zh}"
        if not kind.pair:
            for name in ("partner", "paired_words", "paired_since", "paired_until"):
                del self.fields[name]

    @property
    def pairs(self) -> bool:
        return bool(self._kind.pair)

    def draft(self) -> SubjectDraft:
        data = self.cleaned_data
        return SubjectDraft(
            kind=self._kind.id, code=data["code"], name=data["name"], since=data["since"], until=data.get("until"),
            place_id=data.get("place"), partner_id=data.get("partner"), paired_words=data.get("paired_words", ""),
            paired_since=data.get("paired_since"), paired_until=data.get("paired_until"), note=data["note"],
        )  # fmt: skip


class RegisterFilter(forms.Form):
    """The filters of the list; they live in the address. A value that is none of them filters nothing."""

    words = forms.CharField(label="名称或编号", required=False, max_length=40)
    kind = forms.ChoiceField(
        label="名册", required=False, choices=[("", "全部"), *((k.id, k.zh) for k in REGISTERS.values())]
    )
    on = forms.ChoiceField(
        label="在册", required=False, choices=[("", "现在在册"), ("left", "已移出"), ("all", "全部")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")
