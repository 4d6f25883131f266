"""What is typed about a visit, whom a record reached, and by what the coverage is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from youju.kit.periods import Period
from youju.people.models import Member
from youju.records.registers.kinds import REGISTERS
from youju.web.shared.fields import day_field

PICTURES = {"accept": "image/*", "capture": "environment"}


class VisitForm(forms.Form):
    """记一户: four fields and a photo. What is carried unseen is the form's number and a photo that came before."""

    form_key = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    who = forms.CharField(
        label="走访了谁",
        max_length=80,
        help_text="写名册上的编号或名称，户写“村 门牌”，如：河湾村 1-03。",
        widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
        error_messages={"required": "请写走访了谁。"},
    )
    day = day_field("哪一天")
    went = forms.TypedMultipleChoiceField(
        label="谁去的",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选谁去的。", "invalid_choice": "去的人请重新选择。"},
    )
    said = forms.CharField(
        label="听到什么",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="只写和工作有关的，不写电话、病情、收入。要办的事另记一条诉求。",
        error_messages={"max_length": "听到的情况最多 1000 字。"},
    )
    photo = forms.FileField(
        label="照片",
        required=False,
        widget=forms.ClearableFileInput(attrs=PICTURES),
        help_text="可不拍。存入时去掉位置等信息。",
        error_messages={"empty": "照片是空的。"},
    )

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        went = self.fields["went"]
        assert isinstance(went, forms.TypedMultipleChoiceField)
        went.choices = [(person.pk, person.name) for person in people]


class ReachedForm(forms.Form):
    """Whom a record reached, one a line, and the revision of it that the editor saw."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reached = forms.CharField(
        label="走到的对象",
        required=False,
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一个，写名册上的编号或名称；户写“村 门牌”，如：河湾村 1-03。",
    )


class CoverageFilter(forms.Form):
    """The filters of the coverage; they live in the address. A value that is none of them filters nothing."""

    kind = forms.ChoiceField(label="名册", required=False, choices=[(k.id, k.zh) for k in REGISTERS.values()])
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    quarter = forms.TypedChoiceField(
        label="季度",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "全年"), *((n, f"第{'一二三四'[n - 1]}季度") for n in range(1, 5))],
    )
    state = forms.ChoiceField(
        label="走访", required=False, choices=[("", "还没走到"), ("reached", "走到了"), ("all", "全部")]
    )
    words = forms.CharField(label="名称、编号或村", required=False, max_length=40)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        year = self.fields["year"]
        assert isinstance(year, forms.TypedChoiceField)
        year.choices = [(n, f"{n}年") for n in range(today.year, today.year - 6, -1)]
        self.is_valid()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def period(self) -> Period:
        year, quarter = self.cleaned_data.get("year") or self._today.year, self.cleaned_data.get("quarter")
        return Period.quarter(year, quarter) if quarter else Period.year(year)

    @property
    def span(self) -> str:
        quarter = self.cleaned_data.get("quarter")
        return f"{self.period.start.year}年" + (f"第{'一二三四'[quarter - 1]}季度" if quarter else "")
