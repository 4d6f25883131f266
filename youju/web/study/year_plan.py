"""学习安排 as a whole: the units of a year as a list and a table, and a year drafted from the topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import Refusal
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.sources.models import Source
from youju.study.curriculum.queries import tree_of
from youju.study.points.models import StudyPoint
from youju.study.units import actions
from youju.study.units.models import said_how
from youju.study.units.queries import Leading, drafts_of, leading, led_at, standings, untaken
from youju.study.units.values import Pace, Stage, UnitDraft
from youju.web.shared import clock, place
from youju.web.shared.home import held
from youju.web.shared.saving import pressed
from youju.web.shared.sheets import Cell, table_response
from youju.web.study.tabs import Frame, frame
from youju.web.study.unit_rows import Row, list_url, row_of
from youju.web.study.years import NEXT, Year, year_asked

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
LONG = 16  # units that one page lists without folding


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


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    ledger, year = place.ledger_of(request, Right.READ_RECORDS), year_asked(request, ahead=NEXT)
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
    ledger, year = place.ledger_of(request, Right.READ_RECORDS), year_asked(request, ahead=NEXT)
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
    ledger, year = place.ledger_of(request, Right.WRITE_RECORDS), year_asked(request, ahead=NEXT).chosen
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
    asked = {one.above_id or 0 for one in drafts if not one.source_ids}
    lacking = dict(StudyPoint.objects.filter(pk__in=asked).values_list("pk", "text"))
    found: dict[int, list[Drafted]] = {}
    for one in drafts:
        how = said_how(one.kind, one.form)
        leader = people.get(one.leader_id or 0, "")
        sources = tuple(texts[pk] for pk in one.source_ids)
        row = Drafted(one, how, leader, sources, lacking.get(one.above_id or 0, ""))
        found.setdefault(one.starts_on.month, []).append(row)
    return tuple((month, tuple(rows)) for month, rows in found.items())


def _number(session: Session, ledger: Unit) -> str:
    """Of another unit's record, whose it is: it may be a number of one's own as well."""
    return session.number if session.ledger_id == ledger.pk else f"{session.ledger.short_name} {session.number}"


URLS = [
    path("units/", index, name="units"),
    path("units/export.xlsx", export, name="units_export"),
    path("units/plan/", plan, name="units_plan"),
]
