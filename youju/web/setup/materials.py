"""材料检查: which items stand beside a record of this unit, and where that was said."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.checklist.actions import choose_items
from youju.records.checklist.queries import choices_of, mark_of
from youju.records.checklist.values import Chosen
from youju.web.setup.tabs import Frame, frame
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in

WORDS = {"on": True, "off": False, "above": None}


class MaterialsForm(forms.Form):
    """One choice an item: look at it, do not, or as the unit above."""

    def __init__(self, *args: object, choices: tuple[Chosen, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for chosen in choices:
            self.fields[chosen.item.id] = forms.ChoiceField(
                label=chosen.item.zh,
                help_text=chosen.item.wording,
                choices=[("above", _above(chosen)), ("on", "要看"), ("off", "不看")],
                widget=forms.RadioSelect,
                initial="above" if chosen.own is None else "on" if chosen.own else "off",
                error_messages={
                    "required": f"“{chosen.item.zh}”请选一个。",
                    "invalid_choice": f"“{chosen.item.zh}”请选一个。",
                },
            )

    @property
    def items(self) -> list[BoundField]:
        return [self[name] for name in self.fields]

    @property
    def wanted(self) -> dict[str, bool | None]:
        return {name: WORDS[value] for name, value in self.cleaned_data.items()}


def _above(chosen: Chosen) -> str:
    """跟随上级（县直机关工委：要看）."""
    word = "要看" if chosen.above else "不看"
    return f"跟随上级（{chosen.above_name}：{word}）" if chosen.above_name else f"默认（{word}）"


@dataclass(frozen=True)
class MaterialsPage:
    frame: Frame
    form: MaterialsForm
    looked_at: int
    seen: str

    @property
    def unit(self) -> Unit:
        return self.frame.unit


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.WRITE_RECORDS)
    choices = choices_of(unit)
    form, seen = MaterialsForm(typed(request), choices=choices), request.POST.get("seen") or mark_of(unit)
    if request.method == "POST" and form.is_valid():
        try:
            changed = choose_items(unit=unit, wanted=form.wanted, seen=seen, by=request.user, at=clock.now())
            messages.success(request, "已保存，所有记录旁的材料检查都照这个看。" if changed else "没有改动。")
            return HttpResponseRedirect(f"{reverse('setup:index')}?unit={unit.pk}")
        except Refusal as refusal:
            put_in(form, refusal)
            seen = mark_of(unit)  # having seen the sentence, a second save is meant
    page = MaterialsPage(frame(unit, "setup:index"), form, sum(chosen.on for chosen in choices), seen)
    return render(request, "setup/materials.html", {"page": page, "form": form}, status=422 if form.errors else 200)
