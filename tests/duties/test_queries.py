"""Standings asked of real records: what the page shows and the overview adds up."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests import make
from tests.cast import standing_cast
from youju.duties.asking import asked_of
from youju.duties.choices.actions import choose_rule
from youju.duties.queries import gathered, outlook, standing_of, standings
from youju.duties.rules import judge
from youju.duties.sources.by_rule import reach_of
from youju.duties.values import Around, Status
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.activities.actions import plan_session
from youju.records.activities.values import AgendaDraft, Attendance, ItemKind, PlanDraft, RosterEntry
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.talks.queries import ledgers_in

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def status(branch, rule_id, code, on=ON):
    standing = standing_of(branch, rule_id, code, on=on)
    assert standing is not None
    return standing.status


def test_a_recorded_meeting_settles_its_due():
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 1, 8))
    assert status(cast.branch, "committee_meeting", "2026-11") is Status.OPEN
    make.activity(cast.branch, "committee_meeting", date(2026, 11, 6))
    standing = standing_of(cast.branch, "committee_meeting", "2026-11", on=ON)
    assert standing.status is Status.DONE
    assert [row.number for row in standing.answer.rows] == ["2026-支委-01"]
    assert standing.answer.rows[0].note == "5/5人"


def test_a_meeting_of_a_group_settles_it_for_that_group_only():
    cast = standing_cast(groups=3)
    make.activity(cast.groups[0], "group_meeting", date(2026, 11, 12))
    standing = standing_of(cast.branch, "group_meeting", "2026-11", on=ON)
    assert standing.status is Status.PART
    assert standing.sentence == "第一党小组已开，差第二党小组、第三党小组"


def test_a_talk_reaches_who_came_and_who_chaired():
    cast = standing_cast(formal=7)
    chair, one, other = cast.people[0], cast.people[5], cast.people[6]
    make.activity(cast.branch, "heart_talk", date(2026, 3, 3), roster=(RosterEntry(one.pk),), chair_id=chair.pk)
    standing = standing_of(cast.branch, "heart_talk", "2026", on=ON)
    short = {part.id: part.note for part in standing.missing}
    assert one.pk not in short and short[other.pk] == "与委员、与党员还没谈" and short[chair.pk] == "与4名委员还没谈"
    assert standing.sentence == "7人中已谈1人，差6人"
    off = {"on": False, "basis": "支委会2026年第1次", "since": date(2026, 1, 1), "by": None, "at": make.moment(ON)}
    choose_rule(unit=cast.branch, rule_id="heart_talk_committee", **off)
    found = standing_of(cast.branch, "heart_talk", "2026", on=ON)
    assert chair.pk not in {part.id for part in found.missing} and len(found.missing) == 5
    # The page and the figures judge the same from their own queries.
    year = ledgers_in([cast.branch.pk], 2026)[cast.branch.pk]
    assert set(year.of(2026).short) == set(short)
    assert (
        ask("谈心谈话完成率", cast.branch, Period.year(2026), as_of=ON).value == 15.8
    )  # 3 of 10 pairs, 2 and 7 members


def test_who_is_exempt_owes_no_talk_and_is_not_counted():
    cast = standing_cast(formal=7)
    old = RosterEntry(cast.people[6].pk, Attendance.EXEMPT)
    roster = (*(RosterEntry(person.pk) for person in cast.people[:6]), old)
    make.activity(cast.branch, "party_meeting", date(2026, 2, 3), roster=roster)
    standing = standing_of(cast.branch, "heart_talk", "2026", on=ON)
    assert cast.people[6].pk not in {part.id for part in standing.missing} and standing.sentence.startswith("6人中")


def test_one_meetings_mark_excuses_nobody_from_the_years_talks():
    cast = standing_cast(formal=7)
    once, old = cast.people[5:7]
    for month in (2, 5):
        excused = [old, once] if month == 2 else [old]
        roster = make.everyone(cast.branch, ("party_meeting",), date(2026, month, 3), exempt=excused)
        make.activity(cast.branch, "party_meeting", date(2026, month, 3), roster=roster)
    at_home = tuple(RosterEntry(who.pk) for who in (cast.people[0], old))
    make.activity(cast.branch, "heart_talk", date(2026, 6, 1), roster=at_home)
    standing = standing_of(cast.branch, "heart_talk", "2026", on=ON)
    assert once.pk in {part.id for part in standing.missing} and standing.sentence.startswith("6人中")
    year = ledgers_in([cast.branch.pk], 2026)[cast.branch.pk]
    assert year.exempt == {old.pk} and set(year.of(2026).short) == {part.id for part in standing.missing}


def test_only_a_branch_owes():
    cast = standing_cast()
    assert standings(cast.above, 2026, on=ON) == ()
    assert outlook(cast.above, on=ON).standings == ()


NO_DUES = [("nothing", "2026")] + [("theme_day", code) for code in ("2026", "2026-13", "abcd", "0000-01", "")]


@pytest.mark.parametrize(("rule_id", "code"), NO_DUES)
def test_what_is_no_due_is_none(rule_id, code):
    assert standing_of(standing_cast().branch, rule_id, code, on=ON) is None


def test_the_outlook_keeps_last_years_arrears_until_the_end_of_march():
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2025, 11, 8))
    late = [s.due.code for s in outlook(cast.branch, on=date(2026, 3, 31)).standings if s.status is Status.LATE]
    assert "2025-12" in late and "2025-10" not in late
    year = outlook(cast.branch, on=date(2026, 4, 1))
    assert {s.due.period.start.year for s in year.standings} == {2026}
    assert "2025" in [
        s.due.code for s in outlook(cast.branch, on=date(2026, 2, 1)).standings if s.status is Status.OPEN
    ]


def test_what_is_planned_comes_next():
    cast = standing_cast()
    for day in (date(2026, 12, 4), date(2026, 11, 25)):
        plan = PlanDraft(kinds=("theme_day",), title="仓储安全隐患随手查", starts_at=make.moment(day))
        plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(ON))
    view = outlook(cast.branch, on=ON)
    assert view.coming.day == date(2026, 11, 25)
    assert status(cast.branch, "theme_day", "2026-11") is Status.PLANNED


def problem(cast, due_on, owner=None):
    draft = ProblemDraft(
        "学习计划未按季度抽查自学情况", Source.APPRAISAL, date(2026, 1, 20), 2025, source_note="上年述职评议"
    )
    measure = MeasureDraft("每季度抽查一次", due_on, owner and owner.pk)
    return raise_problem(unit=cast.branch, draft=draft, measures=(measure,), by=None, at=make.moment(date(2026, 1, 21)))


def test_a_measure_with_a_date_is_owed_and_late_after_it():
    cast = standing_cast()
    row = problem(cast, date(2026, 11, 15), cast.people[0])
    (standing,) = outlook(cast.branch, on=ON).single
    assert standing.status is Status.LATE and standing.days_late == 5
    assert standing.due.title == "整改：学习计划未按季度抽查自学情况"
    assert cast.people[0].name in standing.sentence and standing.initial["problem"] == row.number
    (open_one,) = outlook(cast.branch, on=date(2026, 11, 15)).single
    assert open_one.status is Status.OPEN


def test_a_finished_measure_is_done_and_leaves_with_the_month():
    cast = standing_cast()
    row = problem(cast, date(2026, 11, 15))
    finish_measure(
        measure=row.measures.get(), proof="已抽查", on=date(2026, 11, 18), by=None, at=make.moment(date(2026, 11, 18))
    )
    assert [s.status for s in outlook(cast.branch, on=ON).single] == [Status.DONE]
    assert outlook(cast.branch, on=date(2026, 12, 1)).single == ()
    make.closed(row, on=date(2026, 11, 19))
    assert len(outlook(cast.branch, on=ON).single) == 1


def test_a_closed_branch_owes_no_more():
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 1, 8))
    cast.branch.closed_on = date(2026, 5, 1)
    months = [s.due.code for s in standings(cast.branch, 2026, on=ON) if s.due.rule.id == "theme_day"]
    assert months == [f"2026-0{month}" for month in range(1, 5)]


def test_the_number_of_queries_does_not_grow_with_the_records():
    from django.db import connection

    cast = standing_cast(groups=2)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            outlook(cast.branch, on=ON)
        return len(queries)

    make.activity(cast.branch, "heart_talk", date(2026, 1, 8), roster=(RosterEntry(cast.people[0].pk),))
    make.activity(cast.branch, "theme_day", date(2026, 1, 9))
    few = asked()
    for month in range(1, 11):
        make.activity(cast.branch, ("theme_day", "party_meeting"), date(2026, month, 9))
        make.activity(cast.groups[0], "group_meeting", date(2026, month, 10))
    assert asked() == few <= 32


KINDS = (
    "theme_day",
    "committee_meeting",
    "party_lecture",
    "heart_talk",
    "group_meeting",
    "org_life_meeting",
    "group_study",
)


def may_be_one_record(kinds):
    """谈心谈话 stands in a record of its own."""
    return kinds == ["heart_talk"] or "heart_talk" not in kinds


held = st.lists(
    st.tuples(
        st.integers(0, 3),  # the branch, one of its groups, another branch
        st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True).filter(may_be_one_record),
        st.dates(date(2025, 12, 1), date(2026, 12, 30)),
        st.booleans(),  # of the year before
    ),
    max_size=8,
)


def test_what_is_asked_at_once_is_what_each_figure_answers_alone():
    cast = standing_cast(groups=2)
    hosts = [cast.branch, *cast.groups, cast.other]
    choose_rule(
        unit=cast.branch,
        rule_id="first_topic",
        on=True,
        since=date(2026, 1, 1),
        basis="支委会决议",
        by=None,
        at=make.START,
    )

    @settings(max_examples=5, deadline=None, database=None, phases=[Phase.generate])
    @given(held, st.sampled_from((date(2026, 2, 20), date(2026, 11, 20))))
    def compare(drawn, on):
        with transaction.atomic():
            for host, kinds, day, last_year in drawn:
                items = (AgendaDraft("学习", "", ItemKind.FIRST_TOPIC),)
                make.activity(hosts[host], tuple(kinds), day, for_year=day.year - last_year, agenda=items)
            _same_alone(cast.branch, on)
            transaction.set_rollback(True)

    compare()


def _same_alone(branch, on):
    asked = asked_of((branch,), (2025, 2026), on=on, carried=True)
    bare = asked_of((branch,), (2025, 2026), on=on, carried=True, inside=False)
    together, told = gathered(asked)[branch.pk], gathered(bare)[branch.pk]
    assert [(s.due.key, s.status, s.done, s.day, s.sentence) for s in told] == [
        (s.due.key, s.status, s.done, s.day, s.sentence) for s in together
    ]
    for standing in together:
        if standing.answer is not None:
            alone = ask(standing.answer.figure, branch, standing.due.period, as_of=on)
            assert (standing.answer.rows, standing.answer.value) == (alone.rows, alone.value)
            if not (standing.due.rule and standing.due.rule.talks):  # of talks it also matters who talked with whom
                assert standing.done == judge(standing.due, alone, on, Around(reach=reach_of(asked))).done
