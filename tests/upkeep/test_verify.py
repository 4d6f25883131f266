"""Whatever is done through the actions leaves a whole ledger; whatever is done behind their back is found."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.cast import standing_cast
from youju.figures.catalogue import FIGURES, lump
from youju.figures.queries import ask, ask_many
from youju.journal.models import Line, Revision, RevisionText, Seal
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import UnitYear
from youju.records.activities import actions
from youju.records.activities.values import HAPPENED, ActivityDraft, AgendaDraft, PlanDraft, ResolutionDraft
from youju.records.models import Evidence, Measure, Problem, Resolution, RosterRow, Session, SessionKind
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
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

kinds = st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(tuple)
days = st.integers(0, 300).map(lambda n: date(2026, 1, 5) + timedelta(days=n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), kinds, days, st.booleans()),
        st.tuples(st.just("plan"), kinds, days),
        st.tuples(st.sampled_from(["hold", "cancel", "remove", "file", "correct"]), st.integers(0, 9), kinds),
        st.tuples(st.just("seal")),
    ),
    min_size=6,
    max_size=14,
)


class Ledger:
    """青禾's ledger, worked on step by step."""

    def __init__(self):
        self.cast = standing_cast(groups=2)
        self.at = NEW_YEAR

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
        elif Session.objects.exists():
            # Mostly a session of which the verb may hold; every fifth time any, to be refused.
            fitting = Session.objects.filter(status="planned" if verb in ("hold", "cancel") else "held")
            choice = list((fitting if words[0] % 5 and fitting else Session.objects).order_by("pk"))
            session = choice[words[0] % len(choice)]
            if verb == "hold":
                actions.record_activity(
                    unit=branch, draft=self.draft(words[1], session.held_on), by=None, at=at, planned=session
                )
            elif verb == "cancel":
                actions.cancel_session(session=session, reason="错", by=None, at=at)
            elif verb == "remove":
                actions.remove_activity(session=session, reason="错", by=None, at=at)
            elif verb == "file":
                actions.file_activity(session=session, by=None, at=at)
            else:
                actions.correct_activity(
                    session=session,
                    draft=self.draft(words[1], session.held_on),
                    revision=session.revision,
                    reason="错",
                    by=None,
                    at=at,
                )


def state():
    counted = (Line.objects.count(), Revision.objects.count())
    return (
        counted,
        sum(UnitYear.objects.values_list("version", flat=True)),
        sorted(Session.objects.values_list("pk", "status", "revision")),
    )


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_done_the_ledger_is_whole_and_every_answer_is_its_rows(steps):
    with transaction.atomic():
        ledger = Ledger()
        for step in steps:
            check_step(ledger, step)
        night(at=NEW_YEAR)
        assert faults() == []
        check_answers(ledger.cast)
        transaction.set_rollback(True)


def check_step(ledger, step):
    """A step that is refused leaves no trace; one that is done leaves one line, one revision and a bump, and changes no older revision."""
    (lines, revisions), versions, sessions = before = state()
    written = list(Revision.objects.order_by("pk").values_list("digest", flat=True))
    try:
        ledger.do(step)
    except Refusal:
        assert state() == before
        return
    after = state()
    assert list(Revision.objects.order_by("pk").values_list("digest", flat=True))[: len(written)] == written
    if after[2] == sessions:
        assert after == before
    else:
        assert after[0] == (lines + 1, revisions + 1) and after[1] > versions


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
def whole(settings, tmp_path):
    """A small ledger with one of everything, sealed."""
    settings.FILES = tmp_path
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
