"""我的自学: what the reader himself says he has read. Voluntary: nothing asks for it, nothing counts the time."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.readings.models import Reading
from youju.records.readings.queries import readings_by
from youju.web.shared import clock
from youju.web.shared.fields import day_field, typed
from youju.web.shared.refusals import put_in


class ReadingForm(forms.Form):
    title = forms.CharField(
        label="学习内容",
        max_length=120,
        help_text="书、文章、文件或线上课的名称。",
        error_messages={"required": "请写学习内容。", "max_length": "学习内容最多 120 字。"},
    )
    read_on = day_field("日期")


@dataclass(frozen=True)
class ReadingsPage:
    rows: tuple[Reading, ...]
    form: ReadingForm


def _member(request: HttpRequest) -> Member:
    member = Member.objects.filter(user=request.user.pk, forgotten_at__isnull=True).first()
    if member is None:
        raise NotYours("这个账号没有关联党员。")
    return member


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    form = ReadingForm(typed(request), initial={"read_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            note_reading(member=member, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, "已登记。")
            return redirect("me:readings")
        except Refusal as refusal:
            put_in(form, refusal)
    page = ReadingsPage(tuple(readings_by(member)), form)
    return render(request, "me/readings.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, reading_id: int) -> HttpResponse:
    reading = Reading.objects.filter(pk=reading_id, member=_member(request)).first()
    if reading is None:
        raise NotYours("没有这条自学登记。")
    withdraw_reading(reading=reading, by=request.user, at=clock.now())
    messages.success(request, "已撤回。")
    return redirect("me:readings")
