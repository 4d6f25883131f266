"""An answer is its rows: every row type and measure, days, parts and scopes."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.cast import standing_cast
from youju.figures.catalogue import FIGURES
from youju.figures.queries import ask, ask_many
from youju.figures.values import Answer, Row
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.members.values import Standing
from youju.records.activities.actions import cancel_session, plan_session, remove_activity
from youju.records.activities.values import AgendaDraft, Attendance, ItemKind, PlanDraft, ResolutionDraft, RosterEntry
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

YEAR, END = Period.year(2026), date(2026, 12, 31)
DAY = date(2026, 3, 20)


@pytest.fixture
def cast(db):
    return standing_cast(groups=2)


def value(figure, unit, period=YEAR, as_of=END):
    return ask(figure, unit, period, as_of=as_of).value


def rows(figure, *pairs):
    made = tuple(Row("activity", i, "", DAY, "", 1, amount, base) for i, (amount, base) in enumerate(pairs))
    return Answer(FIGURES[figure], 1, YEAR, END, made, 1)


def test_what_did_not_happen_counts_nowhere(cast):
    held = make.activity(cast.branch, "party_meeting", DAY)
    plan = PlanDraft(("party_meeting",), "会", make.moment(date(2026, 9, 1)))
    planned = plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(DAY))
    cancel_session(session=planned, reason="改期", by=None, at=make.moment(DAY, 21))
    assert value("党员大会次数", cast.branch) == 1
    remove_activity(session=held, reason="重复", by=None, at=make.moment(DAY, 21))
    answer = ask("党员大会次数", cast.branch, YEAR, as_of=END)
    assert answer.value == 0 and not answer.known


def test_unknown_is_not_nought(cast):
    make.activity(cast.branch, "party_meeting", DAY)
    assert ask("支委会次数", cast.branch, YEAR, as_of=END).known
    assert not ask("支委会次数", cast.branch, Period.year(2019), as_of=END).known
    assert not ask("党员到会率", cast.branch, Period.year(2019), as_of=END).known
    assert not rows("党员到会率", (0, 0)).known


def test_what_lies_behind_the_day_of_asking_is_not_counted(cast):
    make.activity(cast.branch, "party_meeting", DAY)
    assert [value("党员大会次数", cast.branch, as_of=DAY - timedelta(days=n)) for n in (0, 1)] == [1, 0]
    assert value("党员大会次数", cast.branch, as_of=date(2025, 1, 1)) == 0


def test_what_was_entered_later_counts_and_is_named(cast):
    make.activity(cast.branch, "party_meeting", DAY, entered=make.moment(date(2026, 4, 2), 0, 30))
    assert len(ask("党员大会次数", cast.branch, YEAR, as_of=date(2026, 4, 1)).entered_late) == 1
    assert not ask("党员大会次数", cast.branch, YEAR, as_of=date(2026, 4, 2)).entered_late


def test_a_meeting_of_a_year_may_be_held_in_the_next(cast):
    make.activity(cast.branch, "org_life_meeting", date(2026, 2, 10), for_year=2025)
    last = ask("组织生活会次数", cast.branch, Period.year(2025), as_of=date(2026, 3, 1))
    assert last.value == 1 and last.known
    assert value("组织生活会次数", cast.branch) == 0
    assert value("组织生活会次数", cast.branch, Period.year(2025), as_of=date(2026, 2, 9)) == 0


def test_kinds_and_overlap_add_up_to_the_number(cast):
    make.activity(cast.branch, ("theme_day", "fixed_study_day", "member_day", "party_lecture"), DAY)
    make.activity(cast.branch, ("theme_day", "member_day"), DAY)
    make.activity(cast.branch, "fixed_study_day", DAY)
    answer = ask("各类党日次数", cast.branch, YEAR, as_of=END)
    assert answer.ways == [("fixed_study_day", 2), ("theme_day", 2), ("member_day", 2)]
    assert answer.value == sum(n for _, n in answer.ways) - answer.overlap == 3


def test_a_joint_session_counts_once_in_each_unit_and_once_above(cast):
    both = (
        *make.everyone(cast.branch, ("theme_day",), DAY),
        *make.everyone(cast.other, ("theme_day",), DAY, absent=()),
    )
    make.activity(cast.branch, "theme_day", DAY, roster=both, joining_unit_ids=(cast.other.pk,))
    assert [value("主题党日次数", unit) for unit in (cast.branch, cast.other, cast.above)] == [1, 1, 1]


def test_each_unit_counts_its_own_members_of_a_joint_session(cast):
    absent = [RosterEntry(row.member_id, Attendance.ABSENT) for row in make.everyone(cast.other, ("theme_day",), DAY)]
    both = (*make.everyone(cast.branch, ("theme_day",), DAY), *absent)
    make.activity(cast.branch, "theme_day", DAY, roster=both, joining_unit_ids=(cast.other.pk,))
    assert [value("党员到会率", unit) for unit in (cast.branch, cast.other, cast.above)] == [100, 0, 75]


def test_a_session_of_a_group_counts_in_group_and_branch_and_not_in_its_sister(cast):
    make.activity(cast.groups[0], "group_meeting", DAY)
    assert [value("党小组会次数", unit) for unit in (*cast.groups, cast.branch, cast.other)] == [1, 0, 1, 0]


def test_leave_counts_against_the_rate_and_exempt_does_not(cast):
    entries = make.everyone(
        cast.branch, ("party_meeting",), DAY, leave=cast.people[:1], absent=cast.people[1:2], exempt=cast.people[2:3]
    )
    make.activity(cast.branch, "party_meeting", DAY, roster=entries)
    assert value("党员到会率", cast.branch) == 75


def test_talks_count_the_others(cast):
    one, two, three = (RosterEntry(person.pk) for person in cast.people[:3])
    make.activity(cast.branch, "heart_talk", DAY, roster=(one, two, three), chair_id=one.member_id)
    make.activity(cast.branch, "heart_talk", DAY, roster=(two, RosterEntry(cast.people[3].pk, Attendance.ABSENT)))
    assert (value("谈心谈话次数", cast.branch), value("谈心谈话人次", cast.branch)) == (2, 3)


def test_a_lecture_is_the_secretarys_if_he_was_secretary_that_day(cast):
    for lecturer in cast.people[:2]:
        make.activity(cast.branch, "party_lecture", DAY, lecturer_id=lecturer.pk)
    assert (value("党课次数", cast.branch), value("书记讲党课次数", cast.branch)) == (2, 1)


def test_first_topics_and_decisions_are_counted_apart(cast):
    agenda = (
        AgendaDraft("学习讲话", kind=ItemKind.FIRST_TOPIC),
        AgendaDraft(
            "采购",
            resolutions=(
                ResolutionDraft("同意", yes=9),
                ResolutionDraft("不同意", yes=4, no=5),
                ResolutionDraft("照办"),
            ),
        ),
    )
    make.activity(cast.branch, "party_meeting", DAY, agenda=agenda)
    assert (value("第一议题次数", cast.branch), value("决议件数", cast.branch)) == (1, 2)


def test_people_are_those_of_the_last_day_seen(cast):
    make.member(cast.branch, standing=Standing.PROBATIONARY, since=date(2026, 6, 1))
    found = ask_many(["党员人数", "正式党员人数", "预备党员人数", "支委委员人数"], cast.branch, YEAR, as_of=END)
    assert [answer.value for answer in found.values()] == [10, 9, 1, 5]
    assert value("党员人数", cast.branch, as_of=date(2026, 5, 31)) == 9
    assert [part.label for part, _ in found["党员人数"].by_month()] == ["2026年12月"]


def test_one_who_holds_two_offices_is_one_person(cast):
    from youju.people.posts.values import Title

    make.appoint(member=cast.people[0], unit=cast.branch, title=Title.YOUTH, since=DAY, by=None, at=make.moment(DAY))
    assert value("支委委员人数", cast.branch) == 5


def test_problems_measures_and_the_share_that_is_closed(cast):
    at = make.moment(date(2026, 2, 1))
    for number in range(3):
        draft = ProblemDraft(f"问题{number}", Source.SELF, date(2026, 1, 20), 2025)
        last = raise_problem(
            unit=cast.branch, draft=draft, measures=(MeasureDraft("一"), MeasureDraft("二")), by=None, at=at
        )
    for measure in last.measures.all():
        finish_measure(measure=measure, proof="已办", on=date(2026, 2, 1), by=None, at=at)
    make.closed(last, on=date(2026, 2, 1))
    year = Period.year(2025)
    found = ask_many(["查摆问题数", "整改措施数", "问题销号数", "问题销号率"], cast.branch, year, as_of=END)
    assert [answer.value for answer in found.values()] == [3, 6, 1, 33.3]
    assert value("问题销号数", cast.branch, year, as_of=date(2026, 1, 31)) == 0


@pytest.mark.parametrize(
    ("amount", "base", "share"),
    [(49, 400, 12.3), (1, 3, 33.3), (2, 3, 66.7), (1, 8, 12.5), (1333, 2000, 66.7), (5, 5, 100), (0, 5, 0)],
)
def test_a_share_is_rounded_as_a_clerk_rounds(amount, base, share):
    assert rows("党员到会率", (amount, base)).value == share


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 60)), min_size=1, max_size=30))
def test_a_share_is_within_a_twentieth_of_the_truth(pairs):
    truth = 100 * Fraction(sum(a for a, _ in pairs), sum(b for _, b in pairs))
    assert abs(Fraction(rows("党员到会率", *pairs).value) - truth) <= Fraction(1, 20) + Fraction(1, 10**9)


def test_months_and_quarters_add_up_to_the_year(cast):
    for month in (1, 1, 4, 12):
        make.activity(cast.branch, "party_meeting", date(2026, month, 5))
    answer = ask("党员大会次数", cast.branch, YEAR, as_of=END)
    assert sum(part.value for _, part in answer.by_month()) == sum(part.value for _, part in answer.by_quarter()) == 4
    assert [part.value for _, part in answer.by_quarter()] == [2, 1, 0, 1]


def test_many_figures_over_many_sessions_cost_a_fixed_number_of_queries(cast):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            ask_many(FIGURES, cast.branch, YEAR, as_of=END)
        return len(queries)

    both, agenda = ("party_meeting", "theme_day"), (AgendaDraft("议", resolutions=(ResolutionDraft("同意"),)),)
    make.activity(cast.branch, both, DAY, agenda=agenda)
    few = cost()
    for month in range(1, 9):
        make.activity(cast.branch, ("theme_day", "member_day"), date(2026, month, 5), agenda=(AgendaDraft("议"),))
    assert cost() == few <= 56  # as many for a year of records as for one


def test_a_figure_that_is_none_is_refused(cast):
    with pytest.raises(Refusal, match="没有“幸福指数”这个指标"):
        ask("幸福指数", cast.branch, YEAR, as_of=END)
