"""Pages of 自学抽查: the four quarters of a year, one draw with how it is computed again, and each step of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.drawing import DIGEST_SHOWN
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.kit.zone import SHANGHAI
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import chairs_for, expected_at
from youju.study.spotchecks import actions
from youju.study.spotchecks.models import SpotCheck
from youju.study.spotchecks.queries import KIND, checks_of, find, met, recomputed, records_offered, standing_in
from youju.study.spotchecks.rules import usual_size
from youju.study.spotchecks.values import Stage
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import by_now, filled, seen
from youju.web.shared.sheets import Cell, table_response
from youju.web.shared.uses import work_url
from youju.web.study.checks_forms import DrawForm, HoldForm
from youju.web.study.steps import FormPage, RecordForm, Thing, linked, with_reason
from youju.web.study.tabs import Frame, frame
from youju.web.study.years import Year, year_asked

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
KIND_ZH = "自学抽查"
MARKS = {Stage.DRAWN: "half", Stage.HELD: "done", Stage.DROPPED: "waived"}


@dataclass(frozen=True)
class Row:
    check: SpotCheck
    met: int
    url: str
    record_url: str

    @property
    def mark(self) -> str:
        return MARKS[self.check.stage]


@dataclass(frozen=True)
class Quarter:
    """One quarter of the year: its check, if one was drawn; those that were dropped stand below."""

    name: str
    row: Row | None
    dropped: tuple[Row, ...]
    ahead: bool
    here: bool


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    year: Year
    quarters: tuple[Quarter, ...]
    draw_url: str  # empty for who may not, and where this quarter's was drawn


@dataclass(frozen=True)
class Line:
    number: int
    name: str
    picked: bool


@dataclass(frozen=True)
class CheckPage:
    frame: Frame
    row: Row
    lines: tuple[Line, ...]
    digest: str
    same: bool  # computed again just now
    traces: tuple[Trace, ...]
    may_write: bool
    offered: tuple[Session, ...]
    link_form: RecordForm

    @property
    def picked(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.picked)


@dataclass(frozen=True)
class DrawPage(FormPage):
    roster: int = 0  # people


def check_for(request: HttpRequest, unit_id: int, pk: int, right: Right = Right.WRITE_RECORDS) -> SpotCheck:
    """The check of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, pk), "没有这次抽查。")


def url_of(check: SpotCheck, page: str = "check") -> str:
    return reverse(f"study:{page}", args=[check.ledger_id, check.pk])


def row_of(check: SpotCheck) -> Row:
    return Row(check, met(check), url_of(check), work_url(check.record) if check.record else "")


def quarters_of(unit: Unit, year: int, today: date) -> tuple[Quarter, ...]:
    rows = [row_of(check) for check in checks_of(unit, year=year)]
    found = []
    for number, period in enumerate(Period.year(year).quarters(), 1):
        own = [row for row in rows if row.check.quarter == number]
        found.append(
            Quarter(
                f"第{'一二三四'[number - 1]}季度",
                next((row for row in own if row.check.stage is not Stage.DROPPED), None),
                tuple(row for row in own if row.check.stage is Stage.DROPPED),
                ahead=period.start > today,
                here=today in period,
            )
        )
    return tuple(found)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, year, today = place.ledger_of(request, Right.READ_RECORDS), year_asked(request), clock.today()
    may_draw = Right.WRITE_RECORDS in held(request).rights_in(unit) and standing_in(unit, today) is None
    page = ListPage(
        frame(unit, "study:checks"), year, quarters_of(unit, year.chosen, today),
        f"{reverse('study:check_draw')}?unit={unit.pk}" if may_draw else "",
    )  # fmt: skip
    return render(request, "study/checks/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The year's checks: that they happened and how many, and nobody's name."""
    unit, year = place.ledger_of(request, Right.READ_RECORDS), year_asked(request)
    rows: list[list[Cell]] = []
    for check in checks_of(unit, year=year.chosen):
        record = check.record
        rows.append([
            check.title, check.stage.zh, check.drawn_on, check.seed, check.roster_digest[:DIGEST_SHOWN],
            len(check.places.all()), check.size, met(check), record.held_on if record else None,
            record.number if record else "", record.outcome if record else "", check.reason,
        ])  # fmt: skip
    headings = [
        "抽查",
        "状态",
        "抽样日期",
        "种子",
        "名册摘要",
        "名册人数",
        "抽几人",
        "查到几人",
        "抽查日期",
        "记录编号",
        "抽查结果",
        "作废原因",
    ]
    widths = (26, 14, 12, 12, 12, 10, 10, 10, 12, 16, 44, 30)
    return table_response(name=f"{unit.short_name}{year.chosen}年自学抽查", headings=headings, rows=rows, widths=widths)


@reads_and_posts
def draw(request: HttpRequest) -> HttpResponse:
    """抽样 of this quarter. The seed is chance and nobody's choice."""
    unit, today = place.ledger_of(request, Right.WRITE_RECORDS), clock.today()
    if there := standing_in(unit, today):
        return redirect(url_of(there))
    many = len(expected_at(unit, (KIND,), today))
    form = DrawForm(typed(request), initial={"size": usual_size(many)})
    if request.method == "POST" and form.is_valid():
        try:
            check = actions.draw(
                unit=unit, size=form.cleaned_data["size"], seed=secrets.token_hex(4), by=request.user, at=clock.now()
            )
            messages.success(request, f"已抽 {check.size} 人，种子 {check.seed}。")
            return redirect(url_of(check))
        except Refusal as refusal:
            put_in(form, refusal)
    here = frame(unit, "study:checks")
    page = DrawPage(here, form, "抽样", "抽样", here.url, roster=many)
    return render(request, "study/checks/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def check(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    return _show(request, check_for(request, unit_id, pk, Right.READ_RECORDS))


def _show(request: HttpRequest, found: SpotCheck, form: RecordForm | None = None) -> HttpResponse:
    may_write = Right.WRITE_RECORDS in held(request).rights_in(found.ledger)
    page = CheckPage(
        frame=frame(found.ledger, "study:checks"),
        row=row_of(found),
        lines=tuple(Line(one.number, one.member.name, one.picked) for one in found.places.all()),
        digest=found.roster_digest[:DIGEST_SHOWN],
        same=recomputed(found),
        traces=traces_of("spot_check", found.pk, room="study"),
        may_write=may_write and found.stage is Stage.DRAWN,
        offered=tuple(records_offered(found)) if may_write else (),
        link_form=form or RecordForm(kind=KIND_ZH),
    )
    return render(request, "study/checks/check.html", {"page": page, "form": form}, status=422 if form else 200)


@reads_and_posts
def hold(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """记抽查: it becomes a record of the ledger."""
    found = check_for(request, unit_id, pk)
    people = chairs_for(found.ledger, clock.today())
    picked = [one.member for one in found.places.all() if one.picked]
    start = {"day": clock.today(), "start": clock.now().astimezone(SHANGHAI).time(), "met": [one.pk for one in picked]}
    form = HoldForm(typed(request), people=people, picked=picked, initial=start)
    page = FormPage.of(_thing(found), form, "记抽查", "记下")

    def save(data: dict[str, Any]) -> str:
        seeing = seen(request, found.revision)
        session = actions.hold(check=found, draft=form.draft(), revision=seeing, **by_now(request))
        return f"已记入台账，编号 {session.number}。"

    return filled(request, page, save, template="study/checks/form.html")


@require_POST
def link(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """It stands in the ledger already."""
    found = check_for(request, unit_id, pk)
    form = RecordForm(request.POST, kind=KIND_ZH)

    def do(number: str) -> None:
        actions.link(check=found, number=number, revision=seen(request, found.revision), **by_now(request))

    return linked(
        request,
        form,
        do=do,
        said="已关联，这次抽查已查。",
        back=url_of(found),
        show=lambda: _show(request, found, form),
    )


@reads_and_posts
def drop(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """作废, with the reason; then another may be drawn."""
    found = check_for(request, unit_id, pk)

    def do(reason: str) -> None:
        actions.drop(check=found, revision=seen(request, found.revision), reason=reason, **by_now(request))

    return with_reason(
        request, _thing(found), "作废这次抽样", verb="作废", do=do, said="已作废，可以重新抽样。",
        hint="作废的抽样留着能看到，再抽是另一次。",
    )  # fmt: skip


def _thing(found: SpotCheck) -> Thing:
    return Thing(frame(found.ledger, "study:checks"), url_of(found), (found.title,), found.revision)


CHECK = "checks/<int:unit_id>/<int:pk>/"
URLS = [
    path("checks/", index, name="checks"),
    path("checks/export.xlsx", export, name="checks_export"),
    path("checks/draw/", draw, name="check_draw"),
    path(CHECK, check, name="check"),
    path(CHECK + "hold/", hold, name="check_hold"),
    path(CHECK + "link/", link, name="check_link"),
    path(CHECK + "drop/", drop, name="check_drop"),
]
