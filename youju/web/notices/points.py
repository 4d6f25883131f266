"""学习重点 for who looks over branches: what is asked of them, and how many have taken it over and learned it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.periods import Period
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.study.points.actions import change_point, state_point, withdraw_point
from youju.study.points.models import StudyPoint
from youju.study.points.queries import stated_by
from youju.study.units.taking import Reach, Taking, reach_of
from youju.web.notices.point_forms import PointForm, WithdrawPointForm, likely
from youju.web.notices.senders import sender_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import by_now, filled, seen
from youju.web.shared.sheets import Cell, table_response

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class ListPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    reaches: tuple[Reach, ...]


@dataclass(frozen=True)
class PointPage:
    point: StudyPoint
    reach: Reach
    back: str


@dataclass(frozen=True)
class FormPage:
    unit: Unit
    form: forms.Form
    heading: str
    verb: str
    back: str
    revision: int | None = None


def state_of(taking: Taking) -> tuple[str, str]:
    """(shape, words)."""
    if taking.learned:
        return "done", "已学"
    return ("half", "已列入") if taking.taken else ("todo", "还没列入")


def list_url(sender: Unit, year: int) -> str:
    return f"{reverse('notices:points')}?{urlencode({'unit': sender.pk, 'year': year})}"


def _year(request: HttpRequest) -> int:
    """A year is asked for beforehand, too."""
    this = clock.today().year
    asked = number_in(request.GET.get("year"), otherwise=this, most=this + 1)
    return asked if asked > this - 5 else this


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    sender, year, this = sender_of(request), _year(request), clock.today().year
    reaches = reach_of(stated_by(sender, year), on=clock.today())
    years = tuple(range(this + 1, this - 3, -1))
    return render(request, "notices/points/list.html", {"page": ListPage(sender, year, years, tuple(reaches))})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Every point with every branch, as an Excel file: numbers and no names."""
    sender, year = sender_of(request), _year(request)
    rows: list[list[Cell]] = [
        [
            reach.point.title, reach.point.starts_on, reach.point.ends_on, one.unit.name, state_of(one)[1],
            len(one.standings), one.sessions,
        ]
        for reach in reach_of([one for one in stated_by(sender, year) if not one.withdrawn_at], on=clock.today())
        for one in reach.takings
    ]  # fmt: skip
    return table_response(
        name=f"{sender.short_name}{year}年学习重点",
        headings=["学习重点", "从", "到", "党支部", "情况", "列入单元", "学了几次"],
        rows=rows,
        widths=(36, 12, 12, 36, 12, 10, 10),
    )


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """提一项学习重点."""
    sender, year, today = sender_of(request), _year(request), clock.today()
    month = Period.month(year, today.month if year == today.year else 1)
    form = PointForm(typed(request), initial={"starts_on": month.start, "ends_on": month.end})
    if request.method == "POST" and form.is_valid():
        try:
            made = state_point(sender=sender, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, "已提出，各党支部的学习安排里已列出。")
            return redirect(list_url(sender, made.year))
        except Refusal as refusal:
            put_in(form, refusal)
    page = FormPage(sender, form, "提学习重点", "提出", list_url(sender, year))
    return render(request, "notices/points/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _point(request: HttpRequest, point_id: int) -> StudyPoint:
    """The point, for who looks over its sender; to anybody else there is none."""
    found = StudyPoint.objects.select_related("sender").filter(pk=point_id).first()
    if found is None:
        raise NotYours("没有这项学习重点。")
    place.stand_in(request, require(request.user, found.sender_id, Right.SEND_NOTICES, on=clock.today()))
    return found


@require_safe
def point(request: HttpRequest, point_id: int) -> HttpResponse:
    found = _point(request, point_id)
    (reach,) = reach_of([found], on=clock.today())
    page = PointPage(found, reach, list_url(found.sender, found.year))
    rows = [(one, *state_of(one)) for one in reach.takings]
    return render(request, "notices/points/point.html", {"page": page, "rows": rows})


@reads_and_posts
def change(request: HttpRequest, point_id: int) -> HttpResponse:
    found = _point(request, point_id)
    form, back = PointForm(typed(request), initial=likely(found)), reverse("notices:point", args=[found.pk])
    page = FormPage(found.sender, form, "改学习重点", "保存", back, found.revision)

    def save(data: dict[str, Any]) -> str:
        change_point(point=found, draft=form.draft(), revision=seen(request, found.revision), **by_now(request))
        return "已改。支部已经列入的单元不跟着变。"

    return filled(request, page, save, template="notices/points/form.html")


@reads_and_posts
def withdraw(request: HttpRequest, point_id: int) -> HttpResponse:
    """撤回, with the reason."""
    found = _point(request, point_id)
    form, back = WithdrawPointForm(typed(request)), reverse("notices:point", args=[found.pk])
    page = FormPage(found.sender, form, "撤回学习重点", "撤回", back, found.revision)

    def save(data: dict[str, Any]) -> str:
        withdraw_point(point=found, revision=seen(request, found.revision), reason=data["reason"], **by_now(request))
        return "已撤回。支部已经列入的单元还在。"

    return filled(request, page, save, template="notices/points/form.html")


URLS = [
    path("points/", index, name="points"),
    path("points/export.xlsx", export, name="points_export"),
    path("points/new/", new, name="point_new"),
    path("points/<int:point_id>/", point, name="point"),
    path("points/<int:point_id>/change/", change, name="point_change"),
    path("points/<int:point_id>/withdraw/", withdraw, name="point_withdraw"),
]
