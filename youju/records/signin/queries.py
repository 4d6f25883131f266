"""Questions about sign-in: what a unit chose, whose list is open, who may sign and who has."""

from __future__ import annotations

from youju.journal import queries as journal
from youju.journal.models import Slip
from youju.journal.values import Means
from youju.kit.zone import SHANGHAI
from youju.people.members.models import Member, Membership
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import expects_committee
from youju.records.activities.values import Attendance, Status
from youju.records.signin.models import SignInChoice, SignInSheet
from youju.records.signin.rules import attendance_at
from youju.records.signin.values import Choice, Person, Sheet, Signature


def choice_of(unit: Unit) -> Choice:
    """What the unit (or the branch of a group) has chosen."""
    row = SignInChoice.objects.filter(unit=ledger_unit(unit)).first()
    return Choice(row.on, row.late_after) if row else Choice()


def sheet_of(session: Session) -> Sheet | None:
    """The list of a session; None while sign-in was never opened."""
    row = SignInSheet.objects.filter(session=session).first()
    return _sheet(row, session) if row else None


def sheet_at(session_id: int) -> tuple[Session, Sheet] | None:
    """The same by the session's id alone, with the session: where a phone begins."""
    rows = SignInSheet.objects.select_related("session__unit", "session__ledger")
    row = rows.filter(session_id=session_id).first()
    return (row.session, _sheet(row, row.session)) if row else None


def _sheet(row: SignInSheet, session: Session) -> Sheet:
    return Sheet(session.pk, session.starts_at, row.late_after, row.opened_at, row.closed_at)


def kinds_of(session: Session) -> tuple[str, ...]:
    return tuple(row.kind for row in session.kind_rows.all())


def people_of(session: Session) -> list[Person]:
    """Everyone who may sign in to a session, in roster order."""
    return [
        Person(one.member_id, one.name, one.unit_id, one.unit_name)
        for one in expected_at(session.unit, kinds_of(session), session.held_on)
    ]


def person_of(session: Session, member_id: int) -> Person | None:
    """One of them; None for anybody else. A whole meeting asks this, so no roster is loaded for it."""
    if expects_committee(kinds_of(session)):
        return next((one for one in people_of(session) if one.member_id == member_id), None)
    rows = Membership.objects.in_unit(session.unit).on(session.held_on).select_related("member", "unit")
    row = rows.filter(member_id=member_id).first()
    return Person(member_id, row.member.name, row.unit_id, row.unit.short_name) if row else None


def signatures(sheet: Sheet) -> list[Signature]:
    """Who has signed in, in the order they came."""
    slips = journal.slips_of(sheet.session_id)
    names = Member.objects.in_bulk([slip.member_id for slip in slips])
    return [_signature(sheet, slip, names[slip.member_id].name) for slip in slips if slip.member_id in names]


def signature_of(sheet: Sheet, person: Person) -> Signature | None:
    """Whether and when one person has signed in."""
    slip = journal.slip_of(sheet.session_id, person.member_id)
    return _signature(sheet, slip, person.name) if slip else None


def _signature(sheet: Sheet, slip: Slip, name: str) -> Signature:
    late = attendance_at(sheet, slip.at) is Attendance.LATE
    return Signature(slip.member_id, name, slip.at, late, slip.means == Means.PROXY)


def proxies_of(session: Session) -> frozenset[int]:
    """Whom somebody else signed in: the record goes on saying so."""
    return frozenset(slip.member_id for slip in journal.slips_of(session.pk) if slip.means == Means.PROXY)


def attendance_of(session: Session) -> dict[int, Attendance]:
    """How everyone who signed in stands on the roster; nobody when no list was opened."""
    sheet = sheet_of(session)
    return (
        {one.member_id: Attendance.LATE if one.late else Attendance.PRESENT for one in signatures(sheet)}
        if sheet
        else {}
    )


def about(member: Member) -> dict[str, object]:
    """Every slip of a member."""
    slips = journal.slips_about(member.pk)
    sessions = Session.objects.exclude(status=Status.REMOVED).in_bulk([slip.session_id for slip in slips])
    return {
        "签到": [
            {
                "编号": sessions[slip.session_id].number,
                "时间": f"{slip.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                "方式": slip.get_means_display(),
            }
            for slip in slips
            if slip.session_id in sessions
        ]
    }
