"""What is asked for a check: a file or a pasted text, whose ledger, which year, as of which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from youju.audit.values import too_long

NOT_KEPT = "上级核对只看不留存：留存归写报告的组织，报送上来的已经存着，随时可以再核对。"


class CheckForm(forms.Form):
    """核对. The file itself is read by the view: what is wrong with it is said beside ``file``."""

    unit = forms.TypedChoiceField(
        label="对照谁的台账",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="不选就看稿子里写的是哪个组织。",
        error_messages={"invalid_choice": "组织请重新选择。"},
    )
    year = forms.TypedChoiceField(
        label="报告年度",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="不选就看标题和正文里写的是哪一年。",
        error_messages={"invalid_choice": "年度请重新选择。"},
    )
    as_of = forms.DateField(
        label="报告日期",
        required=False,
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"invalid": "报告日期请写成 2026-11-20 这样。"},
        help_text="只算到这一天。不填就用稿子落款的日期。",
    )
    file = forms.FileField(
        label="报告文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.txt,.pdf", "data-audit": True, "data-submit": True}),
        error_messages={"empty": "文件是空的，请确认选的是写好的那一份。"},
    )
    text = forms.CharField(
        label="或者粘贴文字",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请选一个文件，或者粘贴文字。"},
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[int, str]],
        all_offered: bool,
        years: Sequence[int],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        unit, year = self.fields["unit"], self.fields["year"]
        assert isinstance(unit, forms.TypedChoiceField)
        assert isinstance(year, forms.TypedChoiceField)
        unit.choices = [*([("", "按稿子里写的")] if len(units) > 1 else []), *units]
        if not all_offered:
            unit.help_text = "组织太多，没有列全；没有列出的，请在总览里点开那个组织，再把文件拖上去。"
        year.choices = [("", "按稿子里写的"), *((n, f"{n}年") for n in years)]

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day and day > self._today:
            raise forms.ValidationError("报告日期不能在今天之后。")
        if day and day.year < 1949:
            raise forms.ValidationError("报告日期太早了，请检查年份。")
        return day

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if sentence := too_long(text):
            raise forms.ValidationError(sentence)
        return text


class KeepForm(forms.Form):
    """留存: what to call it; the rest is what was judged, and comes along unseen."""

    name = forms.CharField(
        label="叫什么", max_length=80, error_messages={"required": "请写一个名称。", "max_length": "名称最多 80 字。"}
    )
    text = forms.CharField(widget=forms.HiddenInput, strip=False, error_messages={"required": "没有文字可以留存。"})
    year = forms.IntegerField(widget=forms.HiddenInput, min_value=1949, max_value=2100)
    as_of = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").removeprefix("\n")
        if sentence := too_long(text):
            raise forms.ValidationError(sentence)
        return text

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day.year < 1949 or day > self._today:
            raise forms.ValidationError("报告日期请重新选择。")
        return day
