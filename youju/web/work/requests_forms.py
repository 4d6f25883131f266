"""What is typed about a request, its action, its reply and its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.records.activities.models import Session
from youju.records.requests.values import ActionDraft
from youju.web.shared.fields import day_field


class RequestForm(forms.Form):
    text = forms.CharField(
        label="诉求",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="要办的是什么事。不写姓名、电话、病情、收入。",
        error_messages={"required": "请写诉求。", "max_length": "诉求最多 300 字。"},
    )
    raised_on = day_field("提出日期")
    subject = forms.CharField(
        label="谁提的",
        max_length=80,
        required=False,
        help_text="名册上的编号或名称，户写“村 门牌”；说不上是谁的留空。",
        widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
    )
    session = forms.TypedChoiceField(label="在哪次走访提的", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, visits: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = self.fields["session"]
        assert isinstance(session, forms.TypedChoiceField)
        session.choices = [("", "（不是走访时提的）"), *((row.pk, f"{row.number} {row.title}") for row in visits)]


class ActionForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    plan = forms.CharField(
        label="办理措施",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写办理措施。", "max_length": "办理措施最多 300 字。"},
    )
    owner = forms.TypedChoiceField(label="责任人", coerce=int, empty_value=None, required=False)
    due_on = day_field("时限", required=False)

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.TypedChoiceField)
        owner.choices = [("", "（不填）"), *((person.pk, person.name) for person in people)]

    def draft(self) -> ActionDraft:
        data = self.cleaned_data
        return ActionDraft(data["plan"], data.get("owner"), data.get("due_on"))


class ReplyForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reply = forms.CharField(
        label="答复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="办成了什么，办不成的为什么。只写真实发生的。",
        error_messages={"required": "请写答复。", "max_length": "答复最多 2000 字。"},
    )
    replied_on = day_field("答复日期")


class EndForm(forms.Form):
    closed_on = day_field("办结日期")
