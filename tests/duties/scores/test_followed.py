"""Whatever is done in whatever order, a stored score that calls itself fresh is what the ledger says."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.duties.scores.walk import Walk, corrected, held
from youju.duties.choices.actions import make_rule
from youju.duties.choices.values import COUNTABLE, RuleDraft
from youju.duties.notices.actions import send_notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.rules import PLANNABLE
from youju.duties.plans.values import LineDraft, Rhythm
from youju.duties.plans.values import Source as Ground
from youju.duties.queries import standings
from youju.duties.replies.actions import answer_with
from youju.duties.scores.actions import follow
from youju.duties.scores.checking import differing
from youju.duties.scores.computing import computed
from youju.duties.scores.queries import stale_below
from youju.duties.values import Status
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.records.campaigns import actions as campaigns
from youju.records.campaigns.values import CampaignDraft
from youju.records.campaigns.values import TaskDraft as StepOfCampaign
from youju.records.followups.values import TaskDraft
from youju.records.lists import actions as lists
from youju.records.lists.values import ItemDraft
from youju.records.lists.values import Rhythm as Turn
from youju.records.problems import actions as problems
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

pytestmark = pytest.mark.django_db


def test_what_can_be_asked_so_many_times_can_be_answered():
    cast, on = standing_cast(), date(2026, 1, 1)
    for name in COUNTABLE:
        draft = RuleDraft(name, name, "yearly", 1, "hard", "本单位制度")
        make_rule(unit=cast.branch, draft=draft, since=on, by=None, at=make.moment(on))
    lines = [LineDraft(name, figure=name, target=1, rhythm=Rhythm.YEARLY) for name in PLANNABLE]
    plan = begin(unit=cast.branch, year=2026, lines=lines, by=None, at=make.moment(on))
    adopt(
        plan=plan, session=make.activity(cast.branch, "committee_meeting", on), by=None,
        at=make.moment(date(2026, 1, 2)),
    )  # fmt: skip
    found = {s.due.title for s in standings(cast.branch, 2026, on=date(2026, 6, 1))}
    assert set(COUNTABLE) <= found and "党费登记次数" not in {*COUNTABLE, *PLANNABLE}


def test_who_came_after_a_gap_is_owed_no_more_where_he_was_before():
    cast = standing_cast()
    follow(year=2026)
    make.leave(cast.people[7], on=date(2026, 5, 10))
    follow(year=2026)
    change_membership(
        member=cast.people[7], unit=cast.other, standing=Standing.FORMAL, since=date(2026, 5, 20), by=None,
        at=make.moment(date(2026, 5, 20)),
    )  # fmt: skip
    assert not list(differing()) and stale_below(cast.above.path, 2026).ids == {cast.branch.pk, cast.other.pk}


def test_another_day_of_a_session_is_told_to_the_year_in_which_its_task_is_owed():
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 1, 5))
    task = TaskDraft("修好投影", due_on=date(2027, 3, 1))
    session = make.activity(
        cast.branch, "theme_day", date(2026, 11, 20), agenda=held(cast.branch, date(2026, 11, 20), tasks=(task,)).agenda
    )
    follow(year=2027)
    kept = TaskDraft("修好投影", due_on=date(2027, 3, 1), task_id=session.tasks.get().pk)
    corrected(session, date(2026, 11, 10), date(2026, 11, 21), tasks=(kept,))
    assert not list(differing())


def test_a_problem_is_read_in_the_plan_of_the_next_year():
    cast = standing_cast()
    problem = problems.raise_problem(
        unit=cast.branch, draft=ProblemDraft("学得不深", Source.SELF, date(2024, 1, 5), 2024),
        measures=(MeasureDraft("每季谈一次"),), by=None, at=make.moment(date(2024, 1, 6)),
    )  # fmt: skip
    line = LineDraft(
        "学得不深", source=Ground.PROBLEM, problem_id=problem.pk, rhythm=Rhythm.DAY, by_day=date(2027, 6, 30)
    )
    plan = begin(unit=cast.branch, year=2027, lines=(line,), by=None, at=make.moment(date(2026, 12, 19)))
    meeting = make.activity(cast.branch, "committee_meeting", date(2026, 12, 20))
    adopt(plan=plan, session=meeting, by=None, at=make.moment(date(2026, 12, 20), 22))
    follow(year=2027)
    done = date(2026, 12, 28)
    problems.finish_measure(measure=problem.measures.get(), proof="谈了", on=done, by=None, at=make.moment(done))
    make.closed(problem, on=date(2026, 12, 29))
    assert not list(differing())


def test_who_no_longer_joins_has_not_answered():
    cast, day = standing_cast(), date(2026, 11, 5)
    draft = NoticeDraft("报送总结", "", date(2027, 2, 1))
    notice = send_notice(sender=cast.above, draft=draft, by=None, at=make.moment(date(2026, 11, 2)))
    session = make.activity(
        cast.branch, "theme_day", day, roster=held(cast.branch, day, joining=(cast.other,)).roster,
        joining_unit_ids=(cast.other.pk,),
    )  # fmt: skip
    answer_with(
        unit=cast.other, key=notice.key, session=session, years=(2027,), by=None, at=make.moment(date(2026, 11, 6))
    )

    def done() -> list[int]:
        return [s.done for s in standings(cast.other, 2027, on=date(2026, 11, 20)) if s.due.source == "notice"]

    follow(year=2027)
    assert done() == [1]
    corrected(session, day, date(2026, 11, 7))
    assert done() == [0] and not list(differing())


def test_what_was_done_after_the_turn_of_the_year_is_owed_in_one_year():
    cast = standing_cast()
    draft = ItemDraft("main_duty", "研究一次", date(2026, 1, 5), rhythm=Turn.ONCE, first_due=date(2026, 12, 20))
    item = lists.add_item(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 1, 5)))
    day = date(2027, 1, 8)
    lists.check_item(item=item, text="研究了", on=day, by=None, at=make.moment(day))
    owed = [[s.due.source for s in standings(cast.branch, year, on=day)].count("item") for year in (2026, 2027)]
    assert owed == [1, 0]


def test_what_has_not_begun_is_said_alike_by_score_and_standing():
    cast, day = standing_cast(), date(2026, 2, 10)
    draft = ItemDraft("main_duty", "每月看一次", date(2026, 1, 5), rhythm=Turn.MONTHLY, first_due=date(2026, 1, 31))
    lists.add_item(unit=cast.branch, draft=draft, by=None, at=make.moment(day))
    coming = CampaignDraft("theme_education", "学习教育", date(2026, 6, 1), date(2026, 9, 1))
    tasks = (StepOfCampaign("动员", date(2026, 7, 1)),)
    campaigns.start_campaign(unit=cast.branch, draft=coming, tasks=tasks, by=None, at=make.moment(day))
    once = {"item", "campaign_task"}
    said = [(s.due.owed_by, s.status) for s in standings(cast.branch, 2026, on=day) if s.due.source in once]
    score = computed([cast.branch.pk], 2026)[cast.branch.pk].score
    assert sorted(said) == sorted((one.owed_by, one.status(day)) for one in score.owed if one.matter in once)
    assert [status for _, status in said].count(Status.NOT_YET) == 11


def test_a_score_that_calls_itself_fresh_is_what_the_ledger_says():
    walk = Walk(seed=7)
    walk.run(60)
    assert len({step.split()[1] for step in walk.steps}) > 15
