"""Off until chosen; one slip a person; the list closes into one revision."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from tests.records.together import together
from youju.journal.models import Line, Revision, Slip
from youju.journal.queries import slips_of
from youju.kit.refusal import Refusal
from youju.people.models import UnitYear
from youju.records.activities.actions import cancel_session, plan_session
from youju.records.activities.queries import expected_at
from youju.records.activities.values import AgendaDraft, PlanDraft, Status
from youju.records.models import Session, SignInSheet
from youju.records.signin.actions import choose, close_and_record, close_list, open_list, sign_in, sign_in_other
from youju.records.signin.queries import (
    about,
    attendance_of,
    choice_of,
    people_of,
    person_of,
    sheet_at,
    sheet_of,
    signatures,
)
from youju.records.signin.values import Choice
from youju.upkeep.nightly import night
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
START = make.moment(DAY, 15)
BEFORE = make.moment(DAY, 14, 20)


@pytest.fixture
def cast():
    return standing_cast(groups=2)


def planned(unit, kinds=("theme_day",)):
    draft = PlanDraft(kinds, "仓储安全", START, "二楼会议室", agenda=(AgendaDraft("隐患随手查"),))
    return plan_session(unit=unit, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))


def opened(cast, kinds=("theme_day",), late_after=10):
    choose(unit=cast.branch, on=True, late_after=late_after, by=None, at=make.START)
    session = planned(cast.branch, kinds)
    open_list(session=session, by=None, at=BEFORE)
    return session


def sign(session, person, at=BEFORE, device=None):
    return sign_in(session_id=session.pk, member_id=person.pk, device=device or f"d{person.pk}", at=at)


def stand_in(session, person, device, at=BEFORE):
    return sign_in_other(session_id=session.pk, member_id=person.pk, device=device, at=at)


def test_it_is_off_until_the_unit_turns_it_on(cast):
    assert choice_of(cast.branch) == Choice(on=False)
    session = planned(cast.branch)
    with pytest.raises(Refusal, match="没有开通"):
        open_list(session=session, by=None, at=BEFORE)
    choose(unit=cast.branch, on=True, late_after=5, by=None, at=BEFORE)
    assert choice_of(cast.branch) == choice_of(cast.groups[0]) == Choice(on=True, late_after=5)
    choose(unit=cast.groups[0], on=False, late_after=5, by=None, at=BEFORE)
    assert not choice_of(cast.branch).on and not choice_of(cast.other).on
    assert list(Line.objects.filter(noun="signin").values_list("verb", flat=True)) == ["开通手机签到", "停用手机签到"]


@pytest.mark.parametrize("minutes", [-1, 121])
def test_minutes_beyond_bounds_are_refused(cast, minutes):
    with pytest.raises(Refusal) as refused:
        choose(unit=cast.branch, on=True, late_after=minutes, by=None, at=BEFORE)
    assert refused.value.field == "late_after"


def test_a_list_opens_once_on_its_day_and_touches_no_version(cast):
    choose(unit=cast.branch, on=True, late_after=10, by=None, at=make.START)
    session = planned(cast.branch)
    with pytest.raises(Refusal, match="到那一天"):
        open_list(session=session, by=None, at=BEFORE - timedelta(days=1))
    versions, revisions = list(UnitYear.objects.values_list()), Revision.objects.count()
    open_list(session=session, by=None, at=BEFORE)
    open_list(session=session, by=None, at=START)
    sign(session, cast.people[0])
    assert sheet_of(session).opened_at == BEFORE and sheet_at(session.pk)[0] == session
    assert list(UnitYear.objects.values_list()) == versions and Revision.objects.count() == revisions
    assert Line.objects.filter(verb="开签到").count() == 1
    cancelled = planned(cast.branch)
    cancel_session(session=cancelled, reason="改期", by=None, at=BEFORE)
    with pytest.raises(Refusal, match="取消"):
        open_list(session=cancelled, by=None, at=BEFORE)


def test_who_may_sign_is_who_is_expected(cast):
    meeting, committee = planned(cast.branch), planned(cast.branch, ("committee_meeting",))
    group = planned(cast.groups[0], ("group_meeting",))
    stranger = make.member(cast.other)
    assert {one.member_id for one in people_of(meeting)} == {person.pk for person in cast.people}
    for session in (meeting, committee, group):
        expected = {one.member_id for one in people_of(session)}
        assert expected == {
            one.member_id for one in expected_at(session.unit, [r.kind for r in session.kind_rows.all()], DAY)
        }
        for person in (*cast.people, stranger):
            found = person_of(session, person.pk)
            assert (found is not None) == (person.pk in expected)
            assert found is None or found in people_of(session)


def test_signing_is_one_insert(cast, django_assert_num_queries):
    session = opened(cast)
    with django_assert_num_queries(1):
        assert sign(session, cast.people[0])
    with django_assert_num_queries(1):
        assert not sign(session, cast.people[0])


def test_one_phone_stands_in_for_three_and_marks_them(cast):
    session = opened(cast)
    sign(session, cast.people[0], device="d")
    assert not sign(session, cast.people[5], device="d")  # one owner a phone
    for person in cast.people[1:4]:
        assert stand_in(session, person, "d")
        assert not stand_in(session, person, "d")
    with pytest.raises(Refusal, match="最多代签 3 人"):
        stand_in(session, cast.people[5], "d")
    assert not stand_in(session, cast.people[0], "e")  # he has signed himself
    assert [one.for_other for one in signatures(sheet_of(session))] == [False, True, True, True]
    assert about(cast.people[1])["签到"] == [{"编号": session.number, "时间": "2026-11-25 14:20", "方式": "代签"}]


def test_closing_makes_one_revision_of_slips_and_of_what_the_clerk_said(cast):
    session = opened(cast)
    sign(session, cast.people[0])
    sign(session, cast.people[1], at=START + timedelta(minutes=10))
    sign(session, cast.people[2], at=START + timedelta(minutes=11))
    stand_in(session, cast.people[3], "d")
    before = Revision.objects.count()
    record = close_and_record(session=session, by=None, at=START + timedelta(hours=1))
    assert Revision.objects.count() == before + 1
    record = Session.objects.get(pk=record.pk)
    assert (record.status, record.number, record.title) == (Status.HELD, session.number, "仓储安全")
    assert [item.title for item in record.agenda.all()] == ["隐患随手查"]
    marks = {row.member_id: row.attendance for row in record.roster.all()}
    assert marks == {p.pk: "absent" for p in cast.people} | {
        cast.people[0].pk: "present", cast.people[1].pk: "present", cast.people[2].pk: "late", cast.people[3].pk: "present",
    }  # fmt: skip
    night(at=START + timedelta(hours=9))
    assert faults() == []


def test_closing_alone_leaves_the_rest_to_the_clerk(cast):
    session = opened(cast)
    sign(session, cast.people[0])
    close_list(session=session, by=None, at=START)
    close_list(session=session, by=None, at=START + timedelta(minutes=1))
    assert Session.objects.get(pk=session.pk).status == Status.PLANNED
    assert {pk: mark.value for pk, mark in attendance_of(session).items()} == {cast.people[0].pk: "present"}
    assert not sign(session, cast.people[1])
    with pytest.raises(Refusal, match="已经结束"):
        stand_in(session, cast.people[1], "d")
    with pytest.raises(Refusal, match="不能再开"):
        open_list(session=session, by=None, at=START)
    assert sheet_of(session).closed_at == START and Line.objects.filter(verb="结束签到").count() == 1


def test_a_clock_that_was_set_back_keeps_no_list_open(cast):
    session = opened(cast)
    close_list(session=session, by=None, at=BEFORE - timedelta(minutes=5))
    assert sheet_of(session).closed_at == BEFORE


def test_an_open_roster_lists_who_signed_and_nobody_else(cast):
    session = opened(cast, ("training",))
    sign(session, cast.people[4])
    record = close_and_record(session=session, by=None, at=START + timedelta(hours=1))
    assert [row.member_id for row in record.roster.all()] == [cast.people[4].pk]


def test_what_is_refused_leaves_the_list_open(cast):
    """Nobody records a meeting before it began."""
    session = opened(cast)
    with pytest.raises(Refusal) as refused:
        close_and_record(session=session, by=None, at=BEFORE)
    assert refused.value.field == "starts_at"
    assert sheet_of(session).open and sign(session, cast.people[0])
    never = planned(cast.branch)
    with pytest.raises(Refusal, match="还没有开签到"):
        close_list(session=never, by=None, at=START)
    assert Slip.objects.count() == 1
    assert not SignInSheet.objects.filter(session=never).exists()


@pytest.mark.django_db(transaction=True)
def test_two_taps_of_one_phone_never_pass_its_limit():
    cast = standing_cast(groups=2)
    session = opened(cast)

    def tap(person):
        def call():
            try:
                return stand_in(session, person, "d")
            except Refusal:
                return None

        return call

    told = together(*(tap(person) for person in cast.people[:5]))
    assert sorted(map(str, told)) == ["None", "None", "True", "True", "True"]
    assert sorted(slip.place for slip in slips_of(session.pk)) == [1, 2, 3]
