"""自学登记 of a ledger, for who keeps it: the list of a year, one more for a member, Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member, Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.readings.models import Reading
from youju.records.readings.queries import by_himself, readings_in
from youju.web.shared import clock, place
from youju.web.shared.fields import day_field, number_in, typed
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response

EARLIEST = 1921


class ReadingForm(forms.Form):
    member = forms.TypedChoiceField(
        label="党员", coerce=int, error_messages={"required": "请选党员。", "invalid_choice": "请从名单里选党员。"}
    )
    title = forms.CharField(
        label="学习内容",
        max_length=120,
        help_text="书、文章、文件或线上课的名称。",
        error_messages={"required": "请写学习内容。", "max_length": "学习内容最多 120 字。"},
    )
    read_on = day_field("日期")

    def __init__(self, *args: object, people: Sequence[Member], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        member = self.fields["member"]
        assert isinstance(member, forms.TypedChoiceField)
        member.choices = [("", "请选党员"), *((person.pk, person.name) for person in people)]


@dataclass(frozen=True)
class Row:
    reading: Reading
    himself: bool


@dataclass(frozen=True)
class ReadingsPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    form: ReadingForm


def _year(request: HttpRequest) -> int:
    today = clock.today().year
    year = number_in(request.GET.get("year"), otherwise=today, most=today)
    return year if year >= EARLIEST else today


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Who read what is for who keeps the ledger; everybody else sees the figure."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    today, year = clock.today(), _year(request)
    people = chairs_for(unit, today)
    form = ReadingForm(typed(request), people=people, initial={"read_on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            member = next(person for person in people if person.pk == data["member"])
            note_reading(
                member=member, read_on=data["read_on"], title=data["title"], keeper=unit, by=request.user, at=clock.now()
            )  # fmt: skip
            messages.success(request, "已登记。")
            return redirect(f"{reverse('ledger:readings')}?unit={unit.pk}")
        except Refusal as refusal:
            put_in(form, refusal)
    page = ReadingsPage(
        unit=unit,
        year=year,
        years=tuple(range(today.year, today.year - 5, -1)),
        rows=tuple(Row(reading, by_himself(reading)) for reading in readings_in(unit, year=year)),
        form=form,
    )
    return render(request, "ledger/readings.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    year = _year(request)
    rows: list[list[Cell]] = [
        [row.read_on, row.member.name, row.title, "本人" if by_himself(row) else "党务工作者"]
        for row in readings_in(unit, year=year)
    ]
    headings = ["日期", "党员", "学习内容", "谁填的"]
    return table_response(
        name=f"{unit.short_name}{year}年自学登记", headings=headings, rows=rows, widths=(12, 12, 40, 12)
    )


@require_POST
def withdraw(request: HttpRequest, ledger_id: int, reading_id: int) -> HttpResponse:
    unit = require(request.user, ledger_id, Right.WRITE_RECORDS, on=clock.today())
    reading = Reading.objects.filter(pk=reading_id, ledger=unit).first()
    if reading is None:
        raise NotYours("没有这条自学登记。")
    withdraw_reading(reading=reading, by=request.user, at=clock.now())
    messages.success(request, "已撤回。")
    return redirect(f"{reverse('ledger:readings')}?unit={unit.pk}")
