"""What is typed about 学以致用."""

from __future__ import annotations

from typing import Any

from django import forms

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.records.sources.models import Source
from youju.records.sources.rules import read_said
from youju.study.uses.actions import LONGEST_OUTCOME
from youju.study.uses.models import Use
from youju.study.uses.queries import Work, work_named
from youju.study.uses.values import UseDraft
from youju.web.shared.fields import day_field
from youju.web.shared.files import file_field


class UseForm(forms.Form):
    """``work`` is a number of this ledger; of one that stands already it is not asked again."""

    work = forms.CharField(
        label="用在哪里", max_length=40, widget=forms.TextInput(attrs={"list": "works", "autocomplete": "off"}),
        help_text="项目、问题或走访、办实事等记录的编号，从列表里选。", error_messages={"required": "请选用在哪个项目、问题或记录里。"},
    )  # fmt: skip
    source = forms.CharField(
        label="学的是哪份材料", max_length=250, widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        help_text="从学习材料里选，写到篇目更好：《名称》篇目。", error_messages={"required": "请选用的是哪份材料。"},
    )  # fmt: skip
    outcome = forms.CharField(
        label="成效", max_length=LONGEST_OUTCOME, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一句话：照着做了什么，成了什么。", error_messages={"required": "请写成效。", "max_length": f"成效最多 {LONGEST_OUTCOME} 字。"},
    )  # fmt: skip
    used_on = day_field("哪天用上的", required=False)
    file = file_field("佐证")

    def __init__(self, *args: Any, ledger: Unit, use: Use | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ledger, self.use = ledger, use
        if use is not None:
            del self.fields["work"]
            self.fields["reason"] = forms.CharField(
                label="更正的原因", max_length=200, error_messages={"required": "请写更正的原因。"}
            )
        self.fields["used_on"].help_text = "用在记录里的不用填，以记录的日期为准。"

    def clean_work(self) -> Work:
        work = work_named(self.ledger, self.cleaned_data["work"])
        if work is None:
            raise forms.ValidationError("本组织没有这个编号的项目、问题或记录。")
        return work

    def clean_source(self) -> tuple[int, int | None]:
        """The text and the part that are meant."""
        try:
            said = read_said(self.cleaned_data["source"])
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        source = Source.objects.filter(ledger=self.ledger, title=said.title).first()
        if source is None:
            raise forms.ValidationError(f"学习材料里没有《{said.title}》，请先登记。")
        part = source.parts.filter(title=said.part).first() if said.part else None
        if said.part and part is None:
            raise forms.ValidationError(f"《{said.title}》没有“{said.part}”这一篇。")
        return source.pk, part.pk if part else None

    def draft(self) -> UseDraft:
        data = self.cleaned_data
        source_id, part_id = data["source"]
        return UseDraft(source_id, data["outcome"], part_id, data.get("used_on"))
