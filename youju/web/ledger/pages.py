"""What each page of the ledger shows: one frozen dataclass a page, and the functions that fill them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from youju.duties.values import Standing
from youju.journal.queries import revisions_of
from youju.journal.values import Owner
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.guest_words import say_guest, say_guests
from youju.records.activities.models import AgendaItem, Evidence, Guest, Resolution, RosterRow, Session
from youju.records.activities.queries import Record, record_of
from youju.records.activities.rules import Quorum, Tally, days_late, judge_vote, taken_outside
from youju.records.activities.values import CAME, Attendance, ItemKind, Status
from youju.records.campaigns.queries import campaigns_with
from youju.records.checklist.queries import items_of
from youju.records.checklist.rules import check_parts
from youju.records.checklist.values import Part
from youju.records.followups.models import Task
from youju.records.followups.queries import tasks_of
from youju.records.followups.rules import stage
from youju.records.followups.values import Place, Stage
from youju.records.joining.models import Invitation
from youju.records.joining.queries import invitations_of
from youju.records.requests.queries import requests_at
from youju.records.signin.queries import choice_of, proxies_of, sheet_of
from youju.records.visits.queries import covered_by, may_cover
from youju.reports.drafts.queries import CitedIn, cited_in
from youju.store.rules import PICTURES
from youju.web.ledger.entry import Entry, faults_of
from youju.web.ledger.first_item import FirstItem
from youju.web.ledger.forms import AgendaLine, EvidenceForm, PlanForm, ReasonForm
from youju.web.ledger.traces import Trace, traces_of
from youju.web.shared.uses import UsesHere, uses_here


@dataclass(frozen=True)
class Asking:
    """The search for units that may be asked to join. ``more`` says that a narrower word would find others."""

    words: str
    chosen: tuple[Unit, ...]
    found: tuple[Unit, ...]
    more: bool


@dataclass(frozen=True)
class EntryPage:
    """记一次 or 更正."""

    unit: Unit
    entry: Entry
    heading: str
    verb: str
    back: str
    session: Session | None
    revision: int | None = None
    reached_revision: int = 0
    reached_now: Sequence[str] = ()  # whom it reached in the meantime, for who was not the first to save
    due: Standing | None = None  # which the record will answer
    asking: Asking | None = None  # other units, where the record is new
    first: FirstItem | None = None  # of the plan of study, where the record is new


@dataclass(frozen=True)
class PlanPage:
    unit: Unit
    form: PlanForm
    lines: tuple[AgendaLine, ...]
    first: FirstItem

    @property
    def faults(self) -> list[dict[str, str]]:
        return faults_of(self.form, self.lines)


@dataclass(frozen=True)
class Duty:
    """One 落实事项 as it stands on the day."""

    task: Task
    stage: Stage
    url: str


@dataclass(frozen=True)
class Vote:
    """A resolution with its tally as judged when it was written, and what it leaves to be done."""

    resolution: Resolution
    tally: Tally
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class Item:
    number: int
    item: AgendaItem
    first_topic: bool
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Name:
    """One person of the roster as the page shows him."""

    name: str
    note: str
    off: bool


@dataclass(frozen=True)
class Visitor:
    """One row of 列席和来宾; the address erases the name, where there is one and the reader may."""

    said: str
    kind: str
    erase_url: str


@dataclass(frozen=True)
class Proof:
    evidence: Evidence
    url: str
    preview_url: str
    withdraw_url: str
    picture: bool
    outside: bool


@dataclass(frozen=True)
class RecordPage:
    """One record whole."""

    unit: Unit
    record: Record
    session: Session
    heading: str
    status: str
    names: tuple[Name, ...]
    loose: tuple[Duty, ...]  # tasks whose resolution is gone
    visitors: tuple[Visitor, ...]
    guests_said: str
    asked: tuple[Invitation, ...]  # units that were asked to join and do not stand in the record
    items: tuple[Item, ...]
    quorums: tuple[Quorum, ...]
    parts: tuple[Part, ...]
    proofs: tuple[Proof, ...]
    traces: tuple[Trace, ...]
    digest: str
    late: int
    upload: EvidenceForm
    may_write: bool
    may_file: bool
    signin_url: str  # 签到 of a planned session, where the unit lets phones sign in
    covering: bool  # a kind that goes out to somebody
    reached: tuple[tuple[str, str], ...]  # (whom, address) on the registers
    requests: tuple[tuple[str, str], ...]  # what came up there
    campaigns: tuple[tuple[str, str], ...]  # 专项活动 it belongs to
    uses: UsesHere
    cited: tuple[CitedIn, ...]  # 被引用: drafts of the branch's own that cite it

    @property
    def lacking(self) -> int:
        return sum(not part.there for part in self.parts)

    @property
    def happened(self) -> bool:
        return self.session.status in (Status.HELD, Status.FILED)

    @property
    def planned(self) -> bool:
        return self.session.status == Status.PLANNED


@dataclass(frozen=True)
class ReasonPage:
    """Asks why before something is cancelled or removed."""

    unit: Unit
    session: Session
    verb: str
    warning: str
    form: ReasonForm
    back: str


def url_of(session: Session, page: str = "record") -> str:
    return reverse(f"ledger:{page}", args=[session.ledger_id, session.number])


def late_by(session: Session) -> int:
    """How many days after its day it was entered; what is not held yet, or was taken over from paper, is never late."""
    if session.transcribed_from or session.status in (Status.PLANNED, Status.CANCELLED):
        return 0
    return days_late(held_on=session.held_on, entered_on=timezone.localdate(session.entered_at))


def record_page(*, session: Session, rights: frozenset[Right], upload: EvidenceForm, on: date) -> RecordPage:
    record = record_of(session)
    rules = dict.fromkeys(row.rule for item in session.agenda.all() for row in item.resolutions.all())
    votes = (record.count.votes_expected, record.count.votes_present)
    proxies = proxies_of(session)
    duties = duties_of(session, on=on)
    revisions = revisions_of(Owner("records", "session", session.pk))
    cited = cited_in([session.pk]).get(session.pk, []) if Right.READ_DRAFTS in rights else []
    return RecordPage(
        cited=tuple(one for one in cited if one.unit_id == session.ledger_id),
        uses=uses_here(session, may_write=Right.WRITE_RECORDS in rights),
        unit=session.ledger,
        record=record,
        session=session,
        heading=record.kinds_zh,
        status=Status(session.status).zh,
        names=tuple(_name(row, proxies) for row in record.own),
        visitors=tuple(_visitor(row, session, may=Right.WRITE_RECORDS in rights) for row in session.guests.all()),
        guests_said=say_guests(session.guests.all()),
        asked=tuple(invitations_of(session)),
        items=_items(session, duties),
        loose=duties.get(None, ()),
        quorums=tuple(
            judge_vote(rule=rule, expected=votes[0], present=votes[1], yes=None).quorum for rule in rules if votes[0]
        ),
        parts=check_parts(record.material, items_of(session.ledger))
        if session.status in (Status.HELD, Status.FILED)
        else (),
        proofs=tuple(_proof(row, session) for row in session.evidence.all() if row.file.erased_at is None),
        traces=traces_of(session, {revision.at: revision.reason for revision in revisions}),
        digest=revisions[0].digest[:8] if revisions else "",
        late=late_by(session),
        upload=upload,
        may_write=Right.WRITE_RECORDS in rights,
        may_file=Right.SIGN_OFF in rights,
        signin_url=_signin(session, rights),
        covering=may_cover(record.kinds),
        reached=tuple(
            (row.said, reverse("work:subject", args=[row.unit_id, row.kind, row.code])) for row in covered_by(session)
        ),
        requests=tuple(
            (f"{row.number} {row.said}", reverse("work:request", args=[row.unit_id, row.number]))
            for row in requests_at(session)
        ),
        campaigns=tuple(
            (row.title, reverse("work:campaign", args=[row.unit_id, row.number])) for row in campaigns_with(session)
        ),
    )


def _signin(session: Session, rights: frozenset[Right]) -> str:
    if session.status != Status.PLANNED or Right.WRITE_RECORDS not in rights:
        return ""
    wanted = choice_of(session.unit).on or sheet_of(session) is not None
    return reverse("signin:desk", args=[session.ledger_id, session.number]) if wanted else ""


def _name(row: RosterRow, proxies: frozenset[int]) -> Name:
    came = row.attendance in CAME
    if row.attendance == Attendance.LEAVE:
        note = row.get_leave_category_display() or Attendance.LEAVE.zh
    elif row.attendance == Attendance.PRESENT:
        note = "" if row.votes else ("预备" if row.expected else "列席")
    else:
        note = row.get_attendance_display()
    if came and row.member_id in proxies:
        note = "、".join(filter(None, (note, "代签")))
    return Name(row.member.name, note, not came)


def _visitor(row: Guest, session: Session, *, may: bool) -> Visitor:
    address = [session.ledger_id, session.number, row.pk]
    named = may and bool(row.name or row.unit_words)
    return Visitor(say_guest(row), row.get_kind_display(), reverse("ledger:guest_erase", args=address) if named else "")


def duties_of(session: Session, *, on: date) -> dict[Place | None, tuple[Duty, ...]]:
    return {place: tuple(_duty(task, session, on) for task in found) for place, found in tasks_of(session).items()}


def _duty(task: Task, session: Session, on: date) -> Duty:
    address = reverse("ledger:task", args=[session.ledger_id, task.pk])
    return Duty(task, stage(due_on=task.due_on, done_on=task.done_on, on=on), address)


def _items(session: Session, duties: Mapping[Place | None, tuple[Duty, ...]]) -> tuple[Item, ...]:
    return tuple(
        Item(
            number=item.position + 1,
            item=item,
            first_topic=item.kind == ItemKind.FIRST_TOPIC,
            votes=tuple(
                Vote(
                    row,
                    judge_vote(
                        rule=row.rule, expected=row.votes_expected, present=row.votes_present, yes=row.yes, no=row.no,
                        abstain=row.abstain, written_yes=row.written_yes,
                    ),
                    duties.get(Place(item.position, row.position), ()),
                )
                for row in item.resolutions.all()
            ),
        )
        for item in session.agenda.all()
    )  # fmt: skip


def _proof(row: Evidence, session: Session) -> Proof:
    taken = row.file.taken_at
    address = [session.ledger_id, session.number, row.pk]
    return Proof(
        evidence=row,
        url=reverse("ledger:evidence_file", args=address),
        preview_url=reverse("ledger:evidence_preview", args=address),
        withdraw_url=reverse("ledger:evidence_withdraw", args=address),
        picture=row.file.media_type in PICTURES,
        outside=taken_outside(taken=taken, starts=session.starts_at, ends=session.ends_at),
    )
