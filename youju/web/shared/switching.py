"""Which of the three talks a unit asks of all under it: one form, for the branch's page of talks and for the rules."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from youju.duties.choices.actions import choose_rule
from youju.duties.choices.values import LONGEST_BASIS
from youju.duties.rulebook import switch_of
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.records.talks.values import Requirement
from youju.web.shared import clock
from youju.web.shared.fields import day_field
from youju.web.shared.refusals import put_in


class SwitchForm(forms.Form):
    requirement = forms.ChoiceField(
        label="哪一项",
        choices=[(one.value, one.says) for one in Requirement],
        error_messages={"required": "请选是哪一项。", "invalid_choice": "请选是哪一项。"},
    )
    on = forms.ChoiceField(
        label="要求",
        choices=[("on", "要求"), ("off", "不要求")],
        error_messages={"required": "请选要求还是不要求。", "invalid_choice": "请选要求还是不要求。"},
    )
    since = day_field("从哪天起")
    basis = forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        error_messages={"required": "请写明依据。", "max_length": f"依据最多 {LONGEST_BASIS} 字。"},
    )


def switched(request: HttpRequest, unit: Unit, rule_id: str, form: SwitchForm) -> bool:
    """Whether it was written down; if not, the form says why. Only after ``is_valid``."""
    data = form.cleaned_data
    try:
        choose_rule(
            unit=unit, rule_id=switch_of(rule_id, Requirement(data["requirement"])), on=data["on"] == "on",
            basis=data["basis"], since=data["since"], by=request.user, at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        put_in(form, refusal)
        return False
    messages.success(request, "已记下，从那一年起照这个算；以前的不变。")
    return True
