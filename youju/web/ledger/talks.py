"""谈心谈话: the matrix of the committee and the list of members, with what is missing first; who may not know whom sees counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from youju.duties.choices.queries import choices_of
from youju.duties.rulebook import switch_of
from youju.duties.talks import asked_by
from youju.kit.refusal import NotYours
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.people.units.queries import ledger_unit
from youju.people.units.values import UnitKind
from youju.records.activities.models import Session
from youju.records.talks.queries import Ledger, ledgers_in
from youju.records.talks.values import KIND, Requirement, Standing, Year
from youju.web.ledger.listing import row_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.sheets import Cell, book_response
from youju.web.shared.switching import SwitchForm, switched
from youju.web.shared.talks import looker_of

RULE = "heart_talk"
EARLIEST = 1921
OF_OTHERS = ("reminder_talk", "integrity_talk")


@dataclass(frozen=True)
class Sum:
    """One requirement in numbers: this is all that is seen of it elsewhere."""

    name: str
    says: str
    asked: bool
    done: int
    owed: int
    basis: str

    @property
    def state(self) -> str:
        if not self.asked:
            return "waived"
        return "done" if self.done >= self.owed else "half" if self.done else "todo"

    @property
    def label(self) -> str:
        return {"waived": "不要求", "done": "都谈到了", "half": "谈了一部分", "todo": "还没谈"}[self.state]


@dataclass(frozen=True)
class CellOf:
    state: str  # done · todo · waived; empty on the diagonal
    label: str
    day: date | None
    url: str


@dataclass(frozen=True)
class Line:
    """A member with whom he talked; ``lacks`` what is still owed, each with the form that writes it down."""

    name: str
    note: str
    talked: str
    lacks: str
    url: str


@dataclass(frozen=True)
class TalksPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    sums: tuple[Sum, ...]
    others: tuple[tuple[str, int], ...]  # 提醒谈话, 廉政谈话: how many
    whole: bool
    may_switch: bool
    columns: tuple[str, ...]
    matrix: tuple[tuple[str, tuple[CellOf, ...]], ...]
    lines: tuple[Line, ...]
    own: tuple[tuple[date, str, str], ...]  # the reader's own talks: day, title, address


def _unit(request: HttpRequest, right: Right) -> Unit:
    unit = place.unit_of(request, right)
    if unit.kind not in (UnitKind.BRANCH, UnitKind.GROUP):
        raise NotYours("谈心谈话按党支部记，请先选一个党支部。")
    return ledger_unit(unit)


def _page(request: HttpRequest) -> TalksPage:
    unit, today = _unit(request, Right.READ_NUMBERS), clock.today()
    asked_year = number_in(request.GET.get("year"), otherwise=today.year, most=today.year)
    year = asked_year if asked_year >= EARLIEST else today.year
    rights = held(request).rights_in(unit)
    choices = choices_of([unit])[unit.pk]
    asked = asked_by(RULE, choices, date(year, 12, 31))
    ledger = ledgers_in([unit.pk], year, until=today).get(unit.pk, Ledger((), (), (), frozenset()))
    found, every = ledger.of(year, asked), ledger.of(year)
    bases = {c.rule_id: c.basis for c in sorted(choices, key=lambda one: one.since) if c.since <= date(year, 12, 31)}
    sums = tuple(
        Sum(
            one.zh, one.says, one in asked, sum(need.met for need in every.of(one)), len(every.of(one)),
            bases.get(switch_of(RULE, one), ""),
        )
        for one in Requirement
    )  # fmt: skip
    whole = Right.WRITE_RECORDS in rights
    names = dict(Member.objects.filter(pk__in=found.standing).values_list("pk", "name")) if whole else {}
    sitting = found.committee if whole else ()
    return TalksPage(
        unit=unit,
        year=year,
        years=tuple(range(today.year, max(today.year - 4, unit.opened_on.year if unit.opened_on else 0) - 1, -1)),
        sums=sums,
        others=_others(unit, year, today),
        whole=whole,
        may_switch=Right.SIGN_OFF in rights,
        columns=tuple(names[who] for who in sitting),
        matrix=tuple((names[who], tuple(_cells(unit, found, who, names, asked, year))) for who in sitting),
        lines=tuple(_lines(unit, found, names, year)) if whole else (),
        own=tuple(_own(request, unit, year)) if not whole and Right.READ_RECORDS in rights else (),
    )


def _entry(unit: Unit, year: int, people: tuple[int, ...]) -> str:
    """记一次 with the two on it; of a year that is over nothing is begun here."""
    if year != clock.today().year:
        return ""
    given: dict[str, str | int] = {
        "unit": unit.pk,
        "kinds": KIND,
        "title": "谈心谈话",
        "people": ",".join(map(str, people)),
    }
    return f"{reverse('ledger:new')}?{urlencode(given)}"


def _cells(
    unit: Unit, found: Year, who: int, names: dict[int, str], asked: frozenset[Requirement], year: int
) -> Iterator[CellOf]:
    for whom in found.committee:
        days = found.met.get(frozenset((who, whom)), ())
        said = f"{names[who]}与{names[whom]}"
        if who == whom:
            yield CellOf("", "", None, "")
        elif days:
            yield CellOf("done", f"{said}：{days[-1].month}月{days[-1].day}日谈过，今年{len(days)}次", days[-1], "")
        elif Requirement.COMMITTEE in asked:
            yield CellOf("todo", f"{said}：还没谈，记一次", None, _entry(unit, year, (who, whom)))
        else:
            yield CellOf("waived", f"{said}：不要求", None, "")


def _lines(unit: Unit, found: Year, names: dict[int, str], year: int) -> Iterator[Line]:
    """Who is lacking first, then in the order of the roster."""
    short = found.short
    for who in sorted(found.standing, key=lambda pk: pk not in short):
        needs = short.get(who, ())
        pairs = [names[other] for need in needs for other in need.who if other != who]
        lacks = [f"委员{'、'.join(pairs)}"] if pairs else []
        lacks += [
            {"with_committee": "一名委员", "members": "一名党员"}[n.requirement.value] for n in needs if len(n.who) == 1
        ]
        talked = [
            f"{names[other]}（{'、'.join(f'{day.month}月{day.day}日' for day in days)}）"
            for pair, days in sorted(found.met.items(), key=lambda item: item[1])
            if who in pair
            for other in pair - {who}
            if other in names
        ]
        standing = found.standing[who]
        others = tuple(other for need in needs[:1] for other in need.who if other != who)
        yield Line(
            names[who], "" if standing is Standing.OWED else standing.zh, "、".join(talked),
            "；".join(lacks), _entry(unit, year, (who, *others)) if needs else "",
        )  # fmt: skip


def _others(unit: Unit, year: int, on: date) -> tuple[tuple[str, int], ...]:
    rows = Session.objects.filter(ledger=unit, held_on__year=year, held_on__lte=on).happened()
    return tuple(
        (name, rows.of_kinds((kind,)).count())
        for kind, name in zip(OF_OTHERS, ("提醒谈话", "廉政谈话"), strict=True)
    )  # fmt: skip


def _own(request: HttpRequest, unit: Unit, year: int) -> Iterator[tuple[date, str, str]]:
    me = looker_of(request.user, frozenset()).member_id
    if me is None:
        return
    rows = Session.objects.filter(ledger=unit, held_on__year=year, roster__member_id=me).happened().of_kinds((KIND,))
    for session in rows.order_by("held_on", "pk").prefetch_related(
        "kind_rows", "roster", "agenda__resolutions", "evidence"
    ):
        row = row_of(session, whole=True)
        yield session.held_on, row.title, row.url


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    form = SwitchForm(initial={"since": clock.today()})
    return render(request, "ledger/talks.html", {"page": _page(request), "form": form})


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/talks_print.html", {"page": _page(request)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Counts for everybody who reads numbers; the two sheets with names for clerk and secretary."""
    page = _page(request)
    counts: list[list[Cell]] = [
        [one.name, one.says, "要求" if one.asked else "不要求", one.owed, one.done, one.basis] for one in page.sums
    ]
    counts += [[name, "", "", None, count, ""] for name, count in page.others]
    sheets: list[tuple[str, list[str], list[list[Cell]]]] = [
        ("谈心谈话", ["项目", "要求", "本单位", "应谈", "已谈", "依据"], counts)
    ]
    if page.whole:
        matrix: list[list[Cell]] = [
            [
                name,
                *(cell.day or ("—" if not cell.state else "还没谈" if cell.state == "todo" else "") for cell in cells),
            ]
            for name, cells in page.matrix
        ]
        sheets.append(("委员之间", ["委员", *page.columns], matrix))
        rows: list[list[Cell]] = [[one.name, one.note, one.talked, one.lacks] for one in page.lines]
        sheets.append(("每名党员", ["党员", "说明", "谈过", "还差"], rows))
    return book_response(name=f"{page.unit.short_name}{page.year}年谈心谈话", sheets=sheets, widths=(16, 26, 40, 24))


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """本地启停 of one requirement, by the secretary, from a day and with its basis."""
    unit = _unit(request, Right.SIGN_OFF)
    form = SwitchForm(typed(request))
    if form.is_valid() and switched(request, unit, RULE, form):
        return redirect(f"{reverse('ledger:talks')}?unit={unit.pk}")
    return render(request, "ledger/talks.html", {"page": _page(request), "form": form}, status=422)
