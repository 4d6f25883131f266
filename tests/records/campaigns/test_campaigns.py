"""A campaign with its tasks and the sessions that belong to it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.figures.queries import ask
from youju.journal.models import Line
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.records.activities.actions import cancel_session, plan_session
from youju.records.activities.values import PlanDraft
from youju.records.campaigns import actions
from youju.records.campaigns.kinds import CAMPAIGN_KINDS
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.queries import campaigns_with, find, open_to, sessions_of, stage_of
from youju.records.campaigns.values import CampaignDraft, Stage, TaskDraft
from youju.records.queries import about
from youju.reports.box import box
from youju.reports.boxed import Contents, campaigns_in, held_for
from youju.store.actions import keep
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)
TASK = TaskDraft("制定方案", date(2026, 7, 5))


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def draft(**more: object) -> CampaignDraft:
    given: dict[str, object] = {
        "kind": "integrity_month", "title": "廉政建设宣传教育月", "since": date(2026, 7, 1), "until": date(2026, 7, 31),
    }  # fmt: skip
    return CampaignDraft(**(given | more))  # type: ignore[arg-type]


def started(cast: Cast, *tasks: TaskDraft, **more: object) -> Campaign:
    return actions.start_campaign(unit=cast.branch, draft=draft(**more), tasks=tasks, by=None, at=AT)


def now(campaign: Campaign) -> Campaign:
    found = find(campaign.unit, campaign.number)
    assert found
    return found


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_from_its_tasks_to_its_summary(cast: Cast) -> None:
    campaign = started(cast, TASK, TaskDraft("警示教育", date(2026, 7, 20), cast.people[1].pk))
    assert (campaign.number, stage_of(now(campaign), TODAY)) == ("2026-专项-01", Stage.LATE)
    first, second = campaign.tasks.all()
    actions.finish_task(task=first, proof="方案已印发", on=date(2026, 6, 28), by=None, at=AT)
    closing = {"campaign": campaign, "summary": "任务都做完了", "on": TODAY, "by": None, "at": AT}
    assert "还有 1 项任务没有落实" in refused(lambda: actions.close_campaign(**closing))[1]
    assert refused(lambda: actions.finish_task(task=second, proof="", on=TODAY, by=None, at=AT))[0] == "proof"
    actions.finish_task(task=second, proof="看了案例片", on=date(2026, 7, 18), by=None, at=AT)
    assert stage_of(now(campaign), TODAY) is Stage.OVER
    assert stage_of(now(campaign), date(2026, 7, 20)) is Stage.GOING
    actions.close_campaign(**closing)
    assert stage_of(now(campaign), TODAY) is Stage.CLOSED and now(campaign).revision == 4
    assert "要改先重新打开" in refused(lambda: actions.add_task(campaign=campaign, draft=TASK, by=None, at=AT))[1]
    actions.reopen_campaign(campaign=campaign, revision=4, by=None, at=AT)
    actions.add_task(campaign=campaign, draft=TaskDraft("补学"), by=None, at=AT)
    assert stage_of(now(campaign), TODAY) is Stage.OVER and faults() == []
    assert about(cast.people[1])["负责的专项任务"] == [
        {"编号": "2026-专项-01", "任务": "警示教育", "时限": date(2026, 7, 20), "完成": date(2026, 7, 18)}
    ]


def test_sessions_are_tagged_once_and_only_those_of_the_own_ledger(cast: Cast) -> None:
    campaign = started(cast)
    held = make.activity(cast.branch, "warning_education", date(2026, 7, 9))
    plan = PlanDraft(("party_lecture",), "廉政党课", make.moment(date(2026, 11, 25)))
    planned = plan_session(unit=cast.branch, draft=plan, by=None, at=AT)
    assert actions.tag_sessions(campaign=campaign, sessions=[held, planned], by=None, at=AT) == 2
    lines = Line.objects.count()
    actions.tag_session(campaign=campaign, session=held, by=None, at=AT)
    assert Line.objects.count() == lines and campaign.tagged.count() == 2
    theirs = make.activity(cast.other, "theme_day", date(2026, 7, 9))
    assert refused(lambda: actions.tag_session(campaign=campaign, session=theirs, by=None, at=AT))[0] == "record"
    cancel_session(session=planned, reason="不开了", by=None, at=AT)
    assert list(sessions_of(campaign)) == [held] and campaigns_with(held) == [campaign]
    assert open_to(cast.branch, date(2026, 7, 9)) == [campaign] and open_to(cast.branch, date(2026, 8, 1)) == []
    actions.choose_campaigns(session=held, campaign_ids=[], by=None, at=AT)
    assert not sessions_of(campaign).exists()
    actions.choose_campaigns(session=held, campaign_ids=[campaign.pk], by=None, at=AT)
    away = actions.start_campaign(unit=cast.other, draft=draft(), by=None, at=AT)
    chosen = {"session": held, "campaign_ids": [away.pk], "by": None, "at": AT}
    assert refused(lambda: actions.choose_campaigns(**chosen))[0] == "campaigns"
    assert list(sessions_of(campaign)) == [held] and faults() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"title": ""}, "title"),
        ({"until": date(2026, 6, 1)}, "until"),
        ({"until": date(2036, 6, 1)}, "until"),
        ({"requirement": "长" * 1001}, "requirement"),
    ],
)
def test_wrong_input_is_refused_beside_its_field(cast: Cast, more: dict[str, object], field: str) -> None:
    assert refused(lambda: started(cast, **more))[0] == field
    assert not Campaign.objects.exists()


def test_two_at_once_and_twice_the_same(cast: Cast) -> None:
    campaign = started(cast, TASK)
    assert refused(lambda: started(cast))[1] == "已经有这项专项活动，编号 2026-专项-01。"
    task = campaign.tasks.get()
    late = {"task": task, "revision": 1, "by": None, "at": AT}
    matrix = TaskDraft("制定方案", None, business="化肥储备", deployed="二月部署会", assessed="季度督查")
    actions.change_task(draft=matrix, **late)
    assert now(campaign).tasks.get().business == "化肥储备"
    assert "刚刚被别人改过" in refused(lambda: actions.drop_task(**late))[1]
    actions.drop_task(**late | {"revision": 2})
    assert list(now(campaign).tasks.all()) == [] and faults() == []


def test_what_is_only_a_plan_is_no_campaign() -> None:
    assert {kind.id for kind in CAMPAIGN_KINDS.values() if kind.is_ == "plan"} == {
        "deployment", "study_plan", "joint_plan",
    }  # fmt: skip
    assert [zh for _, zh in CAMPAIGN_KINDS["joint_plan"].heads] == ["对应业务工作", "部署", "考核"]


def test_what_a_report_cites_goes_into_the_box_with_the_records_held_for_it(cast: Cast) -> None:
    campaign = started(cast, TASK)
    task, proof = campaign.tasks.get(), keep(data=b"proof", by=None, at=AT)
    actions.finish_task(task=task, proof="方案已印发", on=date(2026, 7, 4), file=proof, by=None, at=AT)
    held = make.activity(cast.branch, "theme_day", date(2026, 7, 9), title="看警示片")
    later = make.activity(cast.branch, "theme_day", date(2026, 12, 9), title="以后的")
    actions.tag_sessions(campaign=campaign, sessions=[held, later], by=None, at=AT)
    for figure in ("专项活动数", "专项任务完成数"):
        rows = ask(figure, cast.branch, Period.year(2026), as_of=TODAY).rows
        found = campaigns_in((row.noun, row.id) for row in rows)
        assert found == {campaign.pk} and held_for(found, TODAY) == {held.pk}
    cited = Contents(
        "青禾", 2026, TODAY, "报告", b"", (), tuple(held_for(found, TODAY)), (), (), campaigns=tuple(found)
    )
    for units, inside in (((cast.branch.pk,), True), ((), False)):
        with zipfile.ZipFile(io.BytesIO(b"".join(box(cited, open_units=units, talks_in=(), at=AT)))) as archive:
            names = archive.namelist()
            sheet = "专项/2026-专项-01 廉政建设宣传教育月.docx"
            assert (sheet in names) is (f"记录/{held.number} 看警示片.docx" in names) is inside
            assert ("佐证/2026-专项-01/1 制定方案.txt" in names) is inside
            if inside:
                paper = zipfile.ZipFile(io.BytesIO(archive.read(sheet))).read("word/document.xml").decode()
                assert "2026年7月4日落实：方案已印发" in paper and "看警示片" in paper and "以后的" not in paper
