"""Leave asked for beforehand: a category, until the session begins, and the record takes it over."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from tests.records.together import together
from youju.journal.models import Line, Revision
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import UnitYear
from youju.records import actions as room
from youju.records.activities.actions import cancel_session, plan_session, record_activity
from youju.records.activities.values import ActivityDraft, LeaveCategory, PlanDraft
from youju.records.leave.actions import ask_leave, enter_leave, withdraw_entered, withdraw_own
from youju.records.leave.queries import about, asked_for, coming_for, count_of, is_expected, leave_of
from youju.records.models import LeaveRequest
from youju.upkeep.retention import RETENTION

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
START = make.moment(DAY, 15)
BEFORE = make.moment(date(2026, 11, 20))


@pytest.fixture
def cast():
    return standing_cast(groups=2)


@pytest.fixture
def session(cast):
    return planned(cast.branch)


def planned(unit, kinds=("theme_day",), starts=START):
    return plan_session(
        unit=unit, draft=PlanDraft(kinds, "仓储安全", starts), by=None, at=make.moment(date(2026, 11, 1))
    )


def ask(cast, session, category="duty", at=BEFORE):
    return ask_leave(session=session, member=cast.people[-1], category=category, by=cast.member, at=at)


def verbs():
    return list(Line.objects.filter(noun="leave").order_by("pk").values_list("verb", flat=True))


def test_he_asks_and_withdraws(cast, session):
    versions, revisions = list(UnitYear.objects.values_list()), Revision.objects.count()
    ask(cast, session)
    (asked,) = asked_for(session)
    assert (asked.member_id, asked.category, asked.by_himself) == (cast.people[-1].pk, LeaveCategory.DUTY, True)
    assert leave_of(session) == {cast.people[-1].pk: LeaveCategory.DUTY}
    assert count_of(session.pk) == 1
    for _ in range(2):
        withdraw_own(session=session, member=cast.people[-1], by=cast.member, at=BEFORE)
    assert leave_of(session) == {} and count_of(session.pk) == 0
    assert verbs() == ["请假", "撤回请假"]
    assert cast.people[-1].name not in "".join(Line.objects.values_list("summary", flat=True))
    assert list(UnitYear.objects.values_list()) == versions and Revision.objects.count() == revisions


def test_the_same_twice_is_once_and_another_category_takes_its_place(cast, session):
    assert ask(cast, session) == ask(cast, session)
    ask(cast, session, "sick", at=BEFORE + timedelta(hours=1))
    assert leave_of(session) == {cast.people[-1].pk: LeaveCategory.SICK}
    assert LeaveRequest.objects.count() == 2 and verbs() == ["请假", "请假"]


@pytest.mark.parametrize("category", ["", "感冒", "DUTY"])
def test_only_a_category_of_the_list(cast, session, category):
    with pytest.raises(Refusal) as refused:
        ask(cast, session, category)
    assert refused.value.field == "category" and not LeaveRequest.objects.exists()


def test_once_it_has_begun_only_the_clerk_still_writes(cast, session):
    ask(cast, session)
    for call in (
        lambda: ask(cast, session, "sick", at=START),
        lambda: withdraw_own(session=session, member=cast.people[-1], by=cast.member, at=START),
    ):
        with pytest.raises(Refusal, match="已经开始"):
            call()
    late = make.moment(DAY, 16)
    enter_leave(session=session, member=cast.people[0], category="away", by=cast.clerk, at=late)
    assert [one.by_himself for one in asked_for(session)] == [False, True]
    withdraw_entered(session=session, member_id=cast.people[-1].pk, by=cast.clerk, at=late)
    assert set(leave_of(session)) == {cast.people[0].pk}
    assert verbs() == ["请假", "代记请假", "撤回请假"]


def test_who_is_not_expected_asks_nothing(cast, session):
    committee = planned(cast.branch, ("committee_meeting",))
    talk = planned(cast.branch, ("heart_talk",))
    stranger = make.member(cast.other)
    assert [is_expected(one, cast.people[-1].pk) for one in (session, committee, talk)] == [True, False, False]
    assert [is_expected(one, cast.people[0].pk) for one in (session, committee, talk)] == [True, True, False]
    with pytest.raises(NotYours):
        ask(cast, committee)
    with pytest.raises(NotYours):
        ask_leave(session=session, member=stranger, category="duty", by=cast.member, at=BEFORE)
    with pytest.raises(Refusal) as refused:
        enter_leave(session=session, member=stranger, category="duty", by=cast.clerk, at=BEFORE)
    assert refused.value.field == "member"


def test_what_a_member_is_expected_at(cast, session):
    planned(cast.branch, ("committee_meeting",))
    planned(cast.other)
    mine, theirs = planned(cast.groups[0], ("group_meeting",)), planned(cast.groups[1], ("group_meeting",))
    ask(cast, mine)
    found = coming_for(cast.people[-1], at=BEFORE, on=BEFORE.date())
    assert [row.session for row in found] == [session, mine] and theirs not in [row.session for row in found]
    assert [bool(row.asked) for row in found] == [False, True] and not found[0].began
    assert len(coming_for(cast.people[0], at=START, on=DAY)) == 3  # he sits on the committee as well
    assert coming_for(cast.people[-1], at=START, on=DAY)[0].began
    assert coming_for(cast.people[-1], at=START, on=DAY + timedelta(days=1)) == ()


def test_a_cancelled_session_keeps_them_and_takes_no_more(cast, session):
    ask(cast, session)
    cancel_session(session=session, reason="改期", by=None, at=BEFORE)
    assert len(asked_for(session)) == 1 and coming_for(cast.people[-1], at=BEFORE, on=BEFORE.date()) == ()
    with pytest.raises(Refusal, match="取消"):
        ask(cast, session, "sick")


def test_a_record_takes_no_more(cast, session):
    draft = ActivityDraft(("theme_day",), "活动", START, roster=make.everyone(cast.branch, ("theme_day",), DAY))
    record_activity(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY, 20), planned=session)
    with pytest.raises(Refusal, match="已开"):
        enter_leave(session=session, member=cast.people[0], category="duty", by=None, at=make.moment(DAY, 21))


def test_he_reads_what_is_kept_and_it_can_go(cast, session):
    ask(cast, session)
    ask(cast, session, "sick", at=BEFORE + timedelta(hours=1))
    enter_leave(session=session, member=cast.people[0], category="duty", by=cast.clerk, at=BEFORE)
    kept = about(cast.people[-1])["请假"]
    assert [(row["类别"], row["情况"], row["谁填的"]) for row in kept] == [
        ("公出", "已撤回", "本人"),
        ("病假", "已请假", "本人"),
    ]
    assert about(cast.people[0])["请假"][0]["谁填的"] == "党务工作者"
    assert "请假" in {one.key for one in RETENTION.leavers.removed}  # the report on a leaver says that it goes
    room.forget(member=cast.people[-1], by=None, at=START)
    assert about(cast.people[-1])["请假"] == [] and LeaveRequest.objects.count() == 1
    assert verbs().count("清除请假") == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_ask_at_once_are_one(cast, session):
    found = together(*[lambda: ask(cast, session)] * 2)
    assert found[0] == found[1] and LeaveRequest.objects.count() == 1
