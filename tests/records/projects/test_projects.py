"""A project from its goal to its outcome: every step is a revision and a line, and nothing ends without proof."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.projects import actions
from youju.records.projects.models import Milestone, Project
from youju.records.projects.queries import find, projects_told, stage_of, steps_of
from youju.records.projects.rules import aim_lines, aims_in
from youju.records.projects.values import AimDraft, ProjectDraft, Stage
from youju.records.queries import about
from youju.records.steps.values import StepDraft
from youju.upkeep.mentions import mentions
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY, BEGAN = date(2026, 11, 20), date(2026, 2, 10)
AT = make.moment(TODAY)
STEPS = (StepDraft("摸清底数", date(2026, 4, 30)), StepDraft("挂牌上岗", date(2026, 12, 10)))


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def draft(**more: object) -> ProjectDraft:
    given: dict[str, object] = {
        "kind": "secretary", "title": "树岗位先锋", "goal": "每个岗位有一名先锋", "since": BEGAN, "until": date(2026, 12, 20),
    }  # fmt: skip
    return ProjectDraft(**(given | more))  # type: ignore[arg-type]


def started(cast: Cast, *steps: StepDraft, **more: object) -> Project:
    return actions.start_project(unit=cast.branch, draft=draft(**more), milestones=steps, by=None, at=AT)


def now(project: Project) -> Project:
    found = find(project.unit, project.number)
    assert found
    return found


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_from_goal_to_outcome(cast: Cast) -> None:
    before, counted = Line.objects.count(), version(cast.branch, 2026)
    project = started(cast, *STEPS, owner_id=cast.people[0].pk)
    assert (project.number, stage_of(now(project), TODAY)) == ("2026-项目-01", Stage.LATE)
    first, second = project.milestones.all()
    actions.finish_milestone(milestone=first, proof="底数已建册", on=date(2026, 4, 20), by=None, at=AT)
    assert stage_of(now(project), TODAY) is Stage.GOING and steps_of(now(project), TODAY).to_do == 1
    assert refused(lambda: actions.finish_project(project=project, outcome="好", on=TODAY, by=None, at=AT))[1] == (
        "还有 1 个节点没有完成，填完进展（或撤销节点）才能办结。"
    )
    actions.finish_milestone(milestone=second, proof="已挂牌", on=TODAY, by=None, at=AT)
    assert (
        "成效要有佐证"
        in refused(lambda: actions.finish_project(project=project, outcome="好", on=TODAY, by=None, at=AT))[1]
    )
    held = make.activity(cast.branch, "committee_meeting", date(2026, 3, 5), title="研究书记项目")
    link = actions.link_session(project=project, number=held.number, what="研究立项", by=None, at=AT)
    assert refused(lambda: actions.link_session(project=project, number=held.number, by=None, at=AT))[0] == "record"
    assert (
        refused(lambda: actions.finish_project(project=project, outcome="好", on=BEGAN, by=None, at=AT))[0] == "done_on"
    )
    talk = make.activity(
        cast.branch, "heart_talk", date(2026, 3, 6), roster=make.everyone(cast.branch, ["heart_talk"], TODAY)[:2]
    )
    assert (
        "不作项目的佐证"
        in refused(lambda: actions.link_session(project=project, number=talk.number, by=None, at=AT))[1]
    )
    actions.finish_project(project=project, outcome="岗位都有人领", on=TODAY, by=None, at=AT)
    assert stage_of(now(project), TODAY) is Stage.DONE and stage_of(now(project), date(2026, 11, 19)) is Stage.GOING
    assert refused(lambda: actions.unlink_session(link=link, by=None, at=AT))[1] == "项目已经办结，要留下至少一份佐证。"
    assert now(project).revision == 5 and Line.objects.count() == before + 7  # 5 of the project, 2 of sessions
    assert version(cast.branch, 2026) > counted and faults() == []
    assert about(cast.people[0])["负责的项目"] == [
        {"编号": "2026-项目-01", "名称": "树岗位先锋", "立项": BEGAN, "时限": date(2026, 12, 20), "完成": TODAY}
    ]


def test_it_may_be_stopped_with_a_reason_and_taken_up_again(cast: Cast) -> None:
    project = started(cast, *STEPS)
    assert refused(lambda: actions.stop_project(project=project, reason=" ", on=TODAY, by=None, at=AT))[0] == "reason"
    actions.stop_project(project=project, reason="业务调整", on=TODAY, by=None, at=AT)
    step = project.milestones.first()
    assert step
    again = {"milestone": step, "proof": "做了", "on": TODAY, "by": None, "at": AT}
    assert "要改先重新打开" in refused(lambda: actions.finish_milestone(**again))[1]
    assert stage_of(now(project), TODAY) is Stage.STOPPED
    actions.resume_project(project=project, revision=2, by=None, at=AT)
    assert (now(project).reason, stage_of(now(project), TODAY)) == ("", Stage.LATE)


def test_a_sub_goal_that_keeps_its_name_keeps_its_records(cast: Cast) -> None:
    aims = aims_in("示范学：班子带头\n\n带动学: 骨干领学\n导向学")
    assert aims == (AimDraft("示范学", "班子带头"), AimDraft("带动学", "骨干领学"), AimDraft("导向学"))
    assert aim_lines((aim.name, aim.text) for aim in aims) == "示范学：班子带头\n带动学：骨干领学\n导向学"
    project = started(cast, kind="programme", title="三学工程", aims=aims)
    held = make.activity(cast.branch, "group_study", date(2026, 3, 5))
    other = make.activity(cast.branch, "seminar", date(2026, 3, 6))
    for session, aim in ((held, "示范学"), (other, "导向学")):
        pk = project.aims.get(name=aim).pk
        actions.link_session(project=project, number=session.number, aim_id=pk, by=None, at=AT)
    changed = draft(kind="programme", title="三学工程", aims=aims_in("带动学\n示范学：书记带头"))
    actions.change_project(project=project, draft=changed, revision=3, by=None, at=AT)
    found = now(project)
    assert [(aim.name, aim.text) for aim in found.aims.all()] == [("带动学", ""), ("示范学", "书记带头")]
    assert [(link.session_id, link.aim and link.aim.name) for link in found.links.all()] == [
        (held.pk, "示范学"),
        (other.pk, None),
    ]
    assert faults() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"title": " "}, "title"),
        ({"goal": ""}, "goal"),
        ({"since": date(2026, 12, 1), "until": None}, "since"),
        ({"until": date(2026, 1, 1)}, "until"),
        ({"owner_id": 999999}, "owner"),
        ({"aims": (AimDraft("甲"), AimDraft("甲"))}, "aims"),
    ],
)
def test_wrong_input_is_refused_beside_its_field(cast: Cast, more: dict[str, object], field: str) -> None:
    assert refused(lambda: started(cast, **more))[0] == field
    assert not Project.objects.exists()


def test_two_at_once_and_twice_the_same(cast: Cast) -> None:
    project = started(cast, *STEPS)
    assert refused(lambda: started(cast))[1] == "今年已经有这个项目，编号 2026-项目-01。"
    actions.change_project(project=project, draft=draft(goal="改过"), revision=1, by=None, at=AT)
    late = draft(goal="另一个改法")
    assert (
        "刚刚被别人改过"
        in refused(lambda: actions.change_project(project=project, draft=late, revision=1, by=None, at=AT))[1]
    )
    step = project.milestones.first()
    assert step
    stranger = make.member(cast.other)
    wrong = StepDraft("摸清底数", owner_id=stranger.pk)
    assert refused(lambda: actions.add_milestone(project=project, draft=wrong, by=None, at=AT)) == (
        "text",
        "已经有这个节点。",
    )
    early = StepDraft("摸清底数", date(2026, 1, 1))
    change = {"milestone": step, "revision": 2, "by": None, "at": AT}
    assert refused(lambda: actions.change_milestone(draft=early, **change))[0] == "due_on"
    assert refused(lambda: actions.change_milestone(draft=wrong, **change))[0] == "owner"
    actions.drop_milestone(**change)
    assert Milestone.objects.filter(dropped_on__isnull=False).count() == 1
    actions.add_milestone(project=project, draft=StepDraft("摸清底数"), by=None, at=AT)
    assert [row.text for row in now(project).milestones.all()] == ["挂牌上岗", "摸清底数"] and faults() == []


def test_which_projects_run_in_a_year_and_where_a_name_stands(cast: Cast) -> None:
    project = started(cast, since=date(2025, 3, 1), goal="请柳小满带头")
    started(cast, title="别的")
    assert len(projects_told(cast.branch, 2026, on=TODAY)) == 2
    assert projects_told(cast.branch, 2026, on=date(2026, 2, 9)) == [project]
    actions.stop_project(project=project, reason="调整", on=date(2025, 6, 1), by=None, at=AT)
    assert [row.title for row in projects_told(cast.branch, 2026, on=TODAY)] == ["别的"]
    assert [row.said for row in mentions("柳小满")] == ["项目 2025-项目-01"]
