"""A random life of two branches, step by step as users would act, with the scores followed beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests import make
from tests.cast import standing_cast
from youju.duties.choices.actions import choose_rule, make_rule, waive, withdraw_waiver
from youju.duties.choices.values import RuleDraft
from youju.duties.notices.actions import move_notice, send_notice, withdraw_notice
from youju.duties.notices.models import Notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.values import LineDraft, Rhythm
from youju.duties.plans.values import Source as Ground
from youju.duties.queries import standings
from youju.duties.replies.actions import answer_with
from youju.duties.rulebook import SWITCHES
from youju.duties.scores.actions import follow
from youju.duties.scores.checking import differing
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
from youju.store.actions import keep
from youju.upkeep.verify import faults


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
                file = keep(data=b"proof", **self.how)
                problems.finish_measure(measure=measure, proof="改了", on=self.day(5), file=file, **self.how)
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
