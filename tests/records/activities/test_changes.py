"""Each verb of the ledger: what it does, and what it refuses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from tests.records.together import together
from youju.journal.models import Line, Revision, Seal
from youju.journal.queries import breaks
from youju.kit.refusal import NotYours, Refusal
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.units.actions import move_unit
from youju.people.units.queries import version
from youju.people.units.values import UnitKind
from youju.records.activities import actions
from youju.records.activities.values import (
    ActivityDraft,
    AgendaDraft,
    Attendance,
    LeaveCategory,
    PlanDraft,
    ResolutionDraft,
    RosterEntry,
    Status,
)
from youju.records.models import NumberSeries, RosterRow, Session
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)
AT = make.moment(DAY, 20)
LATER = make.moment(date(2026, 4, 1))


@pytest.fixture
def cast():
    return standing_cast(groups=2)


def draft(cast, kinds=("party_meeting",), day=DAY, **words):
    given = {"roster": make.everyone(cast.branch, kinds, day), "starts_at": make.moment(day), "title": "三月大会"}
    return ActivityDraft(kinds=tuple(kinds), **(given | words))


def record(cast, *args, at=AT, planned=None, form_key=None, **words):
    return actions.record_activity(
        unit=cast.branch, draft=draft(cast, *args, **words), by=cast.clerk, at=at, planned=planned, form_key=form_key
    )


def correct(session, new, *, revision=None, reason="记错了", at=LATER):
    return actions.correct_activity(
        session=session, draft=new, revision=revision or session.revision, reason=reason, by=None, at=at
    )


def plan(cast, day=DAY, kinds=("party_meeting",), **words):
    given = PlanDraft(kinds=kinds, title="三月大会", starts_at=make.moment(day), **words)
    return actions.plan_session(unit=cast.branch, draft=given, by=cast.clerk, at=make.moment(date(2026, 3, 1)))


def refused(call, field=None):
    before = (
        Session.objects.count(),
        Line.objects.count(),
        Revision.objects.count(),
        list(NumberSeries.objects.values_list("last")),
    )
    with pytest.raises(Refusal) as caught:
        call()
    assert before == (
        Session.objects.count(),
        Line.objects.count(),
        Revision.objects.count(),
        list(NumberSeries.objects.values_list("last")),
    )
    if field is not None:
        assert caught.value.field == field
    return caught.value.sentence


def vote(**words):
    return (AgendaDraft("接收预备党员", resolutions=(ResolutionDraft("同意接收", **words),)),)


class TestRecording:
    def test_one_line_one_revision_and_a_bump(self, cast):
        before = Line.objects.count(), version(cast.branch, 2026)
        session = record(cast)
        assert (Line.objects.count(), version(cast.branch, 2026)) == (before[0] + 1, before[1] + 1)
        assert (session.number, session.status, session.revision) == ("2026-大会-01", Status.HELD, 1)
        assert faults() == []

    @pytest.mark.parametrize(
        ("words", "field"),
        [
            ({"kinds": ()}, "kinds"),
            ({"kinds": ("nonsense",)}, "kinds"),
            ({"kinds": ("party_meeting", "party_meeting")}, "kinds"),
            ({"kinds": ("party_meeting", "heart_talk")}, "kinds"),
            ({"title": " "}, "title"),
            ({"title": "长" * 121}, "title"),
            ({"place": "长" * 81}, "place"),
            ({"outcome": "\x00"}, "outcome"),
            ({"transcribed_from": "长" * 81}, "transcribed_from"),
            ({"starts_at": AT + timedelta(minutes=1)}, "starts_at"),
            ({"ends_at": make.moment(DAY)}, "ends_at"),
            ({"for_year": 2024}, "for_year"),
            ({"for_year": 2027}, "for_year"),
            ({"roster": ()}, "roster"),
            ({"agenda": (AgendaDraft(" "),)}, "agenda"),
            ({"agenda": (AgendaDraft("长" * 201),)}, "agenda"),
            ({"agenda": vote(rule="nonsense")}, "agenda"),
            ({"agenda": (AgendaDraft("议", resolutions=(ResolutionDraft(" "),)),)}, "agenda"),
            ({"agenda": vote(yes=10)}, "agenda"),
            ({"chair_id": 10**6}, "chair"),
            ({"lecturer_id": 10**6}, "lecturer"),
            ({"joining_unit_ids": (10**6,)}, "joining"),
        ],
    )
    def test_a_wrong_input_is_refused_and_nothing_is_written(self, cast, words, field):
        assert refused(
            lambda: actions.record_activity(unit=cast.branch, draft=replace(draft(cast), **words), by=None, at=AT),
            field,
        )

    def test_a_roster_names_everyone_once(self, cast):
        whole = make.everyone(cast.branch, ("party_meeting",), DAY)
        assert "缺1人" in refused(lambda: record(cast, roster=whole[1:]), "roster")
        assert "两次" in refused(lambda: record(cast, roster=(*whole, whole[0])), "roster")
        stranger = RosterEntry(make.member(cast.other).pk)
        assert "不在本组织" in refused(lambda: record(cast, roster=(*whole, stranger)), "roster")
        excused = (replace(whole[0], leave_category=LeaveCategory.SICK), *whole[1:])
        assert "只有请假" in refused(lambda: record(cast, roster=excused), "roster")

    def test_whoever_took_part_is_enough_for_a_talk(self, cast):
        assert record(cast, ("heart_talk",), roster=(RosterEntry(cast.people[0].pk),)).roster.count() == 1

    def test_who_sits_in_on_the_committee_has_no_vote_and_is_not_expected(self, cast):
        roster = (*make.everyone(cast.branch, ("committee_meeting",), DAY), RosterEntry(cast.people[8].pk))
        row = record(cast, ("committee_meeting",), roster=roster).roster.get(member=cast.people[8])
        assert (row.votes, row.expected) == (False, False)

    def test_a_probationary_member_is_expected_and_does_not_vote(self, cast):
        person = make.member(cast.branch, standing=Standing.PROBATIONARY)
        row = record(cast).roster.get(member=person)
        assert (row.votes, row.expected) == (False, True)

    def test_a_vote_is_judged_on_the_roster_of_the_day(self, cast):
        entries = make.everyone(cast.branch, ("party_meeting",), DAY, absent=cast.people[:4])
        carried = record(cast, roster=entries, agenda=vote(rule="admission", yes=5)).agenda.get().resolutions.get()
        assert (carried.votes_expected, carried.votes_present, carried.carried) == (9, 5, True)
        entries = make.everyone(cast.branch, ("party_meeting",), DAY, absent=cast.people[:5])
        failed = record(cast, roster=entries, agenda=vote(rule="admission", yes=4)).agenda.get().resolutions.get()
        assert failed.carried is False

    def test_members_of_a_joining_unit_take_part_without_a_vote(self, cast):
        roster = (
            *make.everyone(cast.branch, ("party_meeting",), DAY),
            *make.everyone(cast.other, ("party_meeting",), DAY),
        )
        session = record(cast, roster=roster, joining_unit_ids=(cast.other.pk,), agenda=vote(yes=5))
        assert session.roster.count() == 12
        assert session.agenda.get().resolutions.get().votes_expected == 9
        assert version(cast.other, 2026) > 0

    def test_a_unit_does_not_join_itself_its_groups_or_its_superior(self, cast):
        for unit in (cast.branch, cast.groups[0], cast.above):
            assert refused(lambda unit=unit: record(cast, joining_unit_ids=(unit.pk,)), "joining")

    def test_a_stranger_cannot_be_named_as_chair(self, cast):
        stranger = make.member(cast.other).pk
        assert refused(lambda: record(cast, chair_id=stranger), "chair")

    def test_a_meeting_of_last_year_may_be_held_in_spring(self, cast):
        session = record(cast, ("org_life_meeting",), for_year=2025)
        assert (session.for_year, session.number) == (2025, "2025-生活会-01")

    def test_the_same_form_twice_records_once(self, cast):
        assert record(cast, form_key="k1") == record(cast, form_key="k1")
        assert Session.objects.count() == 1
        assert refused(lambda: record(cast, form_key="k" * 33))

    def test_what_was_held_late_in_the_evening_counts_for_that_day_in_china(self, cast):
        session = record(cast, starts_at=make.moment(DAY, 0, 30))
        assert session.held_on == DAY


class TestNumbers:
    def test_a_number_is_never_given_again(self, cast):
        first, second = record(cast), record(cast)
        actions.remove_activity(session=second, reason="重复", by=None, at=LATER)
        assert [first.number, record(cast).number] == ["2026-大会-01", "2026-大会-03"]

    def test_a_planned_session_keeps_its_number_when_held(self, cast):
        planned = plan(cast)
        held = record(cast, planned=planned)
        assert (held.pk, held.number, held.status, held.revision) == (planned.pk, "2026-大会-01", Status.HELD, 2)
        assert "不能再记一次" in refused(lambda: record(cast, planned=planned))

    def test_a_plan_of_somebody_else_cannot_be_fulfilled(self, cast):
        planned = actions.plan_session(
            unit=cast.other,
            draft=PlanDraft(("party_meeting",), "会", make.moment(DAY)),
            by=None,
            at=make.moment(date(2026, 3, 1)),
        )
        with pytest.raises(NotYours):
            record(cast, planned=planned)


class TestPlanning:
    def test_a_plan_holds_no_outcome_and_lies_ahead(self, cast):
        assert plan(cast, agenda=(AgendaDraft("传达精神"),)).status == Status.PLANNED
        assert "不能有决议" in refused(lambda: plan(cast, agenda=vote()), "agenda")
        assert refused(lambda: plan(cast, day=date(2026, 2, 1)), "starts_at")
        assert refused(lambda: plan(cast, agenda=(AgendaDraft(""),)), "agenda")

    def test_only_a_plan_is_cancelled_and_only_an_activity_removed(self, cast):
        planned, held = plan(cast), record(cast)
        for end, session in ((actions.remove_activity, planned), (actions.cancel_session, held)):
            assert refused(lambda end=end, session=session: end(session=session, reason="错", by=None, at=LATER))
        assert refused(lambda: actions.cancel_session(session=planned, reason=" ", by=None, at=LATER), "reason")
        actions.cancel_session(session=planned, reason="改期", by=None, at=LATER)
        assert Session.objects.get(pk=planned.pk).status == Status.CANCELLED and faults() == []


class TestCorrecting:
    def test_a_correction_is_a_new_revision_with_its_reason(self, cast):
        session = record(cast)
        new = correct(session, draft(cast, title="三月党员大会"))
        assert (new.title, new.revision) == ("三月党员大会", 2)
        assert [
            row.reason for row in Revision.objects.filter(object_id=session.pk, noun="session").order_by("number")
        ] == ["", "记错了"]
        assert new.entered_at == session.entered_at and faults() == []

    def test_who_was_slower_is_told_and_changes_nothing(self, cast):
        session = record(cast)
        correct(session, draft(cast, title="一"), revision=1)
        assert "别人改过" in refused(lambda: correct(session, draft(cast, title="二"), revision=1), "")

    def test_signing_off_meanwhile_is_a_change_too(self, cast):
        session = record(cast)
        actions.file_activity(session=session, by=None, at=LATER)
        assert refused(lambda: correct(session, draft(cast), revision=1))

    def test_the_roster_is_not_computed_again_after_somebody_left(self, cast):
        session = record(cast)
        make.member(cast.branch, since=date(2020, 1, 1))  # entered afterwards, dated before the meeting
        from youju.people.members.actions import end_membership

        end_membership(member=cast.people[0], on=date(2026, 3, 1), by=None, at=LATER)
        roster = tuple(RosterEntry(person.pk) for person in cast.people)
        new = correct(session, draft(cast, roster=roster))
        assert new.roster.count() == 9 and all(new.roster.values_list("votes", flat=True))

    def test_another_circle_needs_its_own_roster(self, cast):
        session = record(cast, ("committee_meeting",))
        assert "缺4人" in refused(
            lambda: correct(session, draft(cast, roster=make.everyone(cast.branch, ("committee_meeting",), DAY))),
            "roster",
        )
        new = correct(session, draft(cast))
        assert new.roster.filter(votes=True, expected=True).count() == 9

    def test_a_talk_may_gain_a_person_who_then_counts(self, cast):
        session = record(cast, ("heart_talk",), roster=(RosterEntry(cast.people[0].pk),))
        new = correct(session, draft(cast, ("heart_talk",), roster=tuple(RosterEntry(p.pk) for p in cast.people[:2])))
        assert new.roster.filter(expected=True).count() == 2

    def test_a_unit_that_no_longer_joins_hears_of_it(self, cast):
        both = (
            *make.everyone(cast.branch, ("party_meeting",), DAY),
            *make.everyone(cast.other, ("party_meeting",), DAY),
        )
        session = record(cast, roster=both, joining_unit_ids=(cast.other.pk,))
        before = version(cast.other, 2026)
        new = correct(session, draft(cast))
        assert version(cast.other, 2026) == before + 1 and new.roster.count() == 9

    def test_a_unit_that_was_moved_since_stays_on_the_record(self, cast):
        both = (
            *make.everyone(cast.branch, ("party_meeting",), DAY),
            *make.everyone(cast.other, ("party_meeting",), DAY),
        )
        session = record(cast, roster=both, joining_unit_ids=(cast.other.pk,))
        elsewhere = make.unit(name="别处的工委", kind=UnitKind.COMMITTEE)
        move_unit(unit=cast.other, parent=elsewhere, by=None, at=make.moment(DAY + timedelta(days=9)))
        new = correct(session, draft(cast, roster=both, joining_unit_ids=(cast.other.pk,), title="改了题目"))
        assert new.title == "改了题目" and [unit.pk for unit in new.joining.all()] == [cast.other.pk]

    def test_the_unit_a_member_moved_to_hears_of_his_hours(self, cast):
        session = record(cast)
        change_membership(
            member=cast.people[-1], unit=cast.other, standing=Standing.FORMAL, since=DAY + timedelta(days=30),
            by=None, at=make.moment(DAY + timedelta(days=30)),
        )  # fmt: skip
        before = version(cast.other, 2026)
        correct(session, draft(cast))
        assert version(cast.other, 2026) == before + 1

    def test_a_unit_may_join_afterwards(self, cast):
        session = record(cast)
        assert "缺3人" in refused(lambda: correct(session, draft(cast, joining_unit_ids=(cast.other.pk,))), "roster")
        both = (
            *make.everyone(cast.branch, ("party_meeting",), DAY),
            *make.everyone(cast.other, ("party_meeting",), DAY),
        )
        assert (
            correct(session, draft(cast, roster=both, joining_unit_ids=(cast.other.pk,)))
            .roster.filter(expected=True)
            .count()
            == 12
        )

    def test_a_record_cannot_be_moved_behind_its_entry(self, cast):
        session = record(cast)
        assert "录入" in refused(
            lambda: correct(session, draft(cast, starts_at=make.moment(date(2026, 3, 22)))), "starts_at"
        )

    @pytest.mark.parametrize("reason", ["", " ", "长" * 201])
    def test_a_reason_is_needed(self, cast, reason):
        session = record(cast)
        assert refused(lambda: correct(session, draft(cast), reason=reason), "reason")

    def test_both_years_hear_of_a_move(self, cast):
        session = record(cast, ("org_life_meeting",), for_year=2025)
        before = [version(cast.branch, year) for year in (2025, 2026)]
        correct(session, draft(cast, ("org_life_meeting",), for_year=2026))
        assert [version(cast.branch, year) for year in (2025, 2026)] == [n + 1 for n in before]


class TestFilingAndProof:
    def test_filing_signs_off_once_and_seals(self, cast):
        session = actions.file_activity(session=record(cast), by=None, at=LATER)
        assert session.status == Status.FILED and session.filed_at == LATER
        assert Seal.objects.get().occasion == "归档" and breaks() == []
        assert refused(lambda: actions.file_activity(session=session, by=None, at=LATER))

    def test_the_same_proof_twice_is_kept_once(self, cast):
        from youju.store.actions import keep

        file = keep(data=b"%PDF-1.7 x", by=None, at=AT)
        session = record(cast)
        lines = Line.objects.count()
        for _ in range(2):
            actions.add_evidence(session=session, file=file, caption="签到表", by=None, at=LATER)
        assert session.evidence.count() == 1 and Line.objects.count() == lines + 1 and faults() == []
        assert refused(
            lambda: actions.add_evidence(session=session, file=file, caption="长" * 81, by=None, at=LATER), "caption"
        )
        planned = plan(cast)
        assert refused(lambda: actions.add_evidence(session=planned, file=file, caption="", by=None, at=LATER), "file")


@pytest.mark.parametrize("verb", ["plan", "record", "fulfil", "correct", "file", "cancel", "remove"])
def test_nothing_is_written_when_the_journal_cannot_be(cast, monkeypatch, verb):
    planned, held = plan(cast), record(cast)
    calls = {
        "plan": lambda: plan(cast, day=date(2026, 5, 1)),
        "record": lambda: record(cast),
        "fulfil": lambda: record(cast, planned=planned),
        "correct": lambda: correct(held, draft(cast, title="别的")),
        "file": lambda: actions.file_activity(session=held, by=None, at=LATER),
        "cancel": lambda: actions.cancel_session(session=planned, reason="错", by=None, at=LATER),
        "remove": lambda: actions.remove_activity(session=held, reason="错", by=None, at=LATER),
    }

    def state():
        return (
            list(Session.objects.order_by("pk").values()), list(RosterRow.objects.order_by("pk").values()), Revision.objects.count(),
            Line.objects.count(), list(NumberSeries.objects.values()), version(cast.branch, 2026), Seal.objects.count(),
        )  # fmt: skip

    before = state()

    def fail(**words):
        raise OSError("disk full")

    monkeypatch.setattr("youju.journal.actions.write_line", fail)
    with pytest.raises(OSError, match="disk full"):
        calls[verb]()
    monkeypatch.undo()
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_get_two_numbers():
    cast = standing_cast()
    given = draft(cast)

    def one():
        return actions.record_activity(unit=cast.branch, draft=given, by=None, at=AT).number

    assert sorted(together(one, one, one)) == ["2026-大会-01", "2026-大会-02", "2026-大会-03"]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_records_once():
    cast = standing_cast()
    given = draft(cast)

    def one():
        return actions.record_activity(unit=cast.branch, draft=given, by=None, at=AT, form_key="k").pk

    assert len(set(together(one, one))) == 1 and Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_joint_meetings_at_once_do_not_lock_each_other_out():
    cast = standing_cast()
    both = (*make.everyone(cast.branch, ("party_meeting",), DAY), *make.everyone(cast.other, ("party_meeting",), DAY))

    def joint(host, guest):
        given = draft(cast, roster=both, joining_unit_ids=(guest.pk,))
        return lambda: [actions.record_activity(unit=host, draft=given, by=None, at=AT) for _ in range(3)]

    together(joint(cast.branch, cast.other), joint(cast.other, cast.branch))
    assert Session.objects.count() == 6


def test_attendance_words_are_the_five():
    assert [mark.zh for mark in Attendance] == ["到", "迟到", "请假", "缺席", "免于要求"]
