"""What is typed about rules: switched on or off, made, ended; always with a basis and a day."""

from __future__ import annotations

from django import forms

from youju.duties.choices.values import (
    COUNTABLE,
    LONGEST_BASIS,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_HOURS,
    RHYTHMS_ZH,
    STRENGTHS_ZH,
    RuleDraft,
)
from youju.web.shared.fields import day_field

MONTHS = [("", "不写"), *((str(month), f"{month}月") for month in range(1, 13))]


def _basis_field() -> forms.CharField:
    return forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        help_text="哪个文件的哪一条，或支委会哪次决议。",
        error_messages={"required": "请写依据。", "max_length": f"依据最多 {LONGEST_BASIS} 字。"},
    )


def _month_field(label: str, *, help_text: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=MONTHS, required=False, help_text=help_text,
        error_messages={"invalid_choice": "月份请重新选择。"},
    )  # fmt: skip


class ChooseForm(forms.Form):
    on = forms.ChoiceField(
        label="启用还是停用",
        choices=[("on", "启用"), ("off", "停用")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选启用还是停用。", "invalid_choice": "请选启用还是停用。"},
    )
    since = day_field("从哪一天", help_text="已经过去的日子也可以填；那以前的应做不变。")
    basis = _basis_field()


class EndForm(forms.Form):
    since = day_field("停用日期", help_text="这一天以前应做的照旧。")
    basis = _basis_field()


class RuleForm(forms.Form):
    title = forms.CharField(
        label="名称",
        max_length=LONGEST_TITLE,
        error_messages={"required": "请写名称。", "max_length": f"名称最多 {LONGEST_TITLE} 字。"},
    )
    figure = forms.ChoiceField(
        label="数什么",
        choices=[("", "请选择"), *((name, name) for name in COUNTABLE)],
        help_text="办没办到由台账里的记录数出来。",
        error_messages={"required": "请选数什么。", "invalid_choice": "数什么请重新选择。"},
    )
    rhythm = forms.ChoiceField(
        label="频次",
        choices=list(RHYTHMS_ZH.items()),
        error_messages={"required": "请选频次。", "invalid_choice": "频次请重新选择。"},
    )
    target = forms.IntegerField(
        label="每期至少",
        min_value=1,
        max_value=MOST_HOURS,
        help_text="几次；学时填每人多少学时。",
        error_messages={
            "required": "请填每期至少多少。", "invalid": "请填一个整数。",
            "min_value": "至少是 1。", "max_value": f"最多 {MOST_HOURS}。",
        },
    )  # fmt: skip
    strength = forms.ChoiceField(
        label="要求",
        choices=list(STRENGTHS_ZH.items()),
        help_text="原文写“一般”“原则上”的选一般，没有办到时可以豁免。",
        error_messages={"required": "请选要求。", "invalid_choice": "要求请重新选择。"},
    )
    opens_month = _month_field("从几月开始办", help_text="只用于每年一次的。")
    held_until_month = _month_field("可以办到次年几月", help_text="只用于按所属年度计的，如述职评议会。")
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": f"说明最多 {LONGEST_NOTE} 字。"},
    )
    since = day_field("从哪一天起", help_text="应做从其后第一个完整的月、季、半年或年算起。")
    basis = _basis_field()

    @property
    def draft(self) -> RuleDraft:
        data = self.cleaned_data
        return RuleDraft(
            title=data["title"],
            figure=data["figure"],
            rhythm=data["rhythm"],
            target=data["target"],
            strength=data["strength"],
            basis=data["basis"],
            opens_month=int(data["opens_month"]) if data["opens_month"] else None,
            held_until_month=int(data["held_until_month"]) if data["held_until_month"] else None,
            note=data["note"],
        )
