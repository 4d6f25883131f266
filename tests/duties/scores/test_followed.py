"""Whatever is done in whatever order, a stored score that calls itself fresh is what the ledger says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests import make
from tests.cast import standing_cast
from youju.duties.choices.actions import choose_rule, make_rule, waive, withdraw_waiver
from youju.duties.choices.values import COUNTABLE, RuleDraft
from youju.duties.notices.actions import move_notice, send_notice, withdraw_notice
from youju.duties.notices.models import Notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.rules import PLANNABLE
from youju.duties.plans.values import LineDraft, Rhythm
from youju.duties.plans.values import Source as Ground
from youju.duties.queries import standings
from youju.duties.replies.actions import answer_with
from youju.duties.rulebook import SWITCHES
from youju.duties.scores.actions import follow
from youju.duties.scores.checking import differing
from youju.duties.scores.computing import computed
from youju.duties.scores.queries import stale_below
from youju.duties.values import Status
from youju.kit.refusal import Refusal
from youju.people.members.actions import change_membership, end_membership
from youju.people.members.values import Standing
from youju.people.models import Unit
from youju.people.posts.actions import relieve
from youju.people.terms.actions import extend_term, state_term, withdraw_term
from youju.people.units.actions import close_unit, move_unit
from youju.people.units.values import UnitKind
from youju.records.activities.actions import cancel_session, correct_activity, plan_session, remove_activity
from youju.records.activities.values import ActivityDraft, AgendaDraft, PlanDraft, ResolutionDraft
from youju.records.campaigns import actions as campaigns
from youju.records.campaigns.values import CampaignDraft
from youju.records.campaigns.values import TaskDraft as StepOfCampaign
from youju.records.fees.actions import mark_month
from youju.records.fees.queries import sheet_of
from youju.records.fees.values import FeeState
from youju.records.followups import actions as followups
from youju.records.followups.values import TaskDraft
from youju.records.lists import actions as lists
from youju.records.lists.values import ItemDraft
from youju.records.lists.values import Rhythm as Turn
from youju.records.models import Campaign, CampaignTask, ListItem, Milestone, Problem, Project, Request, Session, Task
from youju.records.problems import actions as problems
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.projects import actions as projects
from youju.records.projects.values import ProjectDraft
from youju.records.publicity.actions import enter_publication
from youju.records.publicity.values import PublicationDraft
from youju.records.readings.actions import note_reading
from youju.records.registers.actions import enter_subject
from youju.records.registers.values import SubjectDraft
from youju.records.requests import actions as requests
from youju.records.requests.values import ActionDraft, RequestDraft
from youju.records.steps.values import StepDraft
from youju.records.visits.actions import cover
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db


def held(unit: Unit, day: date, *, joining: tuple[Unit, ...] = (), tasks: tuple[TaskDraft, ...] = ()) -> ActivityDraft:
    starts = make.moment(day)
    units = (unit, *joining)
    return ActivityDraft(
        kinds=("theme_day",), title="主题党日", starts_at=starts, ends_at=starts + timedelta(hours=2), place="二楼",
        roster=tuple(row for one in units for row in make.everyone(one, ("theme_day",), day)),
        joining_unit_ids=tuple(one.pk for one in joining),
        agenda=(AgendaDraft("研究", resolutions=(ResolutionDraft("去办", tasks=tasks),)),) if tasks else (),
    )  # fmt: skip


def corrected(session: Session, day: date, at: date, **more: object) -> None:
    session.refresh_from_db()
    draft = held(session.unit, day, **more)  # type: ignore[arg-type]
    correct_activity(
        session=session, draft=draft, revision=session.revision, reason="记错了", by=None, at=make.moment(at, 20)
    )


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


class Walk:
    """One random life of two branches: every step is an action of a user, and any may be refused."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.cast = standing_cast(groups=1)
        self.beside = make.unit(name="白杨镇党委", kind=UnitKind.COMMITTEE, parent=self.cast.above)
        self.today = date(2025, 10, 8)
        self.steps: list[str] = []

    def any(self, rows: object) -> object:
        found = list(rows)  # type: ignore[call-overload]
        if not found:
            raise Refusal("", "nothing there yet")
        return self.random.choice(found)

    @property
    def word(self) -> str:
        return "".join(self.random.choices("春夏秋冬山川河湖", k=6))

    @property
    def branch(self) -> Unit:
        unit = self.any(Unit.objects.branches().filter(closed_on=None))
        assert isinstance(unit, Unit)
        return unit

    def day(self, back: int = 120, ahead: int = 0) -> date:
        return self.today + timedelta(days=self.random.randint(-back, ahead))

    @property
    def how(self) -> dict[str, object]:
        return {"by": None, "at": make.moment(self.today, 21)}

    def run(self, steps: int) -> None:
        actions = {name: getattr(self, name) for name in dir(self) if name.startswith("do_")}
        for _ in range(steps):
            self.today += timedelta(days=self.random.randint(0, 9))
            years = (self.today.year - 1, self.today.year)
            for year in years:
                follow(year=year)
            name = self.random.choice(sorted(actions))
            try:
                actions[name]()
            except Refusal:
                continue
            self.steps.append(f"{self.today} {name}")
            assert not list(differing()), self.steps[-6:]
        for year in range(2025, self.today.year + 1):
            follow(year=year)
        assert not faults()

    def do_record(self) -> None:
        unit, day = self.branch, self.day()
        other = self.cast.other if unit.pk != self.cast.other.pk and self.random.random() < 0.4 else None
        tasks = (TaskDraft("去办", due_on=self.day(0, 300)),) if self.random.random() < 0.4 else ()
        draft = held(unit, day, joining=(other,) if other else (), tasks=tasks)
        make.activity(
            unit, self.random.choice(["theme_day", "group_study", "party_lecture"]), day,
            roster=draft.roster, joining_unit_ids=draft.joining_unit_ids, agenda=draft.agenda,
            entered=make.moment(self.today, 20),
        )  # fmt: skip

    def do_correct(self) -> None:
        corrected(self.any(Session.objects.happened()), self.day(60), self.today)

    def do_remove(self) -> None:
        remove_activity(session=self.any(Session.objects.happened()), reason="重复", **self.how)

    def do_plan(self) -> None:
        draft = PlanDraft(kinds=("theme_day",), title="党日", starts_at=make.moment(self.day(-1, 60)))
        plan_session(unit=self.branch, draft=draft, **self.how)

    def do_cancel(self) -> None:
        cancel_session(session=self.any(Session.objects.filter(status="planned")), reason="有事", **self.how)

    def do_task(self) -> None:
        task = self.any(Task.objects.filter(dropped_on=None))
        if task.done_on:
            followups.reopen_task(task=task, reason="没办", revision=task.revision, **self.how)
        else:
            followups.finish_task(task=task, word="办了", on=self.today, revision=task.revision, **self.how)

    def do_project(self) -> None:
        steps = (StepDraft("一", self.day(0, 300)), StepDraft("二", self.day(0, 300)))
        draft = ProjectDraft("secretary", f"项目{self.word}", "目标", self.day(60), owner_id=None)
        projects.start_project(unit=self.branch, draft=draft, milestones=steps, **self.how)

    def do_change_project(self) -> None:
        row = self.any(Project.objects.all())
        draft = ProjectDraft(row.kind, row.title, "目标", self.day(200))
        projects.change_project(project=row, draft=draft, revision=row.revision, **self.how)

    def do_milestone(self) -> None:
        row = self.any(Milestone.objects.all())
        revision = row.project.revision
        match self.random.randrange(3):
            case 0:
                projects.finish_milestone(milestone=row, proof="好", on=self.day(30), **self.how)
            case 1:
                projects.drop_milestone(milestone=row, revision=revision, **self.how)
            case _:
                draft = StepDraft("改期", self.random.choice([None, self.day(0, 400)]))
                projects.change_milestone(milestone=row, draft=draft, revision=revision, **self.how)

    def do_end_project(self) -> None:
        row = self.any(Project.objects.all())
        if row.ended:
            projects.resume_project(project=row, revision=row.revision, **self.how)
        else:
            projects.stop_project(project=row, reason="不做了", on=self.day(10), **self.how)

    def do_campaign(self) -> None:
        since = self.day(60, 60)
        draft = CampaignDraft("theme_education", f"专项{self.word}", since, since + timedelta(days=200))
        campaigns.start_campaign(
            unit=self.branch, draft=draft, tasks=(StepOfCampaign("一", self.day(0, 300)),), **self.how
        )

    def do_change_campaign(self) -> None:
        row = self.any(Campaign.objects.all())
        since = self.day(100, 100)
        draft = CampaignDraft(row.kind, row.title, since, since + timedelta(days=90))
        campaigns.change_campaign(campaign=row, draft=draft, revision=row.revision, **self.how)

    def do_campaign_task(self) -> None:
        row = self.any(CampaignTask.objects.all())
        revision = row.campaign.revision
        match self.random.randrange(3):
            case 0:
                campaigns.finish_task(task=row, proof="好", on=self.day(30), **self.how)
            case 1:
                campaigns.drop_task(task=row, revision=revision, **self.how)
            case _:
                draft = StepOfCampaign("改期", self.random.choice([None, self.day(0, 400)]))
                campaigns.change_task(task=row, draft=draft, revision=revision, **self.how)

    def do_ask(self) -> None:
        requests.raise_request(unit=self.branch, draft=RequestDraft(f"修路{self.word}", self.day(60)), **self.how)

    def do_request(self) -> None:
        row = self.any(Request.objects.all())
        match self.random.randrange(4):
            case 0:
                requests.answer(request=row, reply="修了", on=self.day(20), revision=row.revision, **self.how)
            case 1:
                requests.erase_request(request=row, **self.how)
            case _:
                draft = ActionDraft("报镇里", due_on=self.random.choice([None, self.day(0, 300), self.day(0, 300)]))
                requests.arrange(request=row, draft=draft, revision=row.revision, **self.how)

    def do_problem(self) -> None:
        day = self.day(300)
        problems.raise_problem(
            unit=self.branch, draft=ProblemDraft(f"问题{self.word}", Source.SELF, day, day.year),
            measures=(MeasureDraft("改", self.random.choice([None, self.day(0, 300)])),), **self.how,
        )  # fmt: skip

    def do_measure(self) -> None:
        row = self.any(Problem.objects.filter(closed_on=None))
        measure = self.any(row.measures.all())
        match self.random.randrange(3):
            case 0:
                draft = MeasureDraft("再改", self.random.choice([None, self.day(0, 400)]))
                problems.amend_measure(measure=measure, draft=draft, revision=row.revision, **self.how)
            case 1:
                problems.finish_measure(measure=measure, proof="改了", on=self.day(5), **self.how)
            case _:
                problems.ask_to_close(problem=row, on=self.day(5), **self.how)
                problems.close_problem(problem=row, **self.how)

    def do_year_plan(self) -> None:
        unit, year = self.branch, self.today.year + self.random.randint(0, 1)
        own = Problem.objects.filter(unit=unit, closed_on=None, for_year__lt=year)
        lines = [
            LineDraft(p.title, source=Ground.PROBLEM, problem_id=p.pk, rhythm=Rhythm.DAY, by_day=date(year, 9, 1))
            for p in own[:3]
        ]
        lines.append(LineDraft("志愿服务", figure="志愿服务次数", target=2, rhythm=Rhythm.QUARTERLY))
        plan = begin(unit=unit, year=year, lines=lines, reason="补充", **self.how)
        meeting = make.activity(unit, "committee_meeting", self.today, entered=make.moment(self.today, 20))
        adopt(plan=plan, session=meeting, **self.how)

    def do_notice(self) -> None:
        ids = self.random.choice([(), (self.cast.branch.pk,)])
        send_notice(sender=self.cast.above, draft=NoticeDraft("报送", "", self.day(0, 300), unit_ids=ids), **self.how)

    def do_change_notice(self) -> None:
        row = self.any(Notice.objects.filter(withdrawn_at=None))
        if self.random.random() < 0.3:
            withdraw_notice(notice=row, reason="重了", revision=row.revision, **self.how)
        else:
            move_notice(notice=row, due_on=self.day(0, 300), reason="改期", revision=row.revision, **self.how)

    def do_answer(self) -> None:
        row = self.any(Notice.objects.filter(withdrawn_at=None))
        session = self.any(Session.objects.happened())
        unit = self.any([session.ledger, *session.joining.all()])
        answer_with(unit=unit, key=row.key, session=session, years=(row.due_on.year,), **self.how)

    def do_waive(self) -> None:
        unit = self.branch
        rows = [s for s in standings(unit, self.today.year, on=self.today) if s.due.source == "rule"]
        due = self.any(rows).due
        try:
            waive(unit=unit, due=due, reason="救灾", basis="支委会决议", **self.how)
        except Refusal:
            withdraw_waiver(unit=unit, due=due, **self.how)

    def do_rule(self) -> None:
        unit = self.any([self.cast.above, self.branch, self.beside])
        rule = self.random.choice(["party_lecture_quarterly", "theme_day", "committee_hours"])
        choose_rule(
            unit=unit, rule_id=rule, on=self.random.random() < 0.5, basis="通知", since=self.day(200, 30), **self.how
        )

    def do_own_rule(self) -> None:
        unit = self.any([self.cast.above, self.branch])
        draft = RuleDraft(f"读书会{self.word}", "集中学习次数", "quarterly", 1, "hard", "制度")
        make_rule(unit=unit, draft=draft, since=self.day(300, 30), **self.how)

    def do_member(self) -> None:
        person = self.any(self.cast.people)
        match self.random.randrange(3):
            case 0:
                end_membership(member=person, on=self.day(90, 20), **self.how)
            case 1:
                make.member(self.branch, since=self.day(60))
            case _:
                change_membership(
                    member=person, unit=self.branch, standing=Standing.FORMAL, since=self.day(90, 20), **self.how
                )

    def do_post(self) -> None:
        relieve(post=self.any(self.cast.branch.posts.filter(until=None)), on=self.day(60, 20), **self.how)

    def do_term(self) -> None:
        unit = self.branch
        term = unit.terms.filter(withdrawn_at=None).order_by("-elected_on").first()
        match self.random.randrange(3) if term else 0:
            case 0:
                state_term(
                    unit=unit,
                    elected_on=self.day(1300),
                    years=self.random.choice([3, 5, None]),
                    basis="批复",
                    **self.how,
                )
            case 1:
                extend_term(term=term, until=self.day(0, 400), basis="批复", **self.how)
            case _:
                withdraw_term(term=term, **self.how)

    def do_tree(self) -> None:
        if self.random.random() < 0.3:
            make.unit(name=f"新支部{self.word}", parent=self.beside, on=self.day(60))
        elif self.random.random() < 0.2:
            close_unit(unit=self.branch, on=self.day(30, 30), successor=None, **self.how)
        else:
            unit = self.any([*Unit.objects.branches(), self.beside])
            move_unit(unit=unit, parent=self.any([self.cast.above, self.beside]), **self.how)

    def do_list(self) -> None:
        draft = ItemDraft("main_duty", self.word, self.day(300), rhythm=self.random.choice(list(Turn)))
        if draft.rhythm is not Turn.NONE:
            draft = replace(draft, first_due=draft.since + timedelta(days=self.random.randint(0, 400)))
        lists.add_item(unit=self.branch, draft=draft, **self.how)

    def do_item(self) -> None:
        row = self.any(ListItem.objects.all())
        match self.random.randrange(4):
            case 0 if row.until is None:
                lists.end_item(item=row, reason="不再用", on=self.day(60), revision=row.revision, **self.how)
            case 0:
                lists.resume_item(item=row, revision=row.revision, **self.how)
            case 1:
                draft = ItemDraft(row.kind, row.title, self.day(300), rhythm=Turn.QUARTERLY)
                lists.change_item(item=row, draft=draft, revision=row.revision, **self.how)
            case 2:
                lists.drop_check(check=self.any(row.checks.filter(dropped_on=None)), **self.how)
            case _:
                lists.check_item(item=row, text=self.word, on=self.day(60), **self.how)

    def do_talk(self) -> None:
        """Of the committee or of members; each of its requirements may be left."""
        unit = self.branch
        if self.random.random() < 0.3:
            rule = self.random.choice(sorted(SWITCHES))
            choose_rule(unit=unit, rule_id=rule, on=False, basis="通知", since=self.day(200), **self.how)
            return
        two = make.everyone(unit, ("heart_talk",), self.today)
        make.activity(
            unit, "heart_talk", self.today, title="谈心谈话", entered=make.moment(self.today, 20),
            roster=tuple(self.random.sample(two, min(2, len(two)))),
        )  # fmt: skip

    def do_beside(self) -> None:
        """What is kept beside the sessions and owed by nobody."""
        unit = self.branch
        person = self.any(self.cast.people)
        match self.random.randrange(4):
            case 0:
                note_reading(member=person, read_on=self.day(90), title=f"《书{self.word}》", **self.how)
            case 1:
                draft = PublicationDraft("report", f"稿{self.word}", self.day(90))
                enter_publication(unit=unit, draft=draft, **self.how)
            case 2:
                draft = SubjectDraft("village", f"V{self.random.randrange(10**6)}", "河湾村", self.day(90))
                subject = enter_subject(unit=unit, draft=draft, **self.how)
                cover(session=self.any(unit.sessions.all()), subject_ids=[subject.pk], **self.how)
            case _:
                sheet = sheet_of(unit, self.today.year)
                month = self.today.month
                marks = {row.member_id: FeeState.PAID for row in sheet.rows if row.expected[month - 1]}
                mark_month(
                    unit=unit, year=self.today.year, month=month, marks=marks, revision=sheet.revisions[month - 1],
                    **self.how,
                )  # fmt: skip


def test_a_score_that_calls_itself_fresh_is_what_the_ledger_says():
    walk = Walk(seed=7)
    walk.run(60)
    assert len({step.split()[1] for step in walk.steps}) > 15
