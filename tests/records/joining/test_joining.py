"""A unit is asked to join a record, answers for its own people, and is counted from then on and until it leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.figures.queries import ask as figure
from youju.journal.models import Line, Revision
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.members.queries import memberships_on
from youju.people.models import Unit, UnitYear
from youju.people.units.actions import close_unit
from youju.people.units.values import UnitKind
from youju.records.activities import actions as activities
from youju.records.activities.models import RosterRow, Session
from youju.records.activities.queries import record_of, with_parts
from youju.records.activities.values import ActivityDraft, Attendance, LeaveCategory, RosterEntry
from youju.records.joining.actions import (
    MOST_ASKED,
    ask,
    ask_all,
    confirm,
    correct_part,
    decline,
    recall,
    record_and_ask,
    withdraw,
)
from youju.records.joining.models import Invitation
from youju.records.joining.queries import asked_of, head_of, invitable, invitations_of, joins, named, waiting_of
from youju.records.joining.values import State
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
AT = make.moment(date(2026, 11, 6))
YEAR, END = Period.year(2026), date(2026, 12, 31)


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def session(cast: Cast) -> Session:
    return make.activity(cast.branch, ("theme_day", "party_lecture"), DAY, title="两支部看粮库")


def asked(cast: Cast, session: Session) -> Invitation:
    return ask(session=session, unit_id=cast.other.pk, by=cast.clerk, at=AT)


def part(cast: Cast, *marks: Attendance) -> tuple[RosterEntry, ...]:
    """The other branch's three people, marked in order; whoever is not marked came."""
    rows = memberships_on(cast.other, DAY)
    found = [*marks, *[Attendance.PRESENT] * (len(rows) - len(marks))]
    return tuple(
        RosterEntry(row.member_id, mark, LeaveCategory.SICK if mark is Attendance.LEAVE else None)
        for row, mark in zip(rows, found, strict=True)
    )


def confirmed(cast: Cast, session: Session, *marks: Attendance) -> Invitation:
    row = asked(cast, session)
    revision = Session.objects.get(pk=session.pk).revision
    confirm(invitation=row, revision=revision, roster=part(cast, *marks), by=cast.other_clerk, at=AT)
    row.refresh_from_db()
    return row


def now(session: Session) -> Session:
    return with_parts(Session.objects.filter(pk=session.pk)).get()


def refused(call) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def times(unit: Unit, name: str = "主题党日次数") -> int:
    return int(figure(name, unit, YEAR, as_of=END).value or 0)


def rate(unit: Unit) -> tuple[float, float]:
    """(came, expected) of 党员到会率."""
    rows = figure("党员到会率", unit, YEAR, as_of=END).rows
    return sum(row.amount for row in rows), sum(row.base for row in rows)


class TestFigures:
    """Once in each one's figures and once in any total above, and only while the joining unit says so."""

    def test_before_it_answers_nobody_of_it_counts(self, cast: Cast, session: Session) -> None:
        versions = sorted(UnitYear.objects.values_list())
        asked(cast, session)
        assert (times(cast.branch), times(cast.other), times(cast.above)) == (1, 0, 1)
        assert rate(cast.other) == (0, 0)
        assert sorted(UnitYear.objects.values_list()) == versions

    def test_confirmed_it_counts_in_each_and_once_above(self, cast: Cast, session: Session) -> None:
        before = {unit: rate(unit) for unit in (cast.branch, cast.other, cast.above)}
        confirmed(cast, session, Attendance.LEAVE)
        assert (times(cast.branch), times(cast.other), times(cast.above)) == (1, 1, 1)
        assert (times(cast.other, "党课次数"), times(cast.above, "党课次数")) == (1, 1)
        assert rate(cast.branch) == before[cast.branch]
        assert rate(cast.other) == (2, 3)
        assert rate(cast.above) == (before[cast.above][0] + 2, before[cast.above][1] + 3)
        assert record_of(now(session)).count.votes_expected == 9  # no vote at the host's meeting

    def test_withdrawn_all_is_as_before(self, cast: Cast, session: Session) -> None:
        before = {unit: (times(unit), rate(unit)) for unit in (cast.branch, cast.other, cast.above)}
        row = confirmed(cast, session)
        withdraw(invitation=row, reason="记错了场次", by=cast.other_clerk, at=AT)
        assert {unit: (times(unit), rate(unit)) for unit in before} == before
        assert not joins(session, cast.other) and invitations_of(session)[0].state == State.WITHDRAWN
        assert faults() == []

    def test_a_correction_of_its_part_moves_its_rate_alone(self, cast: Cast, session: Session) -> None:
        row = confirmed(cast, session)
        before = rate(cast.branch)
        correct_part(
            invitation=row, revision=2, roster=part(cast, Attendance.ABSENT), reason="漏标一人", by=cast.other_clerk, at=AT
        )  # fmt: skip
        assert rate(cast.other) == (2, 3) and rate(cast.branch) == before
        reasons = Revision.objects.filter(noun="session").order_by("number").values_list("reason", flat=True)
        assert list(reasons) == ["", "参加组织确认", "参加组织更正：漏标一人"]
        assert faults() == []


class TestAsking:
    def test_twice_is_once(self, cast: Cast, session: Session) -> None:
        assert asked(cast, session) == asked(cast, session)
        assert Line.objects.filter(noun="invitation").count() == 1
        assert waiting_of(cast.other).count == 1 and [row.pk for row in asked_of(cast.other)]

    def test_what_may_not_be_asked_is_refused_in_one_sentence(self, cast: Cast, session: Session) -> None:
        far = make.unit(name="远处机关党支部", parent=make.unit(name="远处县直机关工委", kind=UnitKind.COMMITTEE))
        gone = make.unit(name="撤了的支部", parent=cast.above)
        close_unit(unit=gone, on=date(2026, 10, 1), successor=None, by=None, at=make.moment(date(2026, 10, 1)))
        ids = (far.pk, gone.pk, 10**6, cast.branch.pk, cast.above.pk, cast.groups[0].pk)
        found = [refused(lambda pk=pk: ask(session=session, unit_id=pk, by=None, at=AT)) for pk in ids]
        assert {one.field for one in found} == {"joining"} and len({one.sentence for one in found}) == 1
        assert not Invitation.objects.exists()

    def test_a_group_that_hosts_asks_no_unit_of_its_own_branch(self, cast: Cast) -> None:
        assert list(invitable(cast.groups[0], DAY)) == [cast.other]

    def test_a_search_names_units_by_their_words(self, cast: Cast) -> None:
        units = invitable(cast.branch, DAY)
        assert named("柳溪 机关", units) == [cast.other]
        assert named("", units) == named(" \x00 ", units) == named("青禾", units) == []

    def test_a_talk_asks_nobody(self, cast: Cast) -> None:
        pair = tuple(RosterEntry(person.pk) for person in cast.people[:2])
        talk = make.activity(cast.branch, "heart_talk", DAY, roster=pair)
        assert refused(lambda: asked(cast, talk)).field == "joining"

    def test_a_title_that_became_a_talks_is_not_told(self, cast: Cast, session: Session) -> None:
        session.kind_rows.all().delete()
        session.kind_rows.create(kind="heart_talk", position=0)
        assert head_of(session).title == "谈心谈话"

    def test_who_asks_everybody_is_stopped(self, cast: Cast, session: Session) -> None:
        for number in range(MOST_ASKED):
            unit = make.unit(name=f"第{number}支部", parent=cast.above)
            ask(session=session, unit_id=unit.pk, by=None, at=AT)
        assert refused(lambda: asked(cast, session)).field == "joining"

    def test_several_are_asked_or_none(self, cast: Cast, session: Session) -> None:
        third = make.unit(name="第三支部", parent=cast.above)
        for units in ([third.pk, 10**6], [cast.other.pk, *range(10**6, 10**6 + MOST_ASKED)]):
            assert refused(lambda units=units: ask_all(session=session, asked=units, by=None, at=AT)).field == "joining"
            assert not Invitation.objects.exists()
        assert len(ask_all(session=session, asked=[third.pk, cast.other.pk, third.pk], by=None, at=AT)) == 2

    def test_with_the_record_or_not_at_all(self, cast: Cast) -> None:
        starts = make.moment(DAY)
        roster = make.everyone(cast.branch, ("theme_day",), DAY)
        draft = ActivityDraft(("theme_day",), "看粮库", starts, starts + timedelta(hours=1), roster=roster)

        def record(*units: int) -> Session:
            return record_and_ask(unit=cast.branch, draft=draft, asked=units, by=None, at=AT, form_key="a")

        refused(lambda: record(cast.other.pk, 10**6))
        assert not Session.objects.exists()
        assert record(cast.other.pk) == record(cast.other.pk)
        decline(invitation=Invitation.objects.get(), by=None, at=AT)
        record(cast.other.pk)  # the form sent again does not ask again
        assert Invitation.objects.get().state == State.DECLINED

    def test_recalled_it_is_gone_and_may_be_asked_again(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)
        for _ in range(2):
            recall(invitation=row, by=cast.clerk, at=AT)
        assert waiting_of(cast.other).every == 0 and invitations_of(session) == []
        assert "邀请已撤回" in refused(lambda: decline(invitation=row, by=None, at=AT)).sentence
        assert asked(cast, session).state == State.ASKED
        assert list(Line.objects.filter(noun="invitation").order_by("pk").values_list("verb", "unit_id")) == [
            ("邀请参加", cast.branch.pk),
            ("撤回邀请", cast.branch.pk),
            ("邀请参加", cast.branch.pk),
        ]

    @pytest.mark.parametrize("end", ["remove", "other"])
    def test_a_removed_record_asks_nobody_any_more(self, cast: Cast, session: Session, end: str) -> None:
        row = asked(cast, session)
        other = confirmed(cast, make.activity(cast.branch, "theme_day", DAY)) if end == "other" else row
        for one in (session, other.session):
            activities.remove_activity(session=Session.objects.get(pk=one.pk), reason="错", by=None, at=AT) if (
                Session.objects.get(pk=one.pk).status == "held"
            ) else None
        assert waiting_of(cast.other).every == 0 and list(asked_of(cast.other)) == []
        for call in (
            lambda: confirm(invitation=row, revision=1, roster=part(cast), by=None, at=AT),
            lambda: decline(invitation=row, by=None, at=AT),
            lambda: correct_part(invitation=other, revision=2, roster=part(cast), reason="错", by=None, at=AT),
            lambda: withdraw(invitation=other, reason="错", by=None, at=AT),
            lambda: asked(cast, session),
        ):
            assert "已删除" in refused(call).sentence
        assert times(cast.other) == 0


class TestAnswering:
    def test_everybody_expected_is_named(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)
        found = refused(lambda: confirm(invitation=row, revision=1, roster=part(cast)[1:], by=None, at=AT))
        assert found.field == "roster" and "缺1人" in found.sentence
        assert not joins(session, cast.other) and RosterRow.objects.filter(unit=cast.other).count() == 0

    def test_nobody_of_the_host_is_taken_along(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)
        stranger = RosterEntry(cast.people[0].pk)
        assert (
            refused(lambda: confirm(invitation=row, revision=1, roster=(*part(cast), stranger), by=None, at=AT)).field
            == "roster"
        )
        assert list(RosterRow.objects.filter(member=cast.people[0]).values_list("votes", flat=True)) == [True]

    def test_without_people_there_is_no_joining(self, cast: Cast) -> None:
        pair = tuple(RosterEntry(person.pk) for person in cast.people[:2])
        visit = make.activity(cast.branch, "visit", DAY, roster=pair)
        row = asked(cast, visit)
        assert refused(lambda: confirm(invitation=row, revision=1, roster=(), by=None, at=AT)).field == "roster"
        confirm(invitation=row, revision=1, roster=part(cast)[:1], by=None, at=AT)
        assert RosterRow.objects.filter(unit=cast.other).count() == 1

    def test_where_nobody_came_nothing_is_joined(self, cast: Cast, session: Session) -> None:
        row, nobody = asked(cast, session), part(cast, Attendance.LEAVE, Attendance.ABSENT, Attendance.ABSENT)
        said = refused(lambda: confirm(invitation=row, revision=1, roster=nobody, by=None, at=AT))
        assert said.field == "roster" and "没有人到会" in said.sentence and times(cast.other) == 0
        confirm(invitation=row, revision=1, roster=part(cast), by=None, at=AT)
        said = refused(lambda: correct_part(invitation=row, revision=2, roster=nobody, reason="漏", by=None, at=AT))
        assert "退出" in said.sentence and rate(cast.other) == (3, 3)

    def test_what_became_a_talk_since_is_joined_by_nobody(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)
        session.kind_rows.all().delete()
        session.kind_rows.create(kind="heart_talk", position=0)
        assert "谈心谈话" in refused(
            lambda: confirm(invitation=row, revision=1, roster=part(cast), by=None, at=AT)
        ).sentence  # fmt: skip
        decline(invitation=row, by=None, at=AT)
        assert not joins(session, cast.other)

    def test_a_head_that_changed_meanwhile_is_read_again(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)
        activities.file_activity(session=session, by=None, at=AT)
        assert (
            "改过" in refused(lambda: confirm(invitation=row, revision=1, roster=part(cast), by=None, at=AT)).sentence
        )
        confirm(invitation=row, revision=2, roster=part(cast), by=None, at=AT)  # filed records are joined with a trace
        assert now(session).status == "filed" and faults() == []

    def test_a_second_answer_hears_of_the_first(self, cast: Cast, session: Session) -> None:
        row = confirmed(cast, session)
        again = (
            lambda: confirm(invitation=row, revision=2, roster=part(cast), by=None, at=AT),
            lambda: decline(invitation=row, by=None, at=AT),
            lambda: recall(invitation=row, by=None, at=AT),
        )
        assert all("已确认参加" in refused(call).sentence for call in again)
        assert Session.objects.get().revision == 2

    def test_declined_with_a_word_and_asked_again(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)
        decline(invitation=row, word=" 那天有换届 ", by=cast.other_clerk, at=AT)
        (shown,) = invitations_of(session)
        assert (shown.state, shown.word) == (State.DECLINED, "那天有换届")
        assert refused(lambda: withdraw(invitation=row, reason="错", by=None, at=AT)).field == ""
        assert (asked(cast, session).state, Invitation.objects.get().word) == (State.ASKED, "")

    def test_the_host_corrects_his_record_and_not_their_part(self, cast: Cast, session: Session) -> None:
        confirmed(cast, session, Attendance.LATE)
        theirs = list(RosterRow.objects.filter(unit=cast.other).values_list("member_id", "attendance", "votes"))
        roster = (*make.everyone(cast.branch, ("theme_day",), DAY), *part(cast, Attendance.LATE))
        starts = make.moment(DAY)
        draft = ActivityDraft(
            ("theme_day",),
            "新题",
            starts,
            starts + timedelta(hours=1),
            roster=roster,
            joining_unit_ids=(cast.other.pk,),
        )
        activities.correct_activity(session=Session.objects.get(), draft=draft, revision=2, reason="错", by=None, at=AT)
        assert list(RosterRow.objects.filter(unit=cast.other).values_list("member_id", "attendance", "votes")) == theirs
        stale = refused(
            lambda: activities.correct_activity(
                session=Session.objects.get(), draft=draft, revision=2, reason="错", by=None, at=AT
            )
        )
        assert "改过" in stale.sentence

    def test_what_was_written_is_not_computed_again(self, cast: Cast, session: Session) -> None:
        row = confirmed(cast, session)
        make.member(cast.other, since=date(2026, 1, 1))  # entered in the roster of members later
        correct_part(invitation=row, revision=2, roster=part(cast)[:3], reason="核对", by=None, at=AT)
        assert rate(cast.other) == (3, 3)

    def test_no_line_names_anybody(self, cast: Cast, session: Session) -> None:
        withdraw(invitation=confirmed(cast, session), reason="记错", by=cast.other_clerk, at=AT)
        lines = Line.objects.filter(noun="invitation").order_by("pk").values_list("verb", "unit_id", "summary")
        assert list(lines) == [
            ("邀请参加", cast.branch.pk, session.number),
            ("确认参加", cast.other.pk, session.number),
            ("退出", cast.other.pk, session.number),
        ]


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_that_ask_ask_once(self, cast: Cast, session: Session) -> None:
        found = together(*[lambda: asked(cast, session)] * 2)
        assert found[0] == found[1] and Invitation.objects.count() == 1

    def test_two_that_confirm_write_once(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)

        def answer() -> str:
            try:
                confirm(invitation=row, revision=1, roster=part(cast), by=None, at=AT)
                return "confirmed"
            except Refusal as refusal:
                return refusal.sentence

        found = together(answer, answer)
        assert sorted(found)[0] == "confirmed" and "已确认参加" in sorted(found)[1]
        assert RosterRow.objects.filter(unit=cast.other).count() == 3 and Session.objects.get().revision == 2

    def test_one_confirms_while_the_host_removes(self, cast: Cast, session: Session) -> None:
        row = asked(cast, session)

        def answer() -> None:
            try:
                confirm(invitation=row, revision=1, roster=part(cast), by=None, at=AT)
            except Refusal:
                return

        together(answer, lambda: activities.remove_activity(session=session, reason="错", by=None, at=AT))
        assert times(cast.other) == 0 and faults() == []
