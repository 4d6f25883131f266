"""年历: the year of a unit as a calendar: months × matters, and every month with its holidays, sessions and days of dues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from youju.duties.queries import standings_many
from youju.duties.values import SETTLED, Standing, Status
from youju.duties.workdays.queries import workdays
from youju.duties.workdays.rules import Workdays, published
from youju.duties.workdays.values import DayKind
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.records.activities.rules import is_talk
from youju.records.activities.values import HAPPENED
from youju.records.activities.values import Status as SessionStatus
from youju.records.models import Session
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in
from youju.web.shared.navigation import address
from youju.web.today.rows import MARKS, kinds_words, title_of
from youju.web.today.strip import Strip, matter_of, strip_of
from youju.web.today.verbs import due_url, session_url

FIRST_YEAR = 2000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """What stands on a day: a session, or the last day of something owed."""

    day: date
    mark: str
    label: str  # 已开, 已排期, 到期 …, in words for who cannot see the shape
    title: str
    url: str
    time: str = ""


@dataclass(frozen=True)
class Square:
    """One day of a month; ``day`` None before the first and behind the last."""

    day: date | None
    kind: DayKind | None = None
    today: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Month:
    number: int
    now: bool
    weeks: tuple[tuple[Square, ...], ...]
    holidays: tuple[tuple[str, str], ...]  # (国庆节, 1—7日)
    ahead: tuple[Entry, ...]  # planned sessions and last days, what is still to come or late
    held: tuple[Entry, ...]


@dataclass(frozen=True)
class Matter:
    key: str
    label: str
    current: bool


@dataclass(frozen=True)
class YearPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    strip: Strip
    matters: tuple[Matter, ...]
    matter: Matter | None
    months: tuple[Month, ...]
    known: bool  # whether the holidays of the year are published


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """``?year=&matter=`` choose what is shown."""
    unit = place.unit_of(request)
    if unit.kind != UnitKind.BRANCH:
        return render(request, "today/no_branch.html", {"unit": unit, "overview": address("overview:index")})
    on = clock.today()
    chosen = number_in(request.GET.get("year"), otherwise=on.year, most=9999)
    chosen = chosen if FIRST_YEAR <= chosen <= on.year + 1 else on.year
    page = year_page(unit, chosen, on=on, matter=request.GET.get("matter", ""), days=workdays())
    return render(request, "today/year.html", {"page": page})


def year_page(unit: Unit, year: int, *, on: date, matter: str, days: Workdays) -> YearPage:
    both = standings_many((unit,), (year - 1, year), on=on)[unit.pk]
    found = [s for s in both if _is_of(s, year)]
    over = [s for s in both if s.due.grace and not _is_of(s, year) and s.due.owed_by.year == year]
    offered = {matter_of(s): s.due.label or s.due.title for s in found if s.due.rhythm != "once"}
    matters = tuple(Matter(key, label, key == matter) for key, label in offered.items())
    wanted = [s for s in found if matter not in offered or matter_of(s) == matter]
    # What belongs to the year before and may be held in this one: its last day stands in this calendar.
    last = [s for s in over if matter not in offered or matter_of(s) == matter]
    kinds = {kind for s in wanted for kind in s.due.kinds} if matter in offered else None
    entries = _by_month([*_sessions(unit, year, kinds), *_dues([*last, *wanted])])
    return YearPage(
        unit=unit,
        year=year,
        years=tuple(range(on.year + 1, on.year - 5, -1)) if year > on.year - 5 else (on.year, year),
        strip=strip_of(wanted, year=year, month=on.month if year == on.year else 0),
        matters=matters,
        matter=next((one for one in matters if one.current), None),
        months=tuple(_month(year, number, entries[number], days, on) for number in range(1, 13)),
        known=published(year),
    )


def _is_of(standing: Standing, year: int) -> bool:
    """Of the year itself; what is owed once is of the year of its day."""
    due = standing.due
    return (due.owed_by if due.rhythm == "once" else due.period.end).year == year


def _sessions(unit: Unit, year: int, kinds: set[str] | None) -> Iterable[Entry]:
    """What was held and what is planned, of this ledger; ``kinds`` None is all."""
    rows = Session.objects.filter(ledger=unit, status__in=(*HAPPENED, SessionStatus.PLANNED)).held_in(Period.year(year))
    for row in rows.prefetch_related("kind_rows").order_by("starts_at", "pk"):
        names = [kind.kind for kind in row.kind_rows.all()]
        if kinds is not None and not kinds & set(names):
            continue
        planned = row.status == SessionStatus.PLANNED
        title = kinds_words(names) if is_talk(names) else f"{kinds_words(names)}：{row.title}"
        yield Entry(
            row.held_on, "plan" if planned else "done", "已排期" if planned else "已开", title,
            session_url(unit.pk, row.number), f"{timezone.localtime(row.starts_at):%H:%M}",
        )  # fmt: skip


def _dues(found: Iterable[Standing]) -> Iterable[Entry]:
    """The last day of what is not settled yet; what is done or planned is seen in its session."""
    for standing in found:
        if standing.due.state or standing.status in (*SETTLED, Status.PLANNED, Status.UNKNOWN):
            continue
        late = standing.status is Status.LATE
        label = "逾期" if late else "到期"
        yield Entry(standing.due.owed_by, MARKS[standing.status], label, title_of(standing), due_url(standing))


def _by_month(entries: Iterable[Entry]) -> defaultdict[int, list[Entry]]:
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.day.month].append(entry)
    return found


def _month(year: int, number: int, entries: list[Entry], days: Workdays, on: date) -> Month:
    whole = Period.month(year, number)
    entries = sorted(
        (entry for entry in entries if entry.day.year == year), key=lambda entry: (entry.day, entry.time or "~")
    )
    marks: defaultdict[date, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.mark not in marks[entry.day]:
            marks[entry.day].append(entry.mark)
    squares = [Square(None)] * whole.start.weekday()
    day = whole.start
    while day <= whole.end:
        squares.append(Square(day, days.of(day), day == on, tuple(marks[day])))
        day += ONE_DAY
    squares += [Square(None)] * (-len(squares) % 7)
    return Month(
        number=number,
        now=(year, number) == (on.year, on.month),
        weeks=tuple(tuple(squares[at : at + 7]) for at in range(0, len(squares), 7)),
        holidays=_holidays(square.kind for square in squares if square.kind),
        ahead=tuple(entry for entry in entries if entry.mark != "done"),
        held=tuple(entry for entry in entries if entry.mark == "done"),
    )


def _holidays(kinds: Iterable[DayKind]) -> tuple[tuple[str, str], ...]:
    """The named days of a month with their runs: 国庆节 1—7日, 调休上班 10日."""
    runs: dict[str, list[list[int]]] = {}
    for kind in kinds:
        if not kind.name:
            continue
        spans = runs.setdefault(kind.name, [])
        if spans and spans[-1][-1] == kind.day.day - 1:
            spans[-1].append(kind.day.day)
        else:
            spans.append([kind.day.day])
    return tuple(
        (name, "、".join(f"{span[0]}—{span[-1]}日" if len(span) > 1 else f"{span[0]}日" for span in spans))
        for name, spans in runs.items()
    )
