"""Pages of 学时: everybody's hours of a year in the order of the roster, one member's rows, and each his own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from youju.duties.hours.queries import hours_of_year
from youju.duties.hours.values import HoursOfYear, Stands
from youju.figures.values import rounded
from youju.kit.periods import Period
from youju.kit.refusal import NotYours
from youju.people.looks.values import Place
from youju.people.members.queries import member_of
from youju.people.models import Member, Membership, Unit
from youju.people.roles.rules import Right
from youju.people.units.queries import ledger_unit
from youju.people.written_once import rows_once
from youju.records.leave.queries import coming_for
from youju.web.shared import clock, looked, place
from youju.web.shared.home import held
from youju.web.shared.sheets import Cell, book_response
from youju.web.study.hours_pages import SHOWN, PersonLine, PersonPage, closing_of, list_page, sessions_of, url_of
from youju.web.study.tabs import frame
from youju.web.study.years import Year, year_asked


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``?short``: only who falls short."""
    unit, year = place.ledger_of(request, Right.READ_ROSTER), year_asked(request)
    page = list_page(
        frame=frame(unit, "study:hours"), year=year, hours=hours_of_year(unit, year.chosen, on=clock.today()),
        unit=unit, only_short="short" in request.GET,
    )  # fmt: skip
    return render(request, "study/hours/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit, year = place.ledger_of(request, Right.READ_ROSTER), year_asked(request).chosen
    hours = hours_of_year(unit, year, on=clock.today())
    lines = hours.lines if hours else ()
    people: list[list[Cell]] = [
        [
            line.person.name, line.reached.owed, rounded(line.reached.got),
            rounded(line.reached.gap) if line.stands is Stands.SHORT else None, SHOWN[line.stands][1],
            PersonLine(line, "").share, PersonLine(line, "").rule,
        ]
        for line in lines
    ]  # fmt: skip
    unended: list[list[Cell]] = [[row.number, row.day, row.title, row.note] for row in (hours.unended if hours else ())]
    looked.note(request, Place.HOURS, unit=unit, member_ids=[line.person.id for line in lines])
    sheets = [
        ("学时", ["姓名", "应学学时", "已学学时", "还差学时", "情况", "折算", "要求"], people),
        ("没有计入的活动", ["编号", "日期", "活动", "原因"], unended),
    ]
    return book_response(name=f"{unit.short_name}{year}年学时", sheets=sheets, widths=(16, 12, 30, 22, 30, 24, 16))


@require_safe
def person(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """The rows behind one member's line."""
    year, today = year_asked(request), clock.today()
    unit, hours = place.kept_in(
        request,
        unit_id,
        Right.READ_ROSTER,
        lambda found: _with_hours(found, pk, year.chosen, today),
        "这一年没有这个人的学时。",
    )
    line = hours.by_id[pk]
    looked.note(request, Place.HOURS, unit=unit, member_ids=[pk])
    page = PersonPage(
        frame=frame(unit, "study:hours"),
        year=year,
        person=PersonLine(line, url_of(unit, pk, year.chosen)),
        sessions=sessions_of(line, hours, unit, opens=True),
        closing=closing_of(hours, line.reached.gap) if line.stands is Stands.SHORT else None,
    )
    return render(request, "study/hours/person.html", {"page": page})


def _with_hours(unit: Unit, member_id: int, year: int, on: date) -> tuple[Unit, HoursOfYear] | None:
    hours = hours_of_year(unit, year, on=on, member_id=member_id)
    return (unit, hours) if hours and member_id in hours.by_id else None


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """我的学时: the reader's own and nobody else's."""
    member = member_of(request.user.pk)
    if member is None or member.forgotten_at:
        raise NotYours("这个账号没有关联党员，没有学时。")
    year, today = year_asked(request), clock.today()
    unit = _branch_of(member, Period.year(year.chosen), today)
    found = _with_hours(unit, member.pk, year.chosen, today) if unit else None
    page = _own_page(request, member, found[1], found[0], year) if found else None
    return render(request, "study/hours/mine.html", {"page": page, "year": year, "member": member})


def _own_page(request: HttpRequest, member: Member, hours: HoursOfYear, unit: Unit, year: Year) -> PersonPage:
    line = hours.by_id[member.pk]
    coming = coming_for(member, at=clock.now(), on=hours.on) if hours.planned else ()
    expected = {one.session.pk for one in coming}
    ahead = replace(hours, planned=tuple(plan for plan in hours.planned if plan.id in expected))
    return PersonPage(
        frame=None,
        year=year,
        person=PersonLine(line, ""),
        sessions=sessions_of(line, hours, unit, opens=Right.READ_HEADS in held(request).rights_in(unit)),
        closing=closing_of(ahead, line.reached.gap) if line.stands is Stands.SHORT else None,
    )


def _branch_of(member: Member, period: Period, on: date) -> Unit | None:
    """The branch that has him last in the year, as far as it has come: it is the one that asks his hours."""
    last = next(iter(_belonged(member.pk, period.start, min(on, period.end))), None)
    return ledger_unit(last.unit) if last else None


@rows_once
def _belonged(member: int, start: date, end: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(member_id=member, since__lte=end).exclude(until__lte=start)
    return rows.select_related("unit__parent").order_by("-since", "-pk")


URLS = [
    path("hours/", index, name="hours"),
    path("hours/export.xlsx", export, name="hours_export"),
    path("mine/hours/", own, name="mine_hours"),
    path("hours/<int:unit_id>/<int:pk>/", person, name="hours_of"),
]
