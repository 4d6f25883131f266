"""Pages of 学习安排: the year's units, one of them with its records and who must make it up, and each step of it."""

from __future__ import annotations

from collections.abc import Sequence
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
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member, Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import chairs_for
from youju.records.sources.models import Source
from youju.study.curriculum.queries import tree_of
from youju.study.points.models import StudyPoint
from youju.study.points.queries import points_for
from youju.study.units import actions
from youju.study.units.models import StudyUnit, said_how
from youju.study.units.queries import (
    Leading,
    Standing,
    drafts_of,
    find,
    leading,
    led_at,
    standings,
    stood,
    untaken,
    wanted_of,
)
from youju.study.units.values import Pace, Stage, UnitDraft
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
LONG = 16  # units that one page lists without folding
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
class Month:
    """The units that begin in one month. Of a long plan all months are folded away but the one in which one stands."""

    number: int
    rows: tuple[Row, ...]
    open: bool

    @property
    def done(self) -> int:
        return sum(row.standing.stage is Stage.DONE for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.standing.stage is Stage.LATE for row in self.rows)


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    year: Year
    rows: tuple[Row, ...]
    may_write: bool
    has_topics: bool
    on: date
    asked: tuple[tuple[StudyPoint, str], ...]  # from above, in no unit yet, with the address that takes it over
    leading: tuple[Leading, ...]

    @property
    def leaders(self) -> list[Leading]:
        """Who led or is to lead."""
        return [one for one in self.leading if one.led or one.ahead]

    @property
    def others(self) -> list[str]:
        """Whose turn may come."""
        return [one.name for one in self.leading if not (one.led or one.ahead)]

    @property
    def done(self) -> int:
        return sum(row.standing.stage is Stage.DONE for row in self.rows)

    @property
    def months(self) -> tuple[Month, ...]:
        """Of a plan by weeks; one of a unit a month is read as it is."""
        if len(self.rows) <= LONG:
            return ()
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.unit.starts_on.month, []).append(row)
        return tuple(
            Month(number, tuple(rows), any(row.unit.starts_on <= self.on <= row.unit.ends_on for row in rows))
            for number, rows in found.items()
        )


@dataclass(frozen=True)
class Drafted:
    """A unit as the draft of a year has it."""

    draft: UnitDraft
    how: str
    leader: str
    sources: tuple[str, ...]
    to_register: str  # the material of a point from above that the register lacks: it is entered with the plan


@dataclass(frozen=True)
class PlanPage:
    """The year as it would be written."""

    frame: Frame
    year: int
    paces: tuple[tuple[Pace, str, bool], ...]  # with its address, and whether it is this one
    pace: Pace
    months: tuple[tuple[int, tuple[Drafted, ...]], ...]
    back: str
    why: str  # not: what stands in the way

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.months)


@dataclass(frozen=True)
class Away:
    """Who was away, and when he caught up."""

    name: str
    on: date | None


@dataclass(frozen=True)
class UnitPage:
    frame: Frame
    row: Row
    sessions: tuple[tuple[Session, str, str], ...]  # with its address, empty where another unit keeps it, and who led
    sources: tuple[tuple[Source, str], ...]
    away: tuple[Away, ...]
    traces: tuple[Trace, ...]
    may_write: bool
    committee_url: str  # as 第一议题 of a committee meeting
    deliver_url: str  # 送学上门 of it; empty for who may not, or before its days


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


def record_url(unit: StudyUnit) -> str:
    """记一次 of the unit: its kind, its words, its form, its topic, its materials and who leads are there already."""
    form = {"form": unit.form} if unit.form else {}
    led = {"led": str(unit.leader_id)} if unit.leader_id else {}
    return _recording(unit, {"kinds": unit.kind, "title": unit.title} | form | led)


def committee_url(unit: StudyUnit) -> str:
    """As 第一议题 of a committee meeting, which then is about its topic and its materials."""
    return _recording(unit, {"kinds": "committee_meeting", "first_topic": unit.title})


def _recording(unit: StudyUnit, said: dict[str, str]) -> str:
    topic = {"topic": unit.topic.title} if unit.topic else {}
    asked: dict[str, Any] = {"unit": unit.ledger_id, **said, **topic, "text": [one.title for one in unit.sources.all()]}
    return f"{reverse('ledger:new')}?{urlencode(asked, doseq=True)}"


def _number(session: Session, ledger: Unit) -> str:
    """Of another unit's record, whose it is: it may be a number of one's own as well."""
    return session.number if session.ledger_id == ledger.pk else f"{session.ledger.short_name} {session.number}"


def _session_url(session: Session, unit: StudyUnit) -> str:
    """The record of another unit, in which this one took part, does not open here."""
    return work_url(session) if session.ledger_id == unit.ledger_id else ""


def _deliver_url(unit: StudyUnit) -> str:
    return f"{reverse('study:delivery_new')}?{urlencode({'unit': unit.ledger_id, 'plan': unit.pk})}"


def row_of(standing: Standing, *, may_write: bool) -> Row:
    open_to = may_write and standing.stage is not Stage.AHEAD and standing.unit.dropped_at is None
    return Row(standing, url_of(standing.unit), record_url(standing.unit) if open_to else "")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    ledger, year = place.ledger_of(request, Right.READ_RECORDS), _year(request)
    may_write = Right.WRITE_RECORDS in held(request).rights_in(ledger)
    today = clock.today()
    found = standings(ledger, year=year.chosen, on=today)
    rows = tuple(row_of(one, may_write=may_write) for one in found)
    asked = tuple((one, reverse("study:unit_take", args=[ledger.pk, one.pk])) for one in untaken(ledger, year.chosen))
    led = tuple(leading(ledger, found, year=year.chosen, on=today))
    page = ListPage(frame(ledger, "study:units"), year, rows, may_write, bool(tree_of(ledger)), today, asked, led)
    return render(request, "study/units/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    ledger, year = place.ledger_of(request, Right.READ_RECORDS), _year(request)
    found = standings(ledger, year=year.chosen, on=clock.today())
    led = led_at(ledger, [session for one in found for session in one.sessions])
    rows: list[list[Cell]] = [
        [
            one.unit.starts_on, one.unit.ends_on, one.unit.title, one.unit.kind_zh,
            one.unit.form_zh, one.unit.topic.title if one.unit.topic else "", "\n".join(text.title for text in one.unit.sources.all()),
            one.unit.leader.name if one.unit.leader else "", one.stage.zh,
            "、".join(_number(session, ledger) for session in one.sessions), len(one.make_up), len(one.make_up) - one.owing,
            "、".join(dict.fromkeys(name for session in one.sessions for name in led.get(session.pk, ()))),
            f"{one.unit.above.sender.short_name}：{one.unit.above.title}" if one.unit.above else "",
        ]
        for one in found
    ]  # fmt: skip
    headings = [
        "从",
        "到",
        "学什么",
        "类型",
        "活动形式",
        "专题",
        "学习材料",
        "领学人",
        "情况",
        "记录",
        "没到几人",
        "已补几人",
        "实际领学人",
        "上级学习重点",
    ]
    widths = (12, 12, 30, 12, 12, 20, 36, 12, 14, 30, 10, 10, 16, 36)
    return table_response(
        name=f"{ledger.short_name}{year.chosen}年学习安排", headings=headings, rows=rows, widths=widths
    )


@reads_and_posts
def plan(request: HttpRequest) -> HttpResponse:
    """从学习体系排全年, ``?pace=month`` or ``week``: as it would be, and with one button as it is."""
    ledger, year = place.ledger_of(request, Right.WRITE_RECORDS), _year(request).chosen
    pace = Pace.WEEKLY if request.GET.get("pace") == Pace.WEEKLY else Pace.MONTHLY
    if request.method == "POST":

        def do() -> None:
            actions.plan_year(unit=ledger, year=year, pace=pace, by=request.user, at=clock.now())

        return pressed(request, f"{year}年的单元已排好，可以逐个改。", do, back=list_url(ledger, year))
    drafts: list[UnitDraft] = []
    why = ""
    try:
        drafts = drafts_of(ledger, tree_of(ledger), year, pace, on=clock.today())
    except Refusal as refusal:
        why = refusal.sentence
    asked = [
        (
            one,
            f"{reverse('study:units_plan')}?{urlencode({'unit': ledger.pk, 'year': year, 'pace': one.value})}",
            one is pace,
        )
        for one in Pace
    ]
    page = PlanPage(
        frame(ledger, "study:units"), year, tuple(asked), pace, _by_month(drafts), list_url(ledger, year), why
    )
    return render(request, "study/units/plan.html", {"page": page})


def _by_month(drafts: Sequence[UnitDraft]) -> tuple[tuple[int, tuple[Drafted, ...]], ...]:
    people = dict(Member.objects.filter(pk__in={one.leader_id for one in drafts}).values_list("pk", "name"))
    named = {pk for one in drafts for pk in one.source_ids}
    texts = dict(Source.objects.filter(pk__in=named).values_list("pk", "title"))
    asked = {one.above_id for one in drafts if not one.source_ids}
    lacking = dict(StudyPoint.objects.filter(pk__in=asked).values_list("pk", "text"))
    found: dict[int, list[Drafted]] = {}
    for one in drafts:
        how = said_how(one.kind, one.form)
        leader = people.get(one.leader_id or 0, "")
        sources = tuple(texts[pk] for pk in one.source_ids)
        row = Drafted(one, how, leader, sources, lacking.get(one.above_id or 0, ""))
        found.setdefault(one.starts_on.month, []).append(row)
    return tuple((month, tuple(rows)) for month, rows in found.items())


@require_safe
def unit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    found = unit_for(request, unit_id, pk, Right.READ_RECORDS)
    today = clock.today()
    (standing,) = stood([found], on=today)
    may_write = Right.WRITE_RECORDS in held(request).rights_in(found.ledger) and found.dropped_at is None
    led = led_at(found.ledger, standing.sessions)
    names = dict(Member.objects.filter(pk__in=[one.member_id for one in standing.make_up]).values_list("pk", "name"))
    page = UnitPage(
        frame=frame(found.ledger, "study:units"),
        row=row_of(standing, may_write=may_write),
        sessions=tuple((one, _session_url(one, found), "、".join(led.get(one.pk, ()))) for one in standing.sessions),
        sources=tuple((one, reverse("ledger:source", args=[one.ledger_id, one.number])) for one in found.sources.all()),
        away=tuple(Away(names[one.member_id], one.on) for one in standing.make_up),
        traces=traces_of("study_unit", found.pk, room="study"),
        may_write=may_write,
        committee_url=committee_url(found) if may_write else "",
        deliver_url=_deliver_url(found) if may_write and standing.stage is not Stage.AHEAD else "",
    )
    return render(request, "study/units/unit.html", {"page": page})


def _form(
    request: HttpRequest,
    ledger: Unit,
    *,
    kept: StudyUnit | None = None,
    point: StudyPoint | None = None,
    **initial: Any,
) -> UnitForm:
    people = list(chairs_for(ledger, clock.today()))
    if kept and kept.leader and kept.leader not in people:
        people.append(kept.leader)  # one who has left may stay what he was
    texts = list(Source.objects.filter(ledger=ledger).order_by("-pk"))
    return UnitForm(
        typed(request), people=people, tree=tree_of(ledger), texts=texts, kept=kept, point_id=point.pk if point else None,
        initial=likely(kept) if kept else initial,
    )  # fmt: skip


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """加一个单元."""
    ledger, year = place.ledger_of(request, Right.WRITE_RECORDS), _year(request).chosen
    today = clock.today()
    month = Period.month(year, today.month if year == today.year else 1)
    point = _asked(ledger, request.GET.get("point"))
    first: dict[str, Any] = {"starts_on": month.start, "ends_on": month.end}
    if point is not None:
        (wanted,) = wanted_of(ledger, tree_of(ledger), [point])
        first = {"title": point.title, "starts_on": point.starts_on, "ends_on": point.ends_on, "topic": wanted.topic_id}
        first["sources"] = list(wanted.source_ids)
    form = _form(request, ledger, point=point, kind="group_study", **first)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_unit(unit=ledger, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, "已加单元。")
            return redirect(url_of(made))
        except Refusal as refusal:
            put_in(form, refusal)
    page = FormPage(frame(ledger, "study:units"), None, form, "加学习单元", "加上", list_url(ledger, year))
    return render(request, "study/units/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _asked(ledger: Unit, point_id: object) -> StudyPoint | None:
    """A point that is asked of the ledger from above; of another one nothing is said."""
    found = StudyPoint.objects.filter(pk=number_in(str(point_id or ""), otherwise=0, most=10**18)).first()
    asked = points_for(ledger, found.year) if found else []
    return next((one for one in asked if found and one.pk == found.pk), None)


@require_POST
def take(request: HttpRequest, unit_id: int, point_id: int) -> HttpResponse:
    """列入安排 what is asked from above; where it says nothing that is known here, the form asks which topic it is."""
    ledger = place.stand_in(request, require(request.user, unit_id, Right.WRITE_RECORDS, on=clock.today()))
    point = _asked(ledger, point_id)
    if point is None:
        raise NotYours("没有这项学习重点，或者它已经撤回。")
    try:
        made = actions.take_point(unit=ledger, point=point, by=request.user, at=clock.now())
        messages.success(request, "已列入安排，时间、类型和领学人可以再改。")
        return redirect(url_of(made))
    except Refusal as refusal:
        if refusal.field in ("topic", "title"):  # what the branch has to say itself
            words = f"学习体系里没有“{point.topic or point.title}”，请选它属于哪个专题，或者选一份材料。"
            messages.info(request, words if refusal.field == "topic" else refusal.sentence)
            asked = urlencode({"unit": ledger.pk, "year": point.year, "point": point.pk})
            return redirect(f"{reverse('study:unit_new')}?{asked}")
        messages.error(request, refusal.sentence)
    return redirect(list_url(ledger, point.year))


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
    path("units/<int:unit_id>/take/<int:point_id>/", take, name="unit_take"),
    path(UNIT, unit, name="unit"),
    path(UNIT + "change/", change, name="unit_change"),
    path(UNIT + "drop/", drop, name="unit_drop"),
]
