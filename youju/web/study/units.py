"""Pages of 学习安排: the year's units, one of them with its records and who must make it up, and each step of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import chairs_for
from youju.records.sources.models import Source
from youju.study.curriculum.queries import tree_of
from youju.study.units import actions
from youju.study.units.models import StudyUnit
from youju.study.units.queries import Standing, find, standings, stood
from youju.study.units.values import Stage
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import filled, pressed
from youju.web.shared.sheets import Cell, table_response
from youju.web.shared.uses import work_url
from youju.web.study.tabs import Frame, frame
from youju.web.study.units_forms import DropForm, UnitForm, likely
from youju.web.study.years import OFFERED, Year

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
MARKS = {Stage.LATE: "late", Stage.NOW: "half", Stage.AHEAD: "plan", Stage.DONE: "done"}


@dataclass(frozen=True)
class Row:
    standing: Standing
    url: str
    record_url: str  # 记一次 of it; empty for who may not, or before its days

    @property
    def unit(self) -> StudyUnit:
        return self.standing.unit

    @property
    def mark(self) -> str:
        return MARKS[self.standing.stage]


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    year: Year
    rows: tuple[Row, ...]
    may_write: bool
    has_topics: bool

    @property
    def done(self) -> int:
        return sum(row.standing.stage is Stage.DONE for row in self.rows)


@dataclass(frozen=True)
class Away:
    """Who was away, and when he caught up."""

    name: str
    on: date | None


@dataclass(frozen=True)
class UnitPage:
    frame: Frame
    row: Row
    sessions: tuple[tuple[Session, str], ...]
    sources: tuple[tuple[Source, str], ...]
    away: tuple[Away, ...]
    traces: tuple[Trace, ...]
    may_write: bool
    committee_url: str  # as 第一议题 of a committee meeting


@dataclass(frozen=True)
class FormPage:
    frame: Frame
    unit: StudyUnit | None
    form: forms.Form
    heading: str
    verb: str
    back: str
    revision: object = None


def unit_for(request: HttpRequest, ledger_id: int, pk: int, right: Right = Right.WRITE_RECORDS) -> StudyUnit:
    """The unit of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, ledger_id, right, lambda ledger: find(ledger, pk), "没有这个学习单元。")


def url_of(unit: StudyUnit, page: str = "unit") -> str:
    return reverse(f"study:{page}", args=[unit.ledger_id, unit.pk])


def list_url(ledger: Unit, year: int) -> str:
    return f"{reverse('study:units')}?{urlencode({'unit': ledger.pk, 'year': year})}"


def _year(request: HttpRequest) -> Year:
    """A plan is made for the next year too."""
    this = clock.today().year
    asked = number_in(request.GET.get("year"), otherwise=this, most=this + 1)
    chosen = asked if asked > this - OFFERED else this
    return Year(chosen, tuple(range(this + 1, this - OFFERED + 1, -1)))


def record_url(unit: StudyUnit, **more: str) -> str:
    """记一次 of the unit: its kind, its words, its topic and its materials are there already."""
    asked: dict[str, Any] = {"unit": unit.ledger_id, "kinds": unit.kind, "title": unit.title}
    if unit.topic:
        asked["topic"] = unit.topic.title
    asked["text"] = [one.title for one in unit.sources.all()]
    return f"{reverse('ledger:new')}?{urlencode(asked | more, doseq=True)}"


def row_of(standing: Standing, *, may_write: bool) -> Row:
    open_to = may_write and standing.stage is not Stage.AHEAD and standing.unit.dropped_at is None
    return Row(standing, url_of(standing.unit), record_url(standing.unit) if open_to else "")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    ledger, year = place.ledger_of(request, Right.READ_RECORDS), _year(request)
    may_write = Right.WRITE_RECORDS in held(request).rights_in(ledger)
    rows = tuple(row_of(one, may_write=may_write) for one in standings(ledger, year=year.chosen, on=clock.today()))
    page = ListPage(frame(ledger, "study:units"), year, rows, may_write, bool(tree_of(ledger)))
    return render(request, "study/units/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    ledger, year = place.ledger_of(request, Right.READ_RECORDS), _year(request)
    rows: list[list[Cell]] = [
        [
            one.unit.starts_on, one.unit.ends_on, one.unit.title, one.unit.kind_zh,
            one.unit.topic.title if one.unit.topic else "", "\n".join(text.title for text in one.unit.sources.all()),
            one.unit.leader.name if one.unit.leader else "", one.stage.zh,
            "、".join(session.number for session in one.sessions), len(one.make_up), len(one.make_up) - one.owing,
        ]
        for one in standings(ledger, year=year.chosen, on=clock.today())
    ]  # fmt: skip
    headings = ["从", "到", "学什么", "形式", "专题", "学习材料", "领学人", "情况", "记录", "没到几人", "已补几人"]
    widths = (12, 12, 30, 12, 20, 36, 12, 14, 30, 10, 10)
    return table_response(
        name=f"{ledger.short_name}{year.chosen}年学习安排", headings=headings, rows=rows, widths=widths
    )


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """从学习体系排全年."""
    ledger, year = place.ledger_of(request, Right.WRITE_RECORDS), _year(request).chosen

    def do() -> None:
        actions.plan_year(unit=ledger, year=year, by=request.user, at=clock.now())

    return pressed(request, f"{year}年的单元已排好，可以逐个改。", do, back=list_url(ledger, year))


@require_safe
def unit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    found = unit_for(request, unit_id, pk, Right.READ_RECORDS)
    today = clock.today()
    (standing,) = stood([found], on=today)
    may_write = Right.WRITE_RECORDS in held(request).rights_in(found.ledger) and found.dropped_at is None
    names = dict(Member.objects.filter(pk__in=[one.member_id for one in standing.make_up]).values_list("pk", "name"))
    committee = {"unit": str(found.ledger_id), "kinds": "committee_meeting", "first_topic": found.title}
    page = UnitPage(
        frame=frame(found.ledger, "study:units"),
        row=row_of(standing, may_write=may_write),
        sessions=tuple((session, work_url(session)) for session in standing.sessions),
        sources=tuple((one, reverse("ledger:source", args=[one.ledger_id, one.number])) for one in found.sources.all()),
        away=tuple(Away(names[one.member_id], one.on) for one in standing.make_up),
        traces=traces_of("study_unit", found.pk, room="study"),
        may_write=may_write,
        committee_url=f"{reverse('ledger:new')}?{urlencode(committee)}" if may_write else "",
    )
    return render(request, "study/units/unit.html", {"page": page})


def _form(request: HttpRequest, ledger: Unit, *, kept: StudyUnit | None = None, **initial: Any) -> UnitForm:
    people = list(chairs_for(ledger, clock.today()))
    if kept and kept.leader and kept.leader not in people:
        people.append(kept.leader)  # one who has left may stay what he was
    texts = list(Source.objects.filter(ledger=ledger).order_by("-pk"))
    return UnitForm(
        typed(request), people=people, tree=tree_of(ledger), texts=texts, kept=kept,
        initial=likely(kept) if kept else initial,
    )  # fmt: skip


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """加一个单元."""
    ledger, year = place.ledger_of(request, Right.WRITE_RECORDS), _year(request).chosen
    today = clock.today()
    month = Period.month(year, today.month if year == today.year else 1)
    form = _form(request, ledger, starts_on=month.start, ends_on=month.end, kind="group_study")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_unit(unit=ledger, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, "已加单元。")
            return redirect(url_of(made))
        except Refusal as refusal:
            put_in(form, refusal)
    page = FormPage(frame(ledger, "study:units"), None, form, "加学习单元", "加上", list_url(ledger, year))
    return render(request, "study/units/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@reads_and_posts
def change(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    found = unit_for(request, unit_id, pk)
    form = _form(request, found.ledger, kept=found)
    page = FormPage(
        frame(found.ledger, "study:units"), found, form, "改学习单元", "保存", url_of(found), found.revision
    )

    def save(data: dict[str, Any]) -> str:
        actions.change_unit(
            unit=found, draft=form.draft(), revision=_seen(request, found), by=request.user, at=clock.now()
        )
        return "单元已改。"

    return filled(request, page, save, template="study/units/form.html")


@reads_and_posts
def drop(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """取消单元, with the reason."""
    found = unit_for(request, unit_id, pk)
    form = DropForm(typed(request))
    page = FormPage(
        frame(found.ledger, "study:units"), found, form, "取消学习单元", "取消这个单元", url_of(found), found.revision
    )

    def save(data: dict[str, Any]) -> str:
        actions.drop_unit(
            unit=found, revision=_seen(request, found), reason=data["reason"], by=request.user, at=clock.now()
        )
        return "单元已取消。"

    return filled(request, page, save, template="study/units/form.html")


def _seen(request: HttpRequest, found: StudyUnit) -> int:
    return number_in(request.POST.get("revision"), otherwise=found.revision, most=10**9)


UNIT = "units/<int:unit_id>/<int:pk>/"
URLS = [
    path("units/", index, name="units"),
    path("units/export.xlsx", export, name="units_export"),
    path("units/plan/", plan, name="units_plan"),
    path("units/new/", new, name="unit_new"),
    path(UNIT, unit, name="unit"),
    path(UNIT + "change/", change, name="unit_change"),
    path(UNIT + "drop/", drop, name="unit_drop"),
]
