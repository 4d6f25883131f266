"""Questions about sessions: who is expected, one record whole, lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youju.people.members.queries import memberships_on
from youju.people.members.values import Standing
from youju.people.models import Member, Unit
from youju.people.posts.queries import committee_on
from youju.people.units.values import UnitKind
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import RosterRow, Session, SessionSet
from youju.records.activities.rules import (
    Part,
    Parts,
    RosterCount,
    Tally,
    check_parts,
    count_roster,
    expects_committee,
    judge_vote,
)
from youju.records.activities.values import Attendance, Expected, Status


def expected_at(unit: Unit, kinds: tuple[str, ...], day: date) -> list[Expected]:
    """应到名单 of a session of these kinds hosted by ``unit`` on ``day``, in roster order.

    A committee meeting expects the committee, everything else the members of the unit (with its groups).
    """
    if expects_committee(kinds):
        posts = committee_on(unit, day)
        seen: dict[int, Expected] = {}
        for post in posts:
            seen.setdefault(
                post.member_id, Expected(post.member_id, post.member.name, unit.pk, unit.short_name, True, False)
            )
        return list(seen.values())
    return [
        Expected(
            row.member_id, row.member.name, row.unit_id, row.unit.short_name,
            votes=row.standing == Standing.FORMAL, probationary=row.standing == Standing.PROBATIONARY,
        )
        for row in memberships_on(unit, day)
    ]  # fmt: skip


@dataclass(frozen=True)
class Record:
    """One session with everything written with it, loaded once."""

    session: Session
    kinds: tuple[str, ...]
    roster: tuple[RosterRow, ...]
    count: RosterCount

    @property
    def kinds_zh(self) -> str:
        return "、".join(KINDS[kind].zh for kind in self.kinds)

    def parts(self) -> tuple[Part, ...]:
        """材料检查 of the record as it stands."""
        return check_parts(_parts(self.session, self.kinds, self.roster))

    def tallies(self) -> list[tuple[str, Tally]]:
        """Each resolution's text with its vote as judged when it was written."""
        return [
            (
                resolution.text,
                judge_vote(
                    rule=resolution.rule, expected=resolution.votes_expected, present=resolution.votes_present,
                    yes=resolution.yes, no=resolution.no, abstain=resolution.abstain, written_yes=resolution.written_yes,
                ),
            )
            for item in self.session.agenda.all()
            for resolution in item.resolutions.all()
        ]  # fmt: skip


def _parts(session: Session, kinds: tuple[str, ...], roster: tuple[RosterRow, ...]) -> Parts:
    items = list(session.agenda.all())
    resolutions = [row for item in items for row in item.resolutions.all()]
    return Parts(
        kinds=kinds,
        listed=len(roster),
        leave_unexplained=sum(row.attendance == Attendance.LEAVE and not row.leave_category for row in roster),
        has_chair=session.chair_id is not None,
        has_recorder=session.recorder_id is not None,
        items=len(items),
        bare_items=sum(not item.note and not item.resolutions.all() for item in items),
        resolutions=len(resolutions),
        untallied=sum(row.yes is None for row in resolutions),
        evidence=len(session.evidence.all()),
        filed=session.status == Status.FILED,
    )


def with_heads(sessions: SessionSet) -> SessionSet:
    """What a list shows of each session, in a fixed number of queries: ``record_of`` works on them, names apart."""
    return sessions.select_related("ledger", "unit").prefetch_related(
        "kind_rows", "roster", "agenda__resolutions", "evidence"
    )


def with_parts(sessions: SessionSet) -> SessionSet:
    """The sessions with roster, kinds, agenda and resolutions in a fixed number of queries."""
    return sessions.select_related("ledger", "unit", "chair", "recorder", "lecturer").prefetch_related(
        "kind_rows", "roster__member", "roster__unit", "agenda__resolutions", "evidence__file", "joining"
    )


def record_of(session: Session) -> Record:
    """The record of a session loaded by ``with_parts``."""
    roster = tuple(session.roster.all())
    return Record(
        session,
        tuple(row.kind for row in session.kind_rows.all()),
        roster,
        count_roster([(Attendance(row.attendance), row.expected, row.votes) for row in roster]),
    )


def find(ledger: Unit, number: str) -> Session | None:
    """The session with this number in a ledger, with its parts."""
    return with_parts(Session.objects.filter(ledger=ledger, number=number).exclude(status=Status.REMOVED)).first()


def next_planned(ledger: Unit, *, on: date) -> Session | None:
    """下一场: the next planned session of a ledger from a day on."""
    return (
        Session.objects.filter(ledger=ledger, status=Status.PLANNED, held_on__gte=on)
        .prefetch_related("kind_rows")
        .order_by("starts_at")
        .first()
    )


def last_like(ledger: Unit, kind: str, *, before: date) -> Session | None:
    """The latest activity of a kind in a ledger: where and when one usually meets."""
    return (
        Session.objects.filter(ledger=ledger)
        .happened()
        .of_kinds((kind,))
        .filter(held_on__lte=before)
        .order_by("-starts_at")
        .first()
    )


def last_recorder_id(ledger: Unit, *, before: date) -> int | None:
    """Who wrote the latest record of a ledger."""
    rows = Session.objects.filter(ledger=ledger, recorder__isnull=False, held_on__lte=before).happened()
    return rows.order_by("-starts_at").values_list("recorder_id", flat=True).first()


def chairs_for(unit: Unit, day: date) -> list[Member]:
    """Who may chair, record or lecture: members of the keeping unit on that day, in roster order."""
    home = unit.parent if unit.kind == UnitKind.GROUP and unit.parent else unit
    return [row.member for row in memberships_on(home, day)]


def about(member: Member) -> dict[str, object]:
    """Every session a member stands in."""
    rows = (
        RosterRow.objects.filter(member=member)
        .exclude(session__status=Status.REMOVED)
        .select_related("session")
        .order_by("session__starts_at")
    )
    return {
        "到会情况": [
            {
                "编号": row.session.number,
                "日期": row.session.held_on,
                "主题": row.session.title,
                "到会": row.get_attendance_display(),
            }
            for row in rows
        ],
        "主持": [s.number for s in Session.objects.filter(chair=member)],
        "记录": [s.number for s in Session.objects.filter(recorder=member)],
        "授课": [s.number for s in Session.objects.filter(lecturer=member)],
    }
