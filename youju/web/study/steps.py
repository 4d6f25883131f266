"""Forms about one thing of 学习, and the steps it takes by a reason or by the number of its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from youju.kit.refusal import Refusal
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import filled
from youju.web.study.tabs import Frame


@dataclass(frozen=True)
class Thing:
    """What a form is about, ``named`` first by what leads back to it."""

    frame: Frame
    url: str
    named: tuple[str, ...]
    revision: int


@dataclass(frozen=True)
class FormPage:
    """A page with one form about a thing, or about a new one, which has no name."""

    frame: Frame
    form: forms.Form
    heading: str
    verb: str
    back: str
    revision: object = None
    named: tuple[str, ...] = ()

    @classmethod
    def of(cls, thing: Thing, form: forms.Form, heading: str, verb: str, **more: Any) -> Self:
        return cls(thing.frame, form, heading, verb, thing.url, thing.revision, thing.named, **more)


class ReasonForm(forms.Form):
    """Why it is dropped or withdrawn; ``verb`` is the word for that."""

    reason = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, verb: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.help_text = f"{verb}的原因", hint
        reason.error_messages["required"] = f"请写{verb}的原因。"


class RecordForm(forms.Form):
    """Which record of the ledger; ``kind`` says of what."""

    record = forms.CharField(
        label="记录编号", max_length=40, widget=forms.TextInput(attrs={"list": "records", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].error_messages["required"] = f"请选一条{kind}的记录，或者写它的编号。"


def with_reason(
    request: HttpRequest, thing: Thing, heading: str, *, verb: str, do: Callable[[str], object], said: str,
    hint: str = "", button: str = "",
) -> HttpResponse:  # fmt: skip
    """作废, 取消 or 撤回: asked for its reason, which ``do`` is told."""

    def save(data: dict[str, Any]) -> str:
        do(data["reason"])
        return said

    form = ReasonForm(typed(request), verb=verb, hint=hint)
    return filled(request, FormPage.of(thing, form, heading, button or verb), save, template="study/form.html")


def linked(
    request: HttpRequest, form: RecordForm, *, do: Callable[[str], object], said: str, back: str,
    show: Callable[[], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """关联 the record that ``do`` is told the number of; what is refused stands on the page itself (``show``)."""
    if form.is_valid():
        try:
            do(form.cleaned_data["record"])
            messages.success(request, said)
            return redirect(back)
        except Refusal as refusal:
            put_in(form, refusal)
    return show()
