"""自测: answered once however often it is sent, counted without names, told of only when enough took part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.cast import Cast, standing_cast
from tests.study.making import AT, DAY, LAST, account_of, answered, published, question, questions
from youju.journal.models import Line, Revision
from youju.kit.periods import Period
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.people.leavers.queries import leavers
from youju.people.models import Member
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.actions import forget
from youju.study.models import Picked, Recall, SelfTest, Sitting
from youju.study.queries import about
from youju.study.questions.actions import correct_question, retire_question
from youju.study.questions.values import QuestionDraft
from youju.study.selftests import queries as selftests
from youju.study.selftests.actions import (
    answer,
    change_test,
    draw_up_test,
    drop_test,
    erase_own,
    publish_test,
    refresh,
    remind,
    settle_over,
)
from youju.study.selftests.queries import (
    Participation,
    due_on,
    mine,
    misses,
    of_member,
    often_missed,
    participation,
    recalled,
    sheet_of,
    torn,
)
from youju.study.selftests.rules import MOST_DAYS_BETWEEN, missed, remembered, stage
from youju.study.selftests.values import ENOUGH, Missed, Stage, TestDraft
from youju.upkeep.forgetting import Going, report_of

AFTER = LAST + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


@pytest.fixture
def test(cast: Cast) -> SelfTest:
    return published(cast.branch, questions(cast.branch))


def give(cast: Cast, test: SelfTest, place: int, *picks: int, who: int = 0, day: date = DAY) -> None:
    asked = test.asked.get(position=place)
    answer(member=cast.people[who], test_id=test.pk, question_id=asked.question_id, picks=picks, at=make.moment(day))


# -- the unit's --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nobody_sees_a_test_before_it_is_published_and_begun(cast: Cast) -> None:
    asked = questions(cast.branch)
    draft = TestDraft("预告", DAY + timedelta(days=3), LAST, tuple(one.pk for one in asked))
    test = draw_up_test(unit=cast.branch, draft=draft, by=cast.clerk, at=AT)
    assert of_member(cast.people[0], on=LAST) == []
    publish_test(test=test, revision=1, by=cast.clerk, at=AT)
    publish_test(test=test, revision=1, by=cast.clerk, at=AT)
    assert Line.objects.filter(verb="发布自测").count() == 1
    assert of_member(cast.people[0], on=DAY) == [] and mine(cast.people[0], test.pk, on=DAY) is None
    (seen,) = of_member(cast.people[0], on=LAST)
    assert seen.waits and (seen.asked, seen.answered) == (3, 0)
    drop_test(test=test, by=cast.clerk, at=AT)
    assert of_member(cast.people[0], on=LAST) == [] and list(torn()) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"), ({"closes_on": DAY - timedelta(days=1)}, "closes_on"),
        ({"closes_on": DAY + timedelta(days=100)}, "closes_on"), ({"question_ids": (10**9,)}, "questions"),
        ({"opens_on": DAY - timedelta(days=9), "closes_on": DAY - timedelta(days=2)}, "closes_on"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_is_no_test_is_refused(cast: Cast, change: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        draw_up_test(
            unit=cast.branch, draft=replace(TestDraft("测", DAY, LAST), **change), by=None, at=AT  # type: ignore[arg-type]
        )  # fmt: skip
    assert caught.value.field == field and not SelfTest.objects.exists()


@pytest.mark.django_db
def test_a_question_of_another_unit_or_a_retired_one_is_not_asked(cast: Cast) -> None:
    theirs, ours = question(cast.other), question(cast.branch)
    retire_question(question=ours, by=None, at=AT)
    for one in (theirs, ours):
        with pytest.raises(Refusal, match="不在题库里"):
            draw_up_test(unit=cast.branch, draft=TestDraft("测", DAY, LAST, (one.pk,)), by=None, at=AT)


@pytest.mark.django_db
def test_of_a_published_test_only_name_and_last_day_change(cast: Cast, test: SelfTest) -> None:
    longer = TestDraft("十一月学习自测", DAY + timedelta(days=9), AFTER, ())
    now = change_test(test=test, draft=longer, revision=test.revision, by=cast.clerk, at=AT)
    assert (now.title, now.opens_on, now.closes_on, now.asked.count()) == ("十一月学习自测", DAY, AFTER, 3)
    with pytest.raises(Overtaken):
        change_test(test=test, draft=longer, revision=test.revision, by=cast.clerk, at=AT)
    empty = draw_up_test(unit=cast.branch, draft=TestDraft("空", DAY, LAST), by=None, at=AT)
    with pytest.raises(Refusal, match="还没有选题"):
        publish_test(test=empty, revision=1, by=None, at=AT)
    with pytest.raises(Refusal, match="截止日期已经过了"):
        draft = draw_up_test(unit=cast.branch, draft=replace(longer, question_ids=()), by=None, at=AT)
        change_test(
            test=draft,
            draft=replace(longer, question_ids=(test.asked.all()[0].question_id,)),
            revision=1,
            by=None,
            at=AT,
        )
        publish_test(test=draft, revision=2, by=None, at=make.moment(AFTER + timedelta(days=1)))
    with pytest.raises(
        Refusal, match="请看一遍再发布"
    ):  # who publishes has looked at the questions, and these are others by now
        publish_test(test=draft, revision=1, by=None, at=AT)
    assert SelfTest.objects.get(pk=draft.pk).published_at is None


# -- the member's ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_answer_stays_and_a_resend_changes_nothing(cast: Cast, test: SelfTest) -> None:
    give(cast, test, 0, 2)
    give(cast, test, 0, 1)
    give(cast, test, 0)
    first, second, _ = sheet_of(cast.people[0], test)
    assert first.picks == (2,) and first.right is False and second.picks is None
    give(cast, test, 1, 1)
    give(cast, test, 2, 1, day=DAY + timedelta(days=1))
    give(cast, test, 2, 0, day=AFTER)  # a resend that comes after the end is still harmless
    told = mine(cast.people[0], test.pk, on=DAY)
    assert told and (told.answered, told.finished_on, told.waits) == (3, DAY + timedelta(days=1), False)


@pytest.mark.django_db
def test_what_is_no_answer_is_refused_and_nothing_kept(cast: Cast, test: SelfTest) -> None:
    for picks in ((), (3,), (0, 1), (-1,)):
        with pytest.raises(Refusal) as caught:
            give(cast, test, 0, *picks)
        assert caught.value.field == "picks"
    with pytest.raises(Refusal, match="已经截止"):
        give(cast, test, 0, 1, day=AFTER)
    assert not Picked.objects.exists() and not Sitting.objects.exists()


@pytest.mark.django_db
def test_another_units_test_is_none_of_his(cast: Cast, test: SelfTest) -> None:
    stranger = Member.objects.filter(memberships__unit=cast.other).first()
    assert stranger and of_member(stranger, on=DAY) == []
    elsewhere = question(cast.branch, "不在这次自测里的题")
    for member, question_id in ((stranger, test.asked.all()[0].question_id), (cast.people[0], elsewhere.pk)):
        with pytest.raises(NotYours):
            answer(member=member, test_id=test.pk, question_id=question_id, picks=[1], at=AT)


@pytest.mark.django_db
def test_an_answer_leaves_no_line_no_revision_and_no_name(cast: Cast, test: SelfTest) -> None:
    lines, revisions = Line.objects.count(), Revision.objects.count()
    answered(cast.people[0], test, [2, 1, 1])
    refresh(
        member=cast.people[0],
        question_id=due_on(cast.people[0], on=AFTER)[0].question_id,
        picks=[1],
        at=make.moment(AFTER),
    )
    erase_own(member=cast.people[0])
    assert (Line.objects.count(), Revision.objects.count()) == (lines, revisions)


@pytest.mark.django_db
def test_a_correction_of_the_key_judges_anew(cast: Cast, test: SelfTest) -> None:
    answered(cast.people[0], test, [2])
    (first, *_) = sheet_of(cast.people[0], test)
    better = QuestionDraft("single", first.question.stem, tuple(first.question.choices), (2,))
    correct_question(question=first.question, draft=better, revision=1, by=None, at=AT)
    assert sheet_of(cast.people[0], test)[0].right is True


@pytest.mark.django_db
def test_one_reads_what_one_answered_and_may_erase_it(cast: Cast, test: SelfTest) -> None:
    answered(cast.people[0], test, [2, 1, 1])
    answered(cast.people[1], test, [0])
    told = about(cast.people[0])
    assert [(row["我的回答"], row["对错"]) for row in told["自测作答"]] == [("C", "错"), ("B", "对"), ("B", "对")]  # type: ignore[attr-defined]
    assert len(told["温故"]) == 3  # type: ignore[arg-type]
    erase_own(member=cast.people[0])
    erase_own(member=cast.people[1])
    told = about(cast.people[0])
    assert told["自测作答"] == told["温故"] == [] and len(told["自测"]) == 1  # type: ignore[arg-type]
    assert about(cast.people[1])["自测"] == [] and participation(test, on=DAY).finished == 1


# -- of everybody: numbers ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_unit_learns_how_many_and_no_more(cast: Cast, test: SelfTest) -> None:
    answered(cast.people[0], test, [1, 1, 1])
    answered(cast.people[1], test, [1])
    told = participation(test, on=DAY)
    assert (told.expected, told.finished, told.outstanding) == (9, 1, 8) and told.unreachable == 8  # one has an account
    make.leave(cast.people[0], on=DAY + timedelta(days=1))
    assert participation(test, on=DAY + timedelta(days=2)).finished == 1


@pytest.mark.django_db
def test_what_is_often_missed_is_told_after_the_end_and_of_five(cast: Cast, test: SelfTest) -> None:
    for who in range(ENOUGH - 1):
        answered(cast.people[who], test, [2, 1, 1])
    answered(cast.people[ENOUGH], test, [2, 2])  # not through: not counted
    assert set(misses(test).values()) == {None}
    answered(cast.people[ENOUGH - 1], test, [1, 0, 1])
    assert settle_over(at=make.moment(LAST)) == 0 and often_missed(test) is None
    assert settle_over(at=make.moment(AFTER)) == 1
    told = often_missed(test)
    assert told and [(one.question.stem, one.missed) for one in told] == [("第1题问什么？", Missed.MOST)]


@given(st.lists(st.booleans(), max_size=12))
def test_all_wrong_reads_like_half_wrong(answers: list[bool]) -> None:
    """No band holds so few that it would say what one of them answered."""
    told = missed(answers)
    if len(answers) < ENOUGH:
        assert told is None
    elif not any(answers):
        assert told is Missed.MOST and missed([False] * (len(answers) - 1) + [True]) is Missed.MOST
    elif all(answers):
        assert told is Missed.FEW and missed([*answers[1:], False]) is Missed.FEW


@pytest.mark.django_db
def test_it_is_counted_once_so_that_two_looks_cannot_be_compared(cast: Cast, test: SelfTest) -> None:
    """Six finished, three wrong: without one of the wrong it would be 2 of 5, and a look before and after would tell his."""
    for who in range(6):
        answered(cast.people[who], test, [2 if who < 3 else 1, 1, 1])
    at = make.moment(AFTER)
    settle_over(at=at)
    told = often_missed(test)
    assert told and told[0].missed is Missed.MOST
    erase_own(member=cast.people[0])
    forget(member=cast.people[1], by=None, at=at)
    (first, *_) = test.asked.order_by("position")
    other = replace(QuestionDraft("single", first.question.stem, tuple(first.question.choices)), correct=(2,))
    correct_question(question=first.question, draft=other, revision=1, by=None, at=at)
    assert settle_over(at=make.moment(AFTER + timedelta(days=1))) == 0
    assert often_missed(test) == told and misses(test)[first.question_id] is None
    again = TestDraft(test.title, DAY, AFTER + timedelta(days=7))
    with pytest.raises(Refusal, match="已经截止") as caught:  # nor is it opened for one more answer
        change_test(test=test, draft=again, revision=test.revision, by=None, at=at)
    assert caught.value.field == "closes_on"
    change_test(test=test, draft=replace(again, title="又一名", closes_on=LAST), revision=test.revision, by=None, at=at)


@pytest.mark.django_db
def test_what_is_over_is_counted_and_nothing_else(cast: Cast, test: SelfTest) -> None:
    """Neither a draft, nor what runs on, nor what was taken off; and no more at a time than one asks for."""
    asked, at = questions(cast.branch, 1, of="又"), make.moment(AFTER)
    draw_up_test(unit=cast.branch, draft=TestDraft("草稿", DAY, LAST, (asked[0].pk,)), by=None, at=AT)
    open_, off, second = (
        published(cast.branch, asked, title=title, last=last)
        for title, last in (("还在答", AFTER), ("撤下的", LAST), ("第二次", LAST))
    )
    drop_test(test=off, by=None, at=AT)
    assert [settle_over(at=at, most=1) for _ in range(3)] == [1, 1, 0]
    assert set(SelfTest.objects.filter(settled_on=AFTER)) == {test, second}
    assert settle_over(at=make.moment(AFTER + timedelta(days=1))) == 1  # the one that ran on
    open_.refresh_from_db()
    assert open_.settled_on == AFTER + timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize("finished", range(3))
def test_of_one_or_two_nothing_is_ever_told(cast: Cast, test: SelfTest, finished: int) -> None:
    for who in range(finished):
        answered(cast.people[who], test, [2, 2, 2])
    settle_over(at=make.moment(AFTER))
    assert often_missed(test) is None and participation(test, on=AFTER).finished == finished


@pytest.mark.django_db
@pytest.mark.parametrize("took_part", [True, False])
def test_who_leaves_or_loses_his_account_tells_nothing_by_it(cast: Cast, test: SelfTest, took_part: bool) -> None:
    """Whether he had answered or not, the numbers before and after are the same."""
    person = cast.people[0]
    account_of(person, cast.branch)
    if took_part:
        answered(person, test, [1, 1, 1])
    before = participation(test, on=DAY)
    make.leave(person, on=DAY + timedelta(days=1))
    for day in (DAY + timedelta(days=2), AFTER):
        assert participation(test, on=day) == before == Participation(9, int(took_part), 7)
    Member.objects.filter(pk=person.pk).update(user=None)
    assert participation(test, on=DAY).unreachable == 8


@pytest.mark.django_db
def test_a_reminder_says_how_many_and_goes_once_a_day(cast: Cast, test: SelfTest) -> None:
    answered(cast.people[0], test, [1, 1, 1])
    assert remind(test=test, by=cast.clerk, at=AT) == 8 == remind(test=test, by=cast.clerk, at=AT)
    (line,) = Line.objects.filter(verb="提醒自测")
    assert line.summary == "8人没答完"
    told = mine(cast.people[1], test.pk, on=DAY)
    assert told and told.reminded_on == DAY
    with pytest.raises(Refusal, match="不是作答的时候"):
        remind(test=test, by=cast.clerk, at=make.moment(AFTER))
    for person in cast.people[1:]:
        answered(person, test, [1, 1, 1])
    with pytest.raises(Refusal, match="都答完了"):
        remind(test=test, by=cast.clerk, at=make.moment(DAY + timedelta(days=1)))


@pytest.mark.django_db
def test_what_was_tested_is_told_by_text_and_topic(cast: Cast) -> None:
    text = enter_source(unit=cast.branch, draft=SourceDraft("章程"), by=None, at=AT)
    asked = [question(cast.branch, stem, source_id=text.pk, topic="党章党规") for stem in ("甲", "乙")]
    test = published(cast.branch, [*asked, question(cast.branch, "丙")])
    year = Period.year(2026)
    assert selftests.tested_in([cast.branch.pk], year) == []
    answered(cast.people[0], test, [1, 1, 1])
    (told,) = selftests.tested_in([cast.branch.pk, cast.other.pk], year)
    assert (told.source_id, told.topic, told.day, told.participants) == (text.pk, "党章党规", DAY, 1)
    assert selftests.tested_in([cast.other.pk], year) == selftests.tested_in([cast.branch.pk], Period.year(2025)) == []


@pytest.mark.django_db
def test_forgetting_leaves_a_tick_without_a_person_and_says_nothing_of_it(cast: Cast, test: SelfTest) -> None:
    person, silent = cast.people[0], cast.people[1]
    answered(person, test, [2, 1, 1])
    for one in (person, silent):
        make.leave(one, on=date(2026, 11, 10))
    reports = {row.member_id: report_of(row) for row in leavers(on=date(2032, 1, 1), years=5)}
    asked = [
        [(g.what, g.count) for g in reports[one.pk].removed if g.what in ("自测", "自测作答", "温故")]
        for one in (person, silent)
    ]
    assert (
        asked[0] == asked[1] == [("自测", None), ("自测作答", None), ("温故", None)]
    )  # who answered and who did not, alike
    assert isinstance(reports[person.pk].removed[0], Going)
    forget(member=person, by=None, at=AT)
    assert not Picked.objects.exists() and not Recall.objects.exists()
    assert all(value == [] for value in about(person).values()) and participation(test, on=LAST).finished == 1


# -- 温故 --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_question_comes_back_and_sits_better_each_time(cast: Cast, test: SelfTest) -> None:
    answered(cast.people[0], test, [2, 1])
    wrong, right = Recall.objects.order_by("pk")
    assert wrong.due_on < right.due_on and not due_on(cast.people[0], on=DAY)
    day = right.due_on
    at = make.moment(day)
    assert [row.question_id for row in due_on(cast.people[0], on=day)] == [wrong.question_id, right.question_id]
    refresh(member=cast.people[0], question_id=right.question_id, picks=[1], at=at)
    refresh(member=cast.people[0], question_id=right.question_id, picks=[0], at=at)  # two taps at once
    again = recalled(cast.people[0], right.question_id, on=day)
    assert again and again.picks == [1] and again.due_on > day and again.stability > right.stability
    with pytest.raises(NotYours):
        refresh(member=cast.people[1], question_id=right.question_id, picks=[1], at=at)
    with pytest.raises(Refusal):
        refresh(member=cast.people[0], question_id=wrong.question_id, picks=[7], at=at)
    retire_question(question=wrong.question, by=None, at=at)
    assert not due_on(cast.people[0], on=day)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 400)), min_size=1, max_size=12))
def test_memory_moves_forward_and_never_further_than_a_year(answers: list[tuple[bool, int]]) -> None:
    memory, day = None, DAY
    for right, wait in answers:
        before = memory
        memory = remembered(memory, right=right, on=day)
        assert memory == remembered(before, right=right, on=day)  # no chance in it
        assert memory.last_on == day and 1 <= (memory.due_on - day).days <= MOST_DAYS_BETWEEN
        assert remembered(memory, right=not right, on=day) == memory
        day = max(memory.due_on, day + timedelta(days=wait + 1))


@given(st.booleans(), st.booleans(), st.dates(), st.integers(0, 90), st.dates())
def test_only_a_published_test_within_its_days_is_open(
    published: bool, dropped: bool, first: date, length: int, on: date
) -> None:
    first = min(first, date(9000, 1, 1))
    last = first + timedelta(days=length)
    told = stage(published=published, dropped=dropped, opens_on=first, closes_on=last, on=on)
    assert (told is Stage.OPEN) == (published and not dropped and first <= on <= last)
