"""What leaves the ledger on paper: 会议记录表, 签到表, 会议通知, a record and a whole year as docx."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.paper.writing import PRESETS, STANDARD, Preset
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import AgendaItem, Session
from youju.records.activities.onpaper import record_docx, year_docx
from youju.records.activities.queries import expected_at, record_of
from youju.records.activities.rules import expects_committee, expects_everybody_listed
from youju.records.activities.values import Status
from youju.web.ledger.forms import EvidenceForm
from youju.web.ledger.pages import record_page
from youju.web.ledger.views import session_for
from youju.web.shared import clock, looked, place
from youju.web.shared.home import held
from youju.web.shared.sheets import docx_response
from youju.web.shared.talks import looker_of, sees

#: Empty lines for guests, and a whole empty sheet where nobody is expected by name.
GUEST_LINES = 5
OPEN_LINES = 20


@dataclass(frozen=True)
class SignLine:
    number: int
    name: str
    unit: str
    note: str


@dataclass(frozen=True)
class SignSheet:
    """签到表. Of a held record it says who came; before that it is there to be signed."""

    unit: Unit
    session: Session
    kinds: str
    lines: tuple[SignLine, ...]
    grouped: bool


@dataclass(frozen=True)
class Notice:
    """会议通知 of a planned session."""

    unit: Unit
    session: Session
    kinds: str
    verb: str
    to: str
    items: tuple[AgendaItem, ...]
    on: date


@require_safe
def printed(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """会议记录表, and nothing else on the page."""
    session = session_for(request, ledger_id, number, Right.READ_RECORDS)
    page = record_page(session=session, rights=frozenset(), upload=EvidenceForm(), on=clock.today())
    if not page.happened:
        raise NotYours("还没有开的会没有记录表；可以打印通知和签到表。")
    looked.note_leave(request, session)
    return render(request, "ledger/print_record.html", {"page": page})


@require_safe
def sign_sheet(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    session = session_for(request, ledger_id, number, Right.READ_RECORDS)
    kinds = tuple(row.kind for row in session.kind_rows.all())
    if session.status == Status.PLANNED:
        named = expects_everybody_listed(kinds)
        people = expected_at(session.unit, kinds, session.held_on) if named else []
        rows = [(p.name, p.unit_name, "") for p in people]
    elif session.status in (Status.HELD, Status.FILED):
        rows = [
            (row.member.name, row.unit.short_name, row.get_leave_category_display() or row.get_attendance_display())
            for row in record_of(session).own
        ]
    else:
        raise NotYours("取消的排期没有签到表。")
    looked.note_leave(request, session)
    rows += [("", "", "")] * (GUEST_LINES if rows else OPEN_LINES)
    page = SignSheet(
        unit=session.ledger,
        session=session,
        kinds="、".join(KINDS[kind].zh for kind in kinds),
        lines=tuple(SignLine(number, *row) for number, row in enumerate(rows, start=1)),
        grouped=len({unit for _, unit, _ in rows if unit}) > 1,
    )
    return render(request, "ledger/print_signs.html", {"page": page})


@require_safe
def notice(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    session = session_for(request, ledger_id, number, Right.READ_RECORDS)
    if session.status != Status.PLANNED:
        raise NotYours("通知只给还没有开的会。")
    kinds = tuple(row.kind for row in session.kind_rows.all())
    page = Notice(
        unit=session.unit,
        session=session,
        kinds="、".join(KINDS[kind].zh for kind in kinds),
        verb="召开" if KINDS[kinds[0]].zh.endswith("会") else "开展",
        to="各位委员" if expects_committee(kinds) else "各位党员",
        items=tuple(session.agenda.all()),
        on=clock.today(),
    )
    return render(request, "ledger/print_notice.html", {"page": page})


@require_safe
def record_as_docx(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    session = session_for(request, ledger_id, number, Right.READ_RECORDS)
    data = record_docx(session, preset=_preset(request))
    looked.note_leave(request, session)
    return docx_response(data, name=f"{session.number} {session.title}")


@require_safe
def year_as_docx(request: HttpRequest) -> HttpResponse:
    """A whole year; ``?year=`` as the list filters it, else this one."""
    unit = place.unit_of(request, Right.READ_RECORDS)
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdecimal() and len(given) == 4 else clock.today().year
    if not 1921 <= year <= clock.today().year + 1:
        raise Refusal("year", f"没有{year}年的台账。")
    looker = looker_of(request.user, held(request).rights_in(unit))
    data = year_docx(unit, year, preset=_preset(request), sees=lambda session: sees(session, looker))
    looked.note_year(request, unit, year)
    return docx_response(data, name=f"{unit.short_name}{year}年台账")


def _preset(request: HttpRequest) -> Preset:
    return PRESETS.get(request.GET.get("preset", ""), STANDARD)
