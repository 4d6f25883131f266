"""工作日: what this site says of single days, against the published arrangement or ahead of it. For the whole site."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from youju.duties.workdays.actions import clear_day, set_day
from youju.duties.workdays.queries import overrides
from youju.duties.workdays.rules import PUBLISHED_UNTIL
from youju.duties.workdays.values import LONGEST_BASIS, LONGEST_NAME, Override
from youju.kit.refusal import NotAllowed, Refusal
from youju.people.roles.rules import Role
from youju.people.units.values import SEGMENT
from youju.web.shared import clock
from youju.web.shared.fields import day_field, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in

OFF, WORK = "off", "work"


class DayForm(forms.Form):
    day = day_field("日期")
    kind = forms.ChoiceField(
        label="这一天",
        choices=[(OFF, "放假"), (WORK, "上班")],
        widget=forms.RadioSelect,
        initial=OFF,
        error_messages={"required": "请选放假还是上班。", "invalid_choice": "请选放假还是上班。"},
    )
    name = forms.CharField(
        label="名称",
        required=False,
        max_length=LONGEST_NAME,
        help_text="例如：春节、调休上班。",
        error_messages={"max_length": f"名称最多 {LONGEST_NAME} 字。"},
    )
    basis = forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        help_text="哪份通知。",
        error_messages={"required": "请写依据。", "max_length": f"依据最多 {LONGEST_BASIS} 字。"},
    )


@dataclass(frozen=True)
class DaysPage:
    form: DayForm
    rows: list[Override]
    published_until: int


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """The table, and one more line of it."""
    _require_keeper(request)
    form = DayForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_day(
                day=data["day"], off=data["kind"] == OFF, name=data["name"], basis=data["basis"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, "已登记，所有组织的年历和提示都照这个看。")
            return redirect("setup:days")
        except Refusal as refusal:
            put_in(form, refusal)
    page = DaysPage(form, overrides(), PUBLISHED_UNTIL)
    return render(request, "setup/days.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """撤销 one line."""
    _require_keeper(request)
    form = DayForm({"day": request.POST.get("day", "")})
    form.is_valid()
    day = form.cleaned_data.get("day")
    try:
        if day is None:
            raise Refusal("day", "没有这一天的登记。")
        clear_day(day=day, by=request.user, at=clock.now())
        messages.success(request, "已撤销，照公布的放假安排看。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("setup:days")


def _require_keeper(request: HttpRequest) -> None:
    """Who speaks for the whole site: a site admin, or the superior of a unit that stands under no other."""
    grants = held(request).grants
    if not any(role is Role.SITE_ADMIN or (role is Role.SUPERIOR and len(path) == SEGMENT) for role, path in grants):
        raise NotAllowed("工作日由站点管理员或最上级党组织登记。")
