"""What is typed about 送学上门."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from youju.people.models import Member
from youju.records.sources.models import Source
from youju.study.deliveries.actions import LONGEST_BRINGER, LONGEST_NOTE, LONGEST_TEXT
from youju.study.deliveries.values import DeliveryDraft, Way
from youju.web.shared.fields import day_field

#: Of a long register the newest texts stand as boxes to tick; the others are named in words, which find them.
SHOWN = 12


class DeliveryForm(forms.Form):
    """``people`` come with their labels, in the order in which they are offered."""

    members = forms.TypedMultipleChoiceField(
        label="送给了谁", coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="同一天、同样内容的几个人一起勾；每人记一次。", error_messages={"required": "请勾选送给了谁。", "invalid_choice": "送给了谁请重新勾选。"},
    )  # fmt: skip
    brought_on = day_field("哪天")
    way = forms.ChoiceField(
        label="怎么送", choices=[(way.value, way.zh) for way in Way], widget=forms.RadioSelect,
        error_messages={"required": "请选怎么送的。", "invalid_choice": "怎么送的请重新选择。"},
    )  # fmt: skip
    sources = forms.TypedMultipleChoiceField(
        label="学的哪份材料", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "材料请重新选择。"},
    )  # fmt: skip
    text = forms.CharField(
        label="别的内容", max_length=LONGEST_TEXT, required=False,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        help_text="上面没有的材料写名称，或者写学的什么。", error_messages={"max_length": f"学的内容最多 {LONGEST_TEXT} 字。"},
    )  # fmt: skip
    bringer = forms.TypedChoiceField(
        label="谁送的", coerce=int, empty_value=None, required=False, error_messages={"invalid_choice": "谁送的请重新选择。"}
    )  # fmt: skip
    bringer_words = forms.CharField(
        label="还有谁", max_length=LONGEST_BRINGER, required=False,
        help_text="不在名单里的，如：邮寄、两名志愿者。", error_messages={"max_length": f"最多 {LONGEST_BRINGER} 字。"},
    )  # fmt: skip
    note = forms.CharField(
        label="说明", max_length=LONGEST_NOTE, required=False,
        help_text="一句话。身体情况、住址、收入都不写。", error_messages={"max_length": f"说明最多 {LONGEST_NOTE} 字。"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], bringers: Sequence[Member], texts: Sequence[Source],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        members, sources, bringer = self.fields["members"], self.fields["sources"], self.fields["bringer"]
        assert isinstance(members, forms.TypedMultipleChoiceField)
        assert isinstance(sources, forms.TypedMultipleChoiceField) and isinstance(bringer, forms.TypedChoiceField)
        members.choices = list(people)
        ticked = {str(pk) for pk in self.initial.get("sources", ())}
        if isinstance(self.data, QueryDict):  # what was ticked stays to be ticked, also where a newer text has come
            ticked |= set(self.data.getlist("sources"))
        boxes = sorted(texts, key=lambda one: str(one.pk) not in ticked)
        sources.choices = [(one.pk, one.title) for one in boxes[: max(SHOWN, len(ticked))]]
        bringer.choices = [("", "请选"), *((person.pk, person.name) for person in bringers)]

    def draft(self) -> DeliveryDraft:
        data = self.cleaned_data
        return DeliveryDraft(
            tuple(data["members"]), data["brought_on"], data["way"], tuple(data["sources"]), data["text"],
            data["bringer"], data["bringer_words"], data["note"],
        )  # fmt: skip
