"""What is typed about members: who comes, changes, holds an office, leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.members.values import Standing
from youju.people.models import Unit
from youju.people.posts.values import TITLES_ZH
from youju.people.roles.rules import ROLES_ZH, Role
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


#: What each role may do, beside its name: who gives it out need not know the table.
ROLE_WORDS = {
    Role.CLERK: "记台账、管名册",
    Role.SECRETARY: "还能归档、豁免、报送",
    Role.COMMITTEE: "看本组织的台账",
    Role.MEMBER: "看自己的记录",
    Role.SUPERIOR: "看下级的数字和报送",
    Role.SITE_ADMIN: "管账号和备份，看不到台账",
    Role.LIBRARIAN: "管素材库、签发口令，看受限段",
}


class GrantForm(InUnit):
    role = forms.ChoiceField(
        label="权限",
        choices=[(role.value, f"{zh}（{ROLE_WORDS[role]}）") for role, zh in ROLES_ZH.items()],
        error_messages={"required": "请选权限。", "invalid_choice": "权限请重新选择。"},
    )
    since = day_field("自", help_text="从哪一天起。")
    field_order = ["unit", "role", "since"]


class AccountForm(GrantForm):
    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请写姓名。"})
    username = forms.CharField(
        label="登录名",
        max_length=64,
        help_text="如姓名的拼音，登录时填。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "请写登录名。"},
    )
    link = forms.BooleanField(
        label="关联名册里同名的党员", required=False, help_text="关联后他能在“我的”里看到自己的记录。"
    )
    field_order = ["name", "username", "unit", "role", "since", "link"]

    @property
    def account(self) -> dict[str, Any]:
        """What ``open_account`` asks for."""
        data = self.cleaned_data
        return {**data, "unit": self.chosen, "role": Role(data["role"])}


class WithdrawForm(forms.Form):
    until = day_field("收回日期", help_text="从这一天起不再有这项权限。")
