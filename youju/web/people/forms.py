"""What is typed about members: who comes, changes, holds an office, leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.members.values import Standing
from youju.people.models import Unit
from youju.people.posts.values import TITLES_ZH
from youju.web.shared.fields import day_field


class InUnit(forms.Form):
    """A form that names a unit out of those given."""

    unit = forms.TypedChoiceField(
        label="所在组织",
        coerce=int,
        error_messages={"required": "请选所在组织。", "invalid_choice": "所在组织请重新选择。"},
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {unit.pk: unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(unit.pk, unit.short_name) for unit in units]

    @property
    def chosen(self) -> Unit:
        return self._units[self.cleaned_data["unit"]]


def _standing_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="类别", choices=[(standing.value, standing.zh) for standing in Standing])


class AdmitForm(InUnit):
    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请写姓名。"})
    standing = _standing_field()
    since = day_field("日期", help_text="转入或接收的日期。")
    field_order = ["name", "unit", "standing", "since"]


class ChangeForm(InUnit):
    """转正 and change of group: from a day on he belongs there, as that."""

    standing = _standing_field()
    since = day_field("日期", help_text="从哪一天起。转正填支部大会通过之日。")


class LeaveForm(forms.Form):
    until = day_field("转出日期", help_text="从这一天起不再在册；以前的记录都保留。")


class AppointForm(InUnit):
    title = forms.ChoiceField(label="职务", choices=[(title.value, zh) for title, zh in TITLES_ZH.items()])
    since = day_field("任职日期")
    field_order = ["title", "unit", "since"]


class RelieveForm(forms.Form):
    until = day_field("免职日期")
