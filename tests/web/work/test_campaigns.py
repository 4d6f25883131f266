"""A campaign with its tasks, sessions and figures, through the pages alone."""

from __future__ import annotations

import io
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.records.campaigns.actions import start_campaign
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.values import CampaignDraft, TaskDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 25)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def made(cast: Cast, title: str = "廉政建设宣传教育月", kind: str = "integrity_month") -> Campaign:
    draft = CampaignDraft(kind, title, date(2026, 7, 1), date(2026, 7, 31), "知敬畏")
    tasks = (TaskDraft("制定方案", date(2026, 7, 5)), TaskDraft("警示教育", date(2026, 7, 30)))
    return start_campaign(unit=cast.branch, draft=draft, tasks=tasks, by=None, at=make.moment(TODAY, 9))


def where(campaign: Campaign) -> str:
    return f"/work/campaigns/{campaign.unit_id}/{campaign.number}/"


def said(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_from_its_tasks_to_its_summary_with_its_own_figures(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    watched = make.activity(cast.branch, ("warning_education", "theme_day"), date(2026, 7, 9), title="看案例片")
    lecture = make.activity(cast.branch, "party_lecture", date(2026, 7, 10), title="廉政党课")
    make.activity(cast.branch, "party_lecture", date(2026, 7, 12), title="别的党课")
    typed = Fields(said(client, "/work/campaigns/new/?kind=integrity_month")).data
    assert typed["kind"] == ["integrity_month"]
    typed |= {
        "title": ["廉政建设宣传教育月"],
        "since": ["2026-07-01"],
        "until": ["2026-07-31"],
        "requirement": ["知敬畏"],
    }
    typed |= {"task0-text": ["制定方案"], "task0-due_on": ["2026-07-05"], "task1-text": ["警示教育"]}
    url = unquote(client.post("/work/campaigns/new/", typed)["Location"])
    assert url == f"/work/campaigns/{cast.branch.pk}/2026-专项-01/"
    assert "逾期 20 天" in said(client, url) and "完成2026-专项-01第1项专项任务" in said(client, "/")
    chooser = said(client, url + "sessions/")
    assert "看案例片" in chooser and "别的党课" in chooser
    assert "请至少选一场。" in client.post(url + "sessions/", {}).content.decode()
    client.post(url + "sessions/", {"session": [watched.pk, lecture.pk]})
    page = said(client, url)
    for figure in (
        "场次　<b>2次",
        "主题党日　<b>1次",
        "警示教育　<b>1次",
        "党课　<b>1次",
        "参加人次　<b>18人次",
        "完成任务　<b>0项",
    ):
        assert figure in page, figure
    assert "看案例片" not in said(client, url + "sessions/") and "别的党课" not in page
    for position in (0, 1):
        step = Fields(said(client, url + f"tasks/{position}/")).data
        proof = SimpleUploadedFile("方案.txt", f"方案{position}".encode())
        client.post(url + f"tasks/{position}/", {**step, "proof": "已落实", "file": proof})
    assert "完成任务　<b>2项" in said(client, url)
    bare = client.post(url + "close/", {"summary": "", "closed_on": "2026-07-25"})
    assert bare.status_code == 422 and "请写小结。" in bare.content.decode()
    client.post(url + "close/", {"summary": "都做完了", "closed_on": "2026-07-25"})
    assert "已小结" in said(client, url) and "都做完了" in said(client, url + "print/")
    year = Period.year(2026)
    values = [
        ask(name, cast.branch, year, as_of=TODAY).value for name in ("专项活动数", "专项任务完成数", "部署任务完成数")
    ]
    assert values == [1, 2, 0]
    client.post(url + f"sessions/{lecture.pk}/remove/")
    assert "场次　<b>1次" in said(client, url)


def test_a_joint_plan_sets_party_work_beside_the_work_of_the_office(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = Fields(said(client, "/work/campaigns/new/?kind=joint_plan")).data
    typed |= {"title": ["党建业务计划"], "since": ["2026-01-01"], "until": ["2026-12-31"], "task0-text": ["党员先锋岗"]}
    typed |= {"task0-business": ["化肥储备"], "task0-deployed": ["一月部署会"], "task0-assessed": ["季度督查"]}
    url = unquote(client.post("/work/campaigns/new/?kind=joint_plan", typed)["Location"])
    page = said(client, url)
    assert all(word in page for word in ("对应业务工作", "化肥储备", "一月部署会", "季度督查"))
    change = Fields(said(client, url + "tasks/0/change/")).data
    assert change["business"] == ["化肥储备"]
    client.post(url + "tasks/0/change/", change | {"business": ["农资储备"]})
    book = load_workbook(io.BytesIO(client.get("/work/campaigns/export.xlsx").content))
    assert book.sheetnames == ["专项活动", "任务"]
    _, row = book["任务"].iter_rows(values_only=True)
    assert row[2:6] == ("党员先锋岗", "农资储备", "一月部署会", "季度督查")


def test_the_list_is_grouped_and_filtered(cast: Cast) -> None:
    client = signed_in(cast.committee)
    assert "还没有专项活动" in said(client, "/work/campaigns/")
    made(cast)
    made(cast, "学习计划", kind="study_plan")
    page = said(client, "/work/campaigns/")
    assert "有任务逾期 2 项" in page and "/work/campaigns/new/" not in page
    assert "廉政建设" not in said(client, "/work/campaigns/?kind=study_plan")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "请写名称。"),
        ({"until": "2026-06-01"}, "结束日期不能早于开始日期。"),
        ({"since": "昨天"}, "开始日期请写成"),
        ({"task0-due_on": "2026-07-05"}, "有责任人或时限，请写内容。"),
    ],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    sent = {
        "kind": "other",
        "title": "甲",
        "since": "2026-07-01",
        "until": "2026-07-31",
        "requirement": "知敬畏",
    } | typed
    answer = signed_in(cast.clerk).post("/work/campaigns/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count(sentence) == 2 and "<title>错误：" in page
    assert Fields(page).data["requirement"] == ["知敬畏"] and not Campaign.objects.exists()


def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    campaign = made(cast)
    first, second = signed_in(cast.clerk), signed_in(cast.secretary)
    url = where(campaign) + "tasks/0/"
    typed, late = (Fields(said(one, url)).data for one in (first, second))
    assert first.post(url, typed | {"proof": ["甲的落实"]}).status_code == 302
    answer = second.post(url, late | {"proof": ["乙的落实"]})
    body = answer.content.decode()
    assert answer.status_code == 422 and "刚刚被别人改过" in body and "甲的落实" in body
    assert second.post(url, Fields(body).data).status_code == 302
    assert campaign.tasks.get(position=0).proof == "乙的落实"


def test_the_page_costs_a_fixed_number_of_queries_and_knows_only_its_own(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    campaign = made(cast)
    client = signed_in(cast.clerk)
    held = [make.activity(cast.branch, "seminar", date(2026, 7, day)) for day in range(1, 9)]
    theirs = make.activity(cast.other, "seminar", date(2026, 7, 9))
    client.post(where(campaign) + "sessions/", {"session": [one.pk for one in held]})
    answer = client.post(where(campaign) + "sessions/", {"session": [theirs.pk]})
    assert answer.status_code == 422 and campaign.tagged.count() == 8
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.get(where(campaign))
    for url in ("files/999999/", "tasks/9/"):
        assert client.get(where(campaign) + url).status_code == 404
    assert client.post(where(campaign) + f"sessions/{theirs.pk}/remove/").status_code == 404


def test_who_has_left_still_answers_for_his_task(cast: Cast) -> None:
    campaign = made(cast)
    campaign.tasks.filter(position=0).update(owner=cast.people[1])
    make.leave(cast.people[1], on=date(2026, 11, 1))
    client, url = signed_in(cast.clerk), where(campaign) + "tasks/0/change/"
    assert client.post(url, Fields(said(client, url)).data).status_code == 302
    assert campaign.tasks.get(position=0).owner == cast.people[1]
