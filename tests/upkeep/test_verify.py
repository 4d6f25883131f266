"""Whatever is done through the actions leaves a whole ledger; whatever is done behind their back is found."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.cast import standing_cast
from youju.figures.catalogue import FIGURES, lump
from youju.figures.queries import ask, ask_many
from youju.journal.models import Line, Revision, RevisionText, Seal, Slip
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import UnitYear
from youju.records.activities import actions
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import expects_everybody_listed
from youju.records.activities.values import (
    HAPPENED,
    ActivityDraft,
    AgendaDraft,
    LeaveCategory,
    PlanDraft,
    ResolutionDraft,
    RosterEntry,
)
from youju.records.joining.actions import ask as ask_to_join
from youju.records.joining.actions import confirm, correct_part, decline, recall
from youju.records.joining.actions import withdraw as leave_session
from youju.records.leave.actions import ask_leave, enter_leave, withdraw_entered
from youju.records.leave.queries import leave_of
from youju.records.models import (
    Evidence,
    Invitation,
    LeaveRequest,
    Measure,
    Problem,
    Resolution,
    RosterRow,
    Session,
    SessionKind,
    SignInSheet,
)
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.signin.actions import choose, close_and_record, close_list, open_list, sign_in, sign_in_other
from youju.records.signin.queries import attendance_of, kinds_of
from youju.store.actions import keep
from youju.store.models import StoredFile
from youju.store.queries import path_of
from youju.upkeep.nightly import night
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
YEAR, END = Period.year(2026), date(2026, 12, 31)
NEW_YEAR = make.moment(date(2027, 1, 1))
KINDS = [
    "party_meeting",
    "theme_day",
    "fixed_study_day",
    "member_day",
    "party_lecture",
    "committee_meeting",
    "heart_talk",
]

#: What the host and the unit that joins do to a record, in turn.
JOINING = ["invite", "recall", "decline", "confirm", "correct part", "withdraw part"]

kinds = st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(tuple)
categories = st.sampled_from(list(LeaveCategory))
days = st.integers(0, 300).map(lambda n: date(2026, 1, 5) + timedelta(days=n))
people = st.integers(0, 8)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), kinds, days, st.booleans()),
        st.tuples(st.just("plan"), kinds, days),
        st.tuples(st.sampled_from(["hold", "cancel", "remove", "file", "correct"]), st.integers(0, 9), kinds),
        st.tuples(st.sampled_from(["ask", "ask for him", "withdraw"]), st.integers(0, 9), people, categories),
        st.tuples(st.sampled_from(["open", "close", "close and record"]), st.integers(0, 9)),
        st.tuples(st.sampled_from(["sign", "sign for him"]), st.integers(0, 9), people),
        st.tuples(st.sampled_from(JOINING), st.integers(0, 9), st.booleans()),
        st.one_of(st.tuples(st.just("join"), days), st.tuples(st.just("seal"))),
    ),
    min_size=6,
    max_size=16,
)
#: verb → (journal lines, revisions) of a step that changed anything. A slip is its own line.
TRACES = {
    **dict.fromkeys(("record", "plan", "hold", "cancel", "remove", "file", "correct"), (1, 1)),
    **dict.fromkeys(("ask", "ask for him", "withdraw", "open", "close"), (1, 0)),
    **dict.fromkeys(("sign", "sign for him", "seal"), (0, 0)),
    "close and record": (2, 1),
    **dict.fromkeys(("invite", "recall", "decline"), (1, 0)),
    **dict.fromkeys(("confirm", "correct part", "withdraw part"), (2, 1)),
    "join": (1, 0),
}
WRITE_ROSTERS = {"record", "hold", "correct", "close and record", "confirm", "correct part", "withdraw part"}


class Ledger:
    """青禾's ledger, worked on step by step."""

    def __init__(self, *, planned=()):
        self.cast = standing_cast(groups=2)
        self.at = NEW_YEAR
        choose(unit=self.cast.branch, on=True, late_after=10, by=None, at=make.START)
        for month, kinds in enumerate(planned, start=2):
            self.do(("plan", kinds, date(2026, month, 10)))

    def draft(self, kinds, day, joint=False):
        roster = make.everyone(self.cast.branch, kinds, day)
        joining = ()
        if joint and kinds != ("committee_meeting",):
            roster, joining = (*roster, *make.everyone(self.cast.other, kinds, day)), (self.cast.other.pk,)
        agenda = (AgendaDraft("议题", resolutions=(ResolutionDraft("同意"),)),)
        return ActivityDraft(kinds, "活动", make.moment(day), roster=roster, joining_unit_ids=joining, agenda=agenda)

    def do(self, step):
        verb, *words = step
        branch, at = self.cast.branch, self.at
        if verb == "record":
            actions.record_activity(unit=branch, draft=self.draft(*words), by=None, at=at)
        elif verb == "plan":
            plan = PlanDraft(words[0], "活动", make.moment(words[1]))
            actions.plan_session(unit=branch, draft=plan, by=None, at=make.moment(date(2026, 1, 1)))
        elif verb == "seal":
            night(at=at)
        elif verb == "join":
            make.member(branch, since=words[0])
        elif verb in ("hold", "cancel", "remove", "file", "correct"):
            self.change(verb, words[1], self.session(words[0], "planned" if verb in ("hold", "cancel") else "held"))
        elif verb in JOINING:
            self.join(verb, *words)
        elif session := self.session(words[0], "planned", signing=verb.startswith("sign")):
            self.prepare(verb, session, *words[1:])

    def session(self, number, status, *, signing=False):
        """Mostly a session of which the verb may hold; every fifth time any, to be refused. Only an open page signs."""
        every = Session.objects.filter(signin__isnull=False) if signing else Session.objects.all()
        fitting = every.filter(status=status)
        choice = list((fitting if number % 5 and fitting else every).order_by("pk"))
        return choice[number % len(choice)] if choice else None

    def change(self, verb, kinds, session):
        branch, at = self.cast.branch, self.at
        if session is None:
            return
        if verb == "hold":
            draft = self.draft(kinds, session.held_on)
            actions.record_activity(unit=branch, draft=draft, by=None, at=at, planned=session)
        elif verb == "cancel":
            actions.cancel_session(session=session, reason="错", by=None, at=at)
        elif verb == "remove":
            actions.remove_activity(session=session, reason="错", by=None, at=at)
        elif verb == "file":
            actions.file_activity(session=session, by=None, at=at)
        else:
            draft = self.draft(kinds, session.held_on)
            actions.correct_activity(
                session=session, draft=draft, revision=session.revision, reason="错", by=None, at=at
            )

    def join(self, verb, number, whole):
        """Asked by the host, answered by the other branch; now and then by who may not any more, to be refused."""
        other, how = self.cast.other, {"by": None, "at": self.at}
        if verb == "invite":
            if session := self.session(number, "held"):
                ask_to_join(session=session, unit_id=other.pk, **how)
            return
        every = Invitation.objects.order_by("pk")
        fitting = every.filter(state="confirmed" if verb.endswith("part") else "asked")
        rows = list(fitting if number % 5 and fitting else every)
        if not rows:
            return
        row = rows[number % len(rows)]
        session = Session.objects.get(pk=row.session_id)
        came = "present" if whole else "absent"
        roster = tuple(
            RosterEntry(one.member_id, came) for one in make.everyone(other, kinds_of(session), session.held_on)
        )
        if verb == "recall":
            recall(invitation=row, **how)
        elif verb == "decline":
            decline(invitation=row, word="没空", **how)
        elif verb == "confirm":
            confirm(invitation=row, revision=session.revision, roster=roster, **how)
        elif verb == "correct part":
            correct_part(invitation=row, revision=session.revision, roster=roster, reason="错", **how)
        else:
            leave_session(invitation=row, reason="错", **how)

    def prepare(self, verb, session, person=0, category=LeaveCategory.DUTY):
        """Leave and sign-in: what happens between planning a session and recording it."""
        member, on_the_day = self.cast.people[person], make.moment(session.held_on, 14)
        if verb == "ask":
            early = make.moment(date(2026, 1, 2))
            ask_leave(session=session, member=member, category=category, by=self.cast.member, at=early)
        elif verb == "ask for him":
            enter_leave(session=session, member=member, category=category, by=None, at=on_the_day)
        elif verb == "withdraw":
            withdraw_entered(session=session, member_id=member.pk, by=None, at=on_the_day)
        elif verb == "open":
            open_list(session=session, by=None, at=on_the_day)
        elif verb == "sign":
            late = make.moment(session.held_on, 15, 30) if person % 2 else on_the_day
            sign_in(session_id=session.pk, member_id=member.pk, device=f"d{person}", at=late)
        elif verb == "sign for him":
            sign_in_other(session_id=session.pk, member_id=member.pk, device="d0", at=on_the_day)
        elif verb == "close":
            close_list(session=session, by=None, at=make.moment(session.held_on, 17))
        else:
            wanted = marks_of(session)
            close_and_record(session=session, by=None, at=self.at)
            written = session.roster.values_list("member_id", "attendance", "leave_category")
            assert {pk: (attendance, leave) for pk, attendance, leave in written} == wanted


def marks_of(session):
    """Who signed came, in time or late; who asked for leave and did not sign is on leave; the rest are absent."""
    found = kinds_of(session)
    came, leave = attendance_of(session), leave_of(session)
    every = {one.member_id for one in expected_at(session.unit, found, session.held_on)}
    if not expects_everybody_listed(found):
        every &= came.keys()
    away = {pk: ("leave", leave[pk]) if pk in leave else ("absent", "") for pk in every - came.keys()}
    return away | {pk: (came[pk], "") for pk in every & came.keys()}


@dataclass(frozen=True)
class State:
    """Everything a step may touch, read once."""

    lines: int
    revisions: tuple[str, ...]
    slips: tuple[tuple[object, ...], ...]
    versions: int
    sessions: tuple[tuple[object, ...], ...]
    leave: tuple[tuple[object, ...], ...]
    sheets: tuple[tuple[object, ...], ...]
    invitations: tuple[tuple[object, ...], ...]
    rosters: dict[int, list[tuple[object, ...]]]

    @property
    def written(self):
        return self.sessions, self.leave, self.sheets, self.invitations, self.rosters


def state():
    rosters: dict[int, list[tuple[object, ...]]] = {}
    for session, *row in RosterRow.objects.order_by("session", "position").values_list(
        "session_id", "member_id", "unit_id", "attendance", "leave_category", "expected", "votes"
    ):
        rosters.setdefault(session, []).append(tuple(row))
    return State(
        Line.objects.count(),
        tuple(Revision.objects.order_by("pk").values_list("digest", flat=True)),
        tuple(Slip.objects.order_by("pk").values_list("pk", "session_id", "member_id", "at")),
        sum(UnitYear.objects.values_list("version", flat=True)),
        tuple(Session.objects.order_by("pk").values_list("pk", "status", "revision")),
        tuple(LeaveRequest.objects.order_by("pk").values_list("pk", "category", "withdrawn_at")),
        tuple(SignInSheet.objects.order_by("pk").values_list("pk", "closed_at")),
        tuple(Invitation.objects.order_by("pk").values_list("pk", "state", "word")),
        rosters,
    )


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_done_the_ledger_is_whole_and_every_answer_is_its_rows(steps):
    with transaction.atomic():
        # With something to come: a list of steps rarely plans a session before it asks for leave from one.
        ledger = Ledger(planned=[("theme_day",), ("party_meeting", "member_day"), ("committee_meeting",)])
        for number in (0, 1):
            ledger.do(("open", number))
        ledger.do(("record", ("theme_day",), date(2026, 1, 20), False))
        ledger.do(("invite", 1, True))
        for step in steps:
            check_step(ledger, step)
        night(at=NEW_YEAR)
        assert faults() == []
        check_answers(ledger.cast)
        transaction.set_rollback(True)


def check_step(ledger, step):
    """A step that is refused leaves no trace; one that is done leaves its line, and a revision and a bump where a record was
    written. No older revision or slip changes, and no roster but the one that is written.
    """
    before = state()
    try:
        ledger.do(step)
    except Refusal:
        assert state() == before
        return
    after, verb = state(), step[0]
    assert after.revisions[: len(before.revisions)] == before.revisions
    assert after.slips[: len(before.slips)] == before.slips
    check_trace(verb, before, after)
    check_rosters(verb, before, after)


def check_trace(verb, before, after):
    lines, revisions = after.lines - before.lines, len(after.revisions) - len(before.revisions)
    slips = after.slips[len(before.slips) :]
    if verb == "join":
        assert lines >= 1 and revisions == 0 and after.written == before.written
    elif after.written == before.written:
        assert (lines, revisions, after.versions) == (0, 0, before.versions)
        assert len(slips) == 0 or (verb.startswith("sign") and len(slips) == 1)
    else:
        drawn = verb == "close and record" and before.sheets == after.sheets  # the list was closed already
        assert (lines + drawn, revisions) == TRACES[verb]
        assert (after.versions > before.versions) == (revisions > 0)
        assert len(slips) == (verb == "close" or (verb == "close and record" and not drawn))


def check_rosters(verb, before, after):
    """应到名单 is written with the record and never computed again: not by leave, a slip, a new member or another record."""
    changed = {
        pk for pk in before.rosters.keys() | after.rosters.keys() if before.rosters.get(pk) != after.rosters.get(pk)
    }
    assert len(changed) <= (verb in WRITE_ROSTERS)


def check_answers(cast):
    happened = [
        (session, {row.kind for row in session.kind_rows.all()})
        for session in Session.objects.filter(status__in=HAPPENED).prefetch_related("kind_rows", "joining")
    ]
    for unit in (cast.branch, cast.other, cast.above):
        here = [
            (session, found)
            for session, found in happened
            if unit == cast.above or session.unit_id == unit.pk or unit in session.joining.all()
        ]
        for wanted in [(kind,) for kind in KINDS] + [("theme_day", "fixed_study_day", "member_day"), tuple(KINDS)]:
            answer = ask(lump(wanted), unit, YEAR, as_of=END)
            assert answer.value == sum(bool(found & set(wanted)) for _, found in here)
            assert answer.value == sum(n for _, n in answer.ways) - answer.overlap
        for answer in ask_many(FIGURES, unit, YEAR, as_of=END).values():
            assert max(Counter((row.noun, row.id) for row in answer.rows).values(), default=1) == 1
    roster = RosterRow.objects.filter(
        session__status__in=HAPPENED, expected=True, unit__path__startswith=cast.branch.path
    )
    rate = ask("党员到会率", cast.branch, YEAR, as_of=END)
    wanted = roster.filter(session__in=SessionKind.objects.filter(kind__in=rate.figure.kinds).values("session"))
    assert sum(row.base for row in rate.rows) == wanted.count()


@pytest.fixture
def whole():
    """A small ledger with one of everything, sealed."""
    ledger = Ledger()
    ledger.do(("record", ("party_meeting", "theme_day"), date(2026, 3, 5), False))
    at = make.moment(date(2026, 3, 6))
    file = keep(data=b"%PDF-1.7 x", by=None, at=at)
    actions.add_evidence(session=Session.objects.get(), file=file, caption="签到表", by=None, at=at)
    problem = ProblemDraft("学习不够经常", Source.SELF, date(2026, 3, 5), 2026)
    raise_problem(unit=ledger.cast.branch, draft=problem, measures=(MeasureDraft("每月通报"),), by=None, at=at)
    night(at=at)
    assert faults() == []
    return ledger


def by_sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "damage",
    [
        lambda: by_sql("UPDATE records_rosterrow SET attendance = 'absent' WHERE position = 0"),
        lambda: RosterRow.objects.first().delete(),
        lambda: Session.objects.update(title="别的"),
        lambda: Session.objects.update(outcome="取得明显成效"),
        lambda: Session.objects.update(held_on=date(2026, 3, 6)),
        lambda: Session.objects.update(for_year=2025),
        lambda: Session.objects.update(status="filed"),
        lambda: Session.objects.update(revision=9),
        lambda: SessionKind.objects.filter(position=1).delete(),
        lambda: Resolution.objects.update(yes=9),
        lambda: Resolution.objects.update(text="不同意"),
        lambda: Evidence.objects.all().delete(),
        lambda: Problem.objects.update(title="别的"),
        lambda: Problem.objects.update(closed_on=date(2026, 3, 9)),
        lambda: Measure.objects.update(text="别的"),
        lambda: path_of(StoredFile.objects.get().sha256).unlink(),
        lambda: path_of(StoredFile.objects.get().sha256).write_bytes(b"x"),
        lambda: StoredFile.objects.update(erased_at=NEW_YEAR),
        lambda: Line.objects.filter(verb="记录").update(summary="2026-大会-09"),
        lambda: Line.objects.filter(verb="记录").delete(),
        lambda: Revision.objects.update(body=b"not json"),
        lambda: RevisionText.objects.filter(key="title").update(text="别的"),
        lambda: Seal.objects.update(digest="0" * 64),
    ],
)
def test_planted_damage_is_found(whole, damage):
    damage()
    assert faults()


def test_erased_texts_are_no_damage(whole):
    from youju.journal.actions import erase_texts
    from youju.journal.values import Owner

    session = Session.objects.get()
    assert erase_texts(owner=Owner("records", "session", session.pk), keys=("title", "place")) > 0
    assert faults() == []


def test_a_night_with_nothing_new_seals_nothing(whole):
    assert night(at=NEW_YEAR) is None
