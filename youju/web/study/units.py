"""Pages of one unit of study: with its records and who must make it up, and each step of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

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
from youju.study.units.models import StudyUnit
from youju.study.units.queries import find, led_at, stood, wanted_of
from youju.study.units.values import Stage
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import by_now, filled, seen
from youju.web.shared.uses import work_url
from youju.web.study.steps import FormPage, Thing, with_reason
from youju.web.study.tabs import Frame, frame
from youju.web.study.unit_rows import Row, list_url, recording, row_of, url_of
from youju.web.study.units_forms import UnitForm, likely
from youju.web.study.years import NEXT, year_asked

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


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


def unit_for(request: HttpRequest, ledger_id: int, pk: int, right: Right = Right.WRITE_RECORDS) -> StudyUnit:
    """The unit of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, ledger_id, right, lambda ledger: find(ledger, pk), "没有这个学习单元。")


def committee_url(unit: StudyUnit) -> str:
    """As 第一议题 of a committee meeting, which then is about its topic and its materials."""
    return recording(unit, {"kinds": "committee_meeting", "first_topic": unit.title})


def _session_url(session: Session, unit: StudyUnit) -> str:
    """The record of another unit, in which this one took part, does not open here."""
    return work_url(session) if session.ledger_id == unit.ledger_id else ""


def _deliver_url(unit: StudyUnit) -> str:
    return f"{reverse('study:delivery_new')}?{urlencode({'unit': unit.ledger_id, 'plan': unit.pk})}"


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
    ledger, year = place.ledger_of(request, Right.WRITE_RECORDS), year_asked(request, ahead=NEXT).chosen
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
    page = FormPage(frame(ledger, "study:units"), form, "加学习单元", "加上", list_url(ledger, year))
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
    page = FormPage.of(_thing(found), form, "改学习单元", "保存")

    def save(data: dict[str, Any]) -> str:
        revision = seen(request, found.revision)
        actions.change_unit(unit=found, draft=form.draft(), revision=revision, **by_now(request))
        return "单元已改。"

    return filled(request, page, save, template="study/units/form.html")


@reads_and_posts
def drop(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """取消单元, with the reason."""
    found = unit_for(request, unit_id, pk)

    def do(reason: str) -> None:
        actions.drop_unit(unit=found, revision=seen(request, found.revision), reason=reason, **by_now(request))

    return with_reason(
        request, _thing(found), "取消学习单元", verb="取消", button="取消这个单元", do=do, said="单元已取消。"
    )


def _thing(found: StudyUnit) -> Thing:
    return Thing(frame(found.ledger, "study:units"), url_of(found), (found.title,), found.revision)


UNIT = "units/<int:unit_id>/<int:pk>/"
URLS = [
    path("units/new/", new, name="unit_new"),
    path("units/<int:unit_id>/take/<int:point_id>/", take, name="unit_take"),
    path(UNIT, unit, name="unit"),
    path(UNIT + "change/", change, name="unit_change"),
    path(UNIT + "drop/", drop, name="unit_drop"),
]
