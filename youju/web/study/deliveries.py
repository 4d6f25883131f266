"""Pages of 送学上门: the exempt with what was last brought to them, the year's rounds, one of them, and the forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.periods import Period, chinese_date
from youju.kit.refusal import Refusal
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.sources.models import Source
from youju.study.deliveries import actions
from youju.study.deliveries.models import Delivery
from youju.study.deliveries.queries import deliveries_of, exempt_on, find, last_brought
from youju.study.units.models import StudyUnit
from youju.study.units.queries import find as unit_of_study
from youju.study.units.queries import stood
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import by_now, seen
from youju.web.shared.sheets import Cell, table_response
from youju.web.study.deliveries_forms import DeliveryForm
from youju.web.study.steps import FormPage, Thing, with_reason
from youju.web.study.tabs import Frame, frame
from youju.web.study.years import Year, year_asked

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Exempt:
    """One who is 免于要求, and what the year brought him. ``said`` is a fact, not a fault: nothing is owed by him."""

    name: str
    last: date | None
    said: str
    lacks: bool  # nothing this year, or nothing in the half of it that runs
    url: str  # empty for who may not write


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    year: Year
    rows: tuple[tuple[Delivery, str], ...]
    people: int
    exempt: tuple[Exempt, ...]
    new_url: str

    @property
    def lacking(self) -> int:
        return sum(one.lacks for one in self.exempt)


@dataclass(frozen=True)
class DeliveryPage:
    frame: Frame
    delivery: Delivery
    sources: tuple[tuple[Source, str], ...]
    traces: tuple[Trace, ...]
    may_write: bool


@dataclass(frozen=True)
class NewPage(FormPage):
    sources: tuple[str, ...] = ()


def delivery_for(request: HttpRequest, unit_id: int, number: str, right: Right = Right.WRITE_RECORDS) -> Delivery:
    """The delivery of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这一次送学。")


def url_of(delivery: Delivery, page: str = "delivery") -> str:
    return reverse(f"study:{page}", args=[delivery.ledger_id, delivery.number])


def new_url(ledger: Unit, **more: int) -> str:
    return f"{reverse('study:delivery_new')}?{urlencode({'unit': ledger.pk} | more)}"


def exempt_of(ledger: Unit, year: int, today: date, *, may_write: bool) -> tuple[Exempt, ...]:
    """In roster order. Of a year that is over only the year is asked; of this one its half too."""
    period = Period.year(year)
    day = min(today, period.end)
    last = last_brought(ledger, Period(period.start, day))
    found = []
    for person in exempt_on(ledger, day):
        said, lacks = _said(last.get(person.pk), year, today)
        url = new_url(ledger, member=person.pk) if may_write and year == today.year else ""
        found.append(Exempt(person.name, last.get(person.pk), said, lacks, url))
    return tuple(found)


def _said(last: date | None, year: int, today: date) -> tuple[str, bool]:
    if last is None:
        return ("今年还没有送过" if year == today.year else "这一年没有送过"), True
    half = Period.half(year, 1 if today.month <= 6 else 2)  # the one that runs: only this year's is asked
    if year == today.year and last < half.start:
        return f"下半年还没有送过，上次 {_day(last, year)}", True
    return f"上次 {_day(last, year)}", False


def _day(day: date, year: int) -> str:
    return f"{day.month}月{day.day}日" if day.year == year else chinese_date(day)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, year, today = place.ledger_of(request, Right.READ_RECORDS), year_asked(request), clock.today()
    may_write = Right.WRITE_RECORDS in held(request).rights_in(unit)
    rows = deliveries_of(unit, year=year.chosen)
    page = ListPage(
        frame=frame(unit, "study:deliveries"),
        year=year,
        rows=tuple((row, url_of(row)) for row in rows),
        people=len({row.member_id for row in rows}),
        exempt=exempt_of(unit, year.chosen, today, may_write=may_write),
        new_url=new_url(unit) if may_write else "",
    )
    return render(request, "study/deliveries/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit, year = place.ledger_of(request, Right.READ_RECORDS), year_asked(request)
    rows: list[list[Cell]] = [
        [row.number, row.brought_on, row.member.name, row.studied, row.way_zh, row.brought_by, row.note]
        for row in deliveries_of(unit, year=year.chosen)
    ]
    return table_response(
        name=f"{unit.short_name}{year.chosen}年送学上门",
        headings=("编号", "日期", "送给谁", "学的什么", "怎么送", "谁送的", "说明"),
        rows=rows,
        widths=(16, 12, 12, 44, 12, 18, 30),
    )


@require_safe
def delivery(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    found = delivery_for(request, unit_id, number, Right.READ_RECORDS)
    page = DeliveryPage(
        frame=frame(found.ledger, "study:deliveries"),
        delivery=found,
        sources=tuple((one, reverse("ledger:source", args=[one.ledger_id, one.number])) for one in found.sources.all()),
        traces=traces_of("delivery", found.pk, room="study"),
        may_write=Right.WRITE_RECORDS in held(request).rights_in(found.ledger) and found.withdrawn_at is None,
    )
    return render(request, "study/deliveries/delivery.html", {"page": page})


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """``?plan=`` is the unit of study whose materials are brought, ``?member=`` whom to begin with."""
    unit, today = place.ledger_of(request, Right.WRITE_RECORDS), clock.today()
    plan = unit_of_study(unit, number_in(request.GET.get("plan"), otherwise=0, most=10**9))
    texts = list(Source.objects.filter(ledger=unit).order_by("-pk"))
    people = chairs_for(unit, today)
    start = {
        "brought_on": today,
        "way": "read",
        "members": [number_in(request.GET.get("member"), otherwise=0, most=10**9)],
    }
    form = DeliveryForm(
        typed(request), people=_offered(unit, people, plan, today), bringers=people, texts=texts,
        initial=start | _meant(plan),
    )  # fmt: skip
    here = frame(unit, "study:deliveries")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.bring(unit=unit, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, f"已记下，送学 {len(made)} 人，编号 {_numbers(made)}。")
            return redirect(here.url)
        except Refusal as refusal:
            put_in(form, refusal)
    back = reverse("study:unit", args=[unit.pk, plan.pk]) if plan else here.url
    page = NewPage(here, form, "记送学上门", "记下", back, sources=tuple(f"《{one.title}》" for one in texts))
    return render(
        request, "study/deliveries/form.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@reads_and_posts
def withdraw(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """撤回, with the reason."""
    found = delivery_for(request, unit_id, number)
    thing = Thing(frame(found.ledger, "study:deliveries"), url_of(found), (found.number, found.studied), found.revision)

    def do(reason: str) -> None:
        revision = seen(request, found.revision)
        actions.withdraw_delivery(delivery=found, revision=revision, reason=reason, **by_now(request))

    said = f"{found.number} 已撤回，不再计数。"
    return with_reason(request, thing, "撤回送学上门", verb="撤回", do=do, said=said)


def _offered(unit: Unit, people: Sequence[Member], plan: StudyUnit | None, today: date) -> list[tuple[int, str]]:
    """The exempt first, then who still has to make the unit up, then everybody else, each in roster order."""
    exempt = {person.pk for person in exempt_on(unit, today)}
    last = last_brought(unit, Period(date(today.year - 1, 1, 1), today))
    owing = {one.member_id for one in stood([plan], on=today)[0].make_up if one.on is None} if plan else set()

    def label(person: Member) -> str:
        why = "免于要求" if person.pk in exempt else "没到，还没补" if person.pk in owing else ""
        when = (
            f"上次 {_day(last[person.pk], today.year)}"
            if person.pk in last
            else "还没送过"
            if why == "免于要求"
            else ""
        )
        more = "，".join(filter(None, (why, when)))
        return f"{person.name}（{more}）" if more else person.name

    def turn(person: Member) -> int:
        return 0 if person.pk in exempt else 1 if person.pk in owing else 2

    return [(person.pk, label(person)) for person in sorted(people, key=turn)]


def _meant(plan: StudyUnit | None) -> dict[str, Any]:
    """What a unit of study asks to be brought: its materials, or where it has none the name of its topic."""
    if plan is None:
        return {}
    sources = [one.pk for one in plan.sources.all()]
    text = "" if sources else plan.topic.title if plan.topic else plan.title
    return {"sources": sources, "text": text}


def _numbers(made: Sequence[Delivery]) -> str:
    return made[0].number if len(made) == 1 else f"{made[0].number} 到 {made[-1].number}"


DELIVERY = "deliveries/<int:unit_id>/<str:number>/"
URLS = [
    path("deliveries/", index, name="deliveries"),
    path("deliveries/export.xlsx", export, name="deliveries_export"),
    path("deliveries/new/", new, name="delivery_new"),
    path(DELIVERY, delivery, name="delivery"),
    path(DELIVERY + "withdraw/", withdraw, name="delivery_withdraw"),
]
