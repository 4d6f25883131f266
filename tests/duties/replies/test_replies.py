"""A record answers a due: chosen, chosen twice, taken back, removed; never somebody else's, never of another kind."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.duties.notices.actions import send_notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.replies.actions import answer_with, withdraw_answer
from youju.duties.replies.models import DueRecord
from youju.duties.replies.queries import offered, records_for, records_in
from youju.duties.scores.actions import follow
from youju.duties.scores.queries import stale_below, stored_scores
from youju.duties.scores.values import Settled
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.activities.actions import plan_session, remove_activity
from youju.records.activities.values import PlanDraft

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
AT = make.moment(date(2026, 11, 20))


def test_the_record_itself_is_the_reply():
    cast = standing_cast()
    session = make.activity(cast.branch, "theme_day", DAY, title="防汛演练")
    before = version(cast.branch, 2026)
    answer_with(unit=cast.branch, key="notice/1", session=session, kinds=("theme_day",), by=cast.clerk, at=AT)
    (reply,) = records_for(["notice/1", "notice/2"])["notice/1"]
    assert (reply.number, reply.title, reply.held_on, reply.kinds) == (session.number, "防汛演练", DAY, ("theme_day",))
    assert version(cast.branch, 2026) == before + 1
    line = Line.objects.get(verb="回应应做")
    assert (line.unit_id, line.by_id, line.summary) == (cast.branch.pk, cast.clerk.pk, f"notice/1 {session.number}")


def test_said_twice_it_stands_once():
    cast = standing_cast()
    session = make.activity(cast.branch, "theme_day", DAY)
    for _ in range(2):
        answer_with(unit=cast.branch, key="notice/1", session=session, by=None, at=AT)
    assert DueRecord.objects.count() == 1 and Line.objects.filter(verb="回应应做").count() == 1


def test_years_of_the_due_are_told_as_well():
    cast = standing_cast()
    session = make.activity(cast.branch, "theme_day", DAY)
    before = version(cast.branch, 2027)
    answer_with(unit=cast.branch, key="notice/1", session=session, years=(2027,), by=None, at=AT)
    assert version(cast.branch, 2027) == before + 1


def test_taken_back_it_answers_no_more_and_the_record_stays():
    cast = standing_cast()
    session = make.activity(cast.branch, "theme_day", DAY)
    answer_with(unit=cast.branch, key="notice/1", session=session, by=None, at=AT)
    withdraw_answer(unit=cast.branch, key="notice/1", session=session, by=cast.clerk, at=AT)
    assert records_for(["notice/1"]) == {} and offered(cast.branch, (), key="notice/1", since=DAY, on=DAY) == [session]
    with pytest.raises(Refusal):
        withdraw_answer(unit=cast.branch, key="notice/1", session=session, by=None, at=AT)
    assert Line.objects.filter(verb="撤回回应").count() == 1


def test_a_removed_record_answers_nothing():
    cast = standing_cast()
    session = make.activity(cast.branch, "theme_day", DAY)
    answer_with(unit=cast.branch, key="notice/1", session=session, by=None, at=AT)
    remove_activity(session=session, reason="重复录入", by=None, at=AT)
    assert records_in([cast.branch.pk], ["notice/1"]) == {}
    with pytest.raises(Refusal):
        answer_with(unit=cast.branch, key="notice/2", session=session, by=None, at=AT)


@pytest.mark.parametrize(
    ("owed", "held"),
    [(date(2026, 11, 25), date(2027, 2, 3)), (date(2028, 3, 1), DAY)],
    ids=["answered late", "answered long before"],
)
def test_a_removed_answer_is_told_to_the_year_in_which_it_was_owed(owed, held):
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 1, 15))
    notice = send_notice(
        sender=cast.above, draft=NoticeDraft("报送总结", "", owed), by=None, at=make.moment(date(2026, 11, 2))
    )
    session = make.activity(cast.branch, "theme_day", held)
    answer_with(unit=cast.branch, key=notice.key, session=session, years={owed.year}, by=None, at=make.moment(held))
    follow(year=owed.year)
    assert not stale_below(cast.above.path, owed.year).ids
    remove_activity(session=session, reason="记重了", by=None, at=make.moment(held))
    assert cast.branch.pk in stale_below(cast.above.path, owed.year).ids
    follow(year=owed.year)
    (score,) = (
        one for one in stored_scores([cast.branch.pk], owed.year)[cast.branch.pk].owed if one.matter == "notice"
    )
    assert score.settled is Settled.NO


def test_a_record_of_another_ledger_a_plan_and_another_kind_are_refused():
    cast = standing_cast()
    foreign = make.activity(cast.other, "theme_day", DAY)
    plan = plan_session(
        unit=cast.branch, draft=PlanDraft(("theme_day",), "排好的", make.moment(DAY)), by=None, at=make.START
    )
    meeting = make.activity(cast.branch, "party_meeting", DAY)
    for session, kinds in ((foreign, ()), (plan, ()), (meeting, ("theme_day",))):
        with pytest.raises(Refusal) as caught:
            answer_with(unit=cast.branch, key="notice/1", session=session, kinds=kinds, by=None, at=AT)
        assert caught.value.field == "session"
    assert not DueRecord.objects.exists()


def test_a_session_joined_elsewhere_may_answer():
    cast = standing_cast()
    joint = make.activity(
        cast.other, "theme_day", DAY, joining_unit_ids=(cast.branch.pk,),
        roster=(*make.everyone(cast.other, ("theme_day",), DAY), *make.everyone(cast.branch, ("theme_day",), DAY)),
    )  # fmt: skip
    assert offered(cast.branch, ("theme_day",), key="notice/1", since=DAY, on=DAY) == [joint]
    answer_with(unit=cast.branch, key="notice/1", session=joint, by=None, at=AT)
    assert records_in([cast.branch.pk, cast.other.pk], ["notice/1"]).keys() == {(cast.branch.pk, "notice/1")}


def test_many_units_are_asked_in_two_queries(django_assert_num_queries):
    cast = standing_cast()
    for branch in (cast.branch, cast.other):
        for day in (DAY, date(2026, 11, 6)):
            session = make.activity(branch, "theme_day", day)
            answer_with(unit=branch, key="notice/1", session=session, by=None, at=AT)
    with django_assert_num_queries(2):
        found = records_in([cast.branch.pk, cast.other.pk], ["notice/1", "notice/9"])
    assert {place: len(replies) for place, replies in found.items()} == {
        (cast.branch.pk, "notice/1"): 2,
        (cast.other.pk, "notice/1"): 2,
    }
