"""What is typed about a notice: the notice itself, its new day, why it is withdrawn."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms

from youju.duties.notices.values import (
    LONGEST_BASIS,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CHOSEN,
    NoticeDraft,
)  # fmt: skip
from youju.people.models import Unit
from youju.prose.vocabulary import KINDS
from youju.web.shared.fields import day_field

ALL, CHOSEN = "all", "chosen"


class NoticeForm(forms.Form):
    """发通知. Up to ``MOST_CHOSEN`` branches are ticked; where there are more, the chosen ones are typed by name or code."""

    form_key = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="标题",
        max_length=LONGEST_TITLE,
        help_text="要办什么事，例如：开展防汛专题组织生活。",
        error_messages={"required": "请写标题。", "max_length": f"标题最多 {LONGEST_TITLE} 字。"},
    )
    text = forms.CharField(
        label="内容",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="怎么办、办到什么程度。支部办完后记一次就是回应，不用另交材料。",
        error_messages={"max_length": f"内容最多 {LONGEST_TEXT} 字。"},
    )
    basis = forms.CharField(
        label="文号或依据",
        required=False,
        max_length=LONGEST_BASIS,
        error_messages={"max_length": f"文号或依据最多 {LONGEST_BASIS} 字。"},
    )
    due_on = day_field("期限")
    kinds = forms.MultipleChoiceField(
        label="要哪种记录",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选就不限类型；选了的，支部要用其中一种记录回应。",
        error_messages={"invalid_choice": "要求的类型里有不认识的，请重新选。"},
    )
    reach = forms.ChoiceField(
        label="发给谁",
        choices=[(ALL, "全部下属党支部"), (CHOSEN, "只发给选中的")],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    units = forms.MultipleChoiceField(
        label="选中的党支部",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "选的党支部里有已经撤销或不归本级管的，请重新选。"},
    )
    names = forms.CharField(
        label="选中的党支部",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"一行一个，写全称、简称或代码，最多 {MOST_CHOSEN} 个。",
    )

    def __init__(self, *args: Any, branches: Sequence[Unit], many: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_key": secrets.token_hex(16), "reach": ALL})
        super().__init__(*args, **kwargs)
        self._branches = branches
        kinds, units = self.fields["kinds"], self.fields["units"]
        assert isinstance(kinds, forms.MultipleChoiceField) and isinstance(units, forms.MultipleChoiceField)
        kinds.choices = [(kind.id, kind.zh) for kind in KINDS.values()]
        units.choices = [(str(unit.pk), unit.short_name) for unit in branches]
        del self.fields["units" if many else "names"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("reach") == CHOSEN and not self._wanted(data) and not {"units", "names"} & self.errors.keys():
            self.add_error("names" if "names" in self.fields else "units", "请选至少一个党支部，或改成发给全部。")
        return data

    def lines(self) -> list[str]:
        """The names typed, one a line."""
        return [line.strip() for line in re.split(r"[\n,，、;；]+", self.cleaned_data.get("names", "")) if line.strip()]

    def draft(self, named: Sequence[int]) -> NoticeDraft:
        """What the form says; ``named`` are the units whose names were typed. Only after ``is_valid``."""
        data = self.cleaned_data
        ticked = tuple(int(pk) for pk in data.get("units", ()))
        return NoticeDraft(
            title=data["title"], text=data["text"], due_on=data["due_on"], basis=data["basis"],
            kinds=tuple(data["kinds"]), unit_ids=(*ticked, *named) if data["reach"] == CHOSEN else (),
        )  # fmt: skip

    @staticmethod
    def _wanted(data: dict[str, Any]) -> bool:
        return bool(data.get("units") or data.get("names", "").strip())


class MoveForm(forms.Form):
    """改期: the new day, why, and the revision that the editor saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    due_on = day_field("新的期限")
    reason = forms.CharField(
        label="原因",
        max_length=LONGEST_REASON,
        error_messages={"required": "请写改期的原因。", "max_length": f"原因最多 {LONGEST_REASON} 字。"},
    )


class WithdrawForm(forms.Form):
    """撤回."""

    prefix = "withdraw"
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="原因",
        max_length=LONGEST_REASON,
        error_messages={"required": "请写撤回的原因。", "max_length": f"原因最多 {LONGEST_REASON} 字。"},
    )
