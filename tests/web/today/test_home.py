"""The home page as each role meets it: who sees what, the verdict, the groups, the filters, the files."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from youju.duties.actions import choose_rule
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind
from youju.records.activities.actions import plan_session
from youju.records.activities.values import PlanDraft
from youju.records.campaigns.actions import start_campaign
from youju.records.campaigns.values import CampaignDraft, TaskDraft
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.requests.actions import arrange, raise_request
from youju.records.requests.values import ActionDraft, RequestDraft
from youju.records.steps.values import StepDraft

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
STEPS_AND_REQUESTS = {"milestone", "campaign_task", "request"}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def client(user) -> Client:
    found = Client()
    found.force_login(user)
    return found


def text(response) -> str:
    """What the page says, without its marks."""
    body = response.content.decode()
    main = body[body.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def busy() -> Cast:
    """A branch of the mock-up's day: two late, several to do, some done."""
    cast = standing_cast(groups=3)
    branch = cast.branch
    for month in range(1, 12):
        make.activity(branch, "committee_meeting", date(2026, month, 6))
        if month < 11:
            make.activity(branch, "theme_day", date(2026, month, 25))
        for group in cast.groups[: 2 if month == 11 else 3]:
            make.activity(group, "group_meeting", date(2026, month, 12))
    for month in (3, 6, 9):
        make.activity(branch, "party_meeting", date(2026, month, 18))
    for month in (2, 6, 10):
        make.activity(branch, "party_lecture", date(2026, month, 27))
    choose_rule(unit=branch, rule_id="party_lecture_quarterly", on=True, basis="支部规则第4条", by=None, at=make.START)
    plan = PlanDraft(
        kinds=("theme_day",), title="仓储安全隐患随手查", starts_at=make.moment(date(2026, 11, 25)), place="二楼会议室"
    )
    plan_session(unit=branch, draft=plan, by=None, at=make.moment(ON, 8))
    draft = ProblemDraft("学习计划未按季度抽查自学情况", Source.APPRAISAL, date(2026, 1, 20), 2025)
    measure = MeasureDraft("每季度抽查一次自学笔记", date(2026, 11, 15), cast.people[0].pk)
    raise_problem(unit=branch, draft=draft, measures=(measure,), by=None, at=make.moment(date(2026, 1, 21)))
    return cast


# -- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "secretary", "committee"])
def test_who_reads_the_ledger_sees_what_is_owed(who):
    response = client(getattr(standing_cast(), who)).get("/")
    assert response.status_code == 200 and "应做清单" in response.content.decode()


def test_a_stranger_to_the_site_is_asked_to_sign_in():
    standing_cast()
    response = Client().get("/")
    assert response.status_code == 302 and response["Location"].startswith("/login/")


def test_another_unit_does_not_exist():
    cast = standing_cast()
    assert client(cast.other_clerk).get(f"/?unit={cast.branch.pk}").status_code == 404
    assert client(cast.other_clerk).get("/").context["page"].unit == cast.other
    for name in ("/today/export.xlsx", "/today/theme_day/2026-11/"):
        assert client(cast.other_clerk).get(f"{name}?unit={cast.branch.pk}").status_code == 404


def test_a_member_and_a_superior_are_not_shown_the_list():
    cast = standing_cast()
    for user, page in ((cast.member, "/me/"), (cast.superior, "/overview/")):
        response = client(user).get("/")
        assert "应做清单" not in response.content.decode()
        if response.status_code == 302:
            assert response["Location"] == page
        assert client(user).get("/today/export.xlsx").status_code == 403


def test_a_site_admin_is_sent_to_the_accounts():
    assert client(standing_cast().admin).get("/")["Location"] == "/people/accounts/"


def test_an_account_without_any_role_is_told_whom_to_ask():
    assert "请联系站点管理员" in text(client(standing_cast().stranger).get("/"))


def test_the_clerk_of_a_committee_is_sent_to_look_at_the_branches():
    cast = standing_cast()
    above = make.user("工委党务员", unit=make.unit(name="另一工委", kind=UnitKind.COMMITTEE), role=Role.CLERK)
    assert "不是党支部" in text(client(above).get("/"))
    assert cast.above.pk


# -- what -------------------------------------------------------------------------------------------------------------


def test_the_page_opens_with_a_verdict():
    response = client(busy().clerk).get("/")
    page = response.context["page"]
    assert page.late == 2
    assert "有 2 件逾期，本月还剩 2 件要办" in text(response)
    titles = [[row.title for row in group.rows] for group in page.groups]
    assert titles[0] == ["第三季度党课", "整改：学习计划未按季度抽查自学情况"]
    assert titles[1] == ["主题党日：仓储安全隐患随手查", "党小组会"]
    assert "党员大会" in titles[2] and "支部委员会会议" in titles[3]


def test_a_row_says_why_when_and_how():
    body = text(client(busy().clerk).get("/"))
    assert "每季度1次 · 7—9月没有记录 · 依据 支部规则第4条" in body
    assert "逾期 51 天 应于 9月30日前" in body.replace("天应", "天 应")
    assert "第一党小组、第二党小组已开，差第三党小组" in body
    assert "11月25日 15:00" in body and "责任人" in body


def test_each_verb_leads_to_its_form_filled_in():
    cast = busy()
    rows = [row for group in client(cast.clerk).get("/").context["page"].groups for row in group.rows]
    by_title = {row.title: row for row in rows}
    late = by_title["第三季度党课"].button
    assert late.label == "补录" and late.primary
    assert f"{reverse('ledger:new')}?kinds=party_lecture&on=2026-09-30&unit={cast.branch.pk}" == late.url
    assert f"unit={cast.groups[2].pk}" in by_title["党小组会"].button.url
    assert by_title["主题党日：仓储安全隐患随手查"].button.label == "看安排"
    assert all(client(cast.clerk).get(row.url).status_code == 200 for row in rows if row.url)
    assert all(client(cast.clerk).get(r.button.url).status_code == 200 for r in rows if r.button and r.button.url)


def test_who_may_not_write_has_no_buttons():
    rows = [row for group in client(busy().committee).get("/").context["page"].groups for row in group.rows]
    assert rows and not any(row.button for row in rows)


def test_a_done_row_opens_its_record():
    cast = busy()
    rows = [row for group in client(cast.clerk).get("/?show=done").context["page"].groups for row in group.rows]
    done = next(row for row in rows if row.title == "支部委员会会议")
    assert done.by == "11月6日 · 5/5 人"
    assert done.url == reverse("ledger:record", args=[cast.branch.pk, "2026-支委-11"])


@pytest.mark.parametrize(
    ("tab", "keys"), [("late", {"late"}), ("todo", {"todo"}), ("done", {"done"}), ("xyz", {"late", "todo", "done"})]
)
def test_filters_live_in_the_address(tab, keys):
    page = client(busy().clerk).get(f"/?show={tab}").context["page"]
    assert {group.key for group in page.groups} == keys
    assert sum(t.count for t in page.tabs if t.key) == next(t.count for t in page.tabs if not t.key)


def test_when_all_is_done_it_names_what_comes_next():
    cast = standing_cast(formal=3)
    for month in range(1, 12):
        make.activity(cast.branch, ("theme_day", "party_meeting", "committee_meeting"), date(2026, month, 6))
    body = text(client(cast.clerk).get("/"))
    assert "本月的都办完了。下一件：12月31日前" in body


def test_an_empty_ledger_asks_for_the_first_record_and_blames_nobody():
    response = client(standing_cast().clerk).get("/")
    assert "台账里还没有记录" in text(response) and response.context["page"].late == 0


def test_the_strip_says_the_same_in_words():
    response = client(busy().clerk).get("/")
    strip = response.context["page"].strip
    assert strip.told == "2026年组织生活：党课应办4次缺1次，其余按期"
    lines = {line.label: line for line in strip.lines}
    assert [cell.shape for cell in lines["支委会"].cells] == ["d"] * 11 + ["f"]
    assert lines["支委会"].words == "1—11月已办；12月未到期"
    assert [cell.text for cell in lines["党课"].cells][:3] == ["2月27日", "6月27日", "缺"]
    assert all(sum(cell.span for cell in line.cells) == 12 for line in strip.lines)
    assert "看表格" in text(response) and strip.told in response.content.decode()


def test_recording_the_missing_lecture_settles_it():
    cast = busy()
    make.activity(cast.branch, "party_lecture", date(2026, 8, 20), entered=make.moment(ON))
    page = client(cast.clerk).get("/").context["page"]
    assert page.late == 1 and page.strip.lack == ""


def test_what_others_typed_is_shown_as_text():
    cast = standing_cast()
    plan = PlanDraft(kinds=("theme_day",), title="<script>alert(1)</script>", starts_at=make.moment(date(2026, 11, 25)))
    plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(ON, 8))
    body = client(cast.clerk).get("/").content.decode()
    assert "<script>alert(1)" not in body and "&lt;script&gt;alert(1)" in body


def test_the_list_as_an_excel_file():
    cast = busy()
    response = client(cast.clerk).get("/today/export.xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("分组", "事项", "所属期", "状态")
    assert ("逾期", "党课", "2026年第三季度", "逾期") in [row[:4] for row in rows]
    page = client(cast.clerk).get("/").context["page"]
    assert len(rows) - 1 == next(tab.count for tab in page.tabs if not tab.key)


def test_what_the_work_owes_is_in_the_file_and_opens_for_who_only_reads():
    cast, at, due = standing_cast(), make.moment(ON, 8), date(2026, 11, 28)
    step = StepDraft("建好台账", due_on=due)
    project = ProjectDraft("secretary", "书记项目一", "办成一件事", since=ON)
    start_project(unit=cast.branch, draft=project, milestones=(step,), by=None, at=at)
    campaign = CampaignDraft("integrity_month", "廉政月", since=ON, until=due)
    start_campaign(unit=cast.branch, draft=campaign, tasks=(TaskDraft("开一次会", due_on=due),), by=None, at=at)
    asked = raise_request(unit=cast.branch, draft=RequestDraft("修渠", raised_on=ON), by=None, at=at)
    arrange(request=asked, draft=ActionDraft("请水利站看", due_on=due), revision=1, by=None, at=at)
    file = load_workbook(io.BytesIO(client(cast.clerk).get("/today/export.xlsx").content)).active
    found = {row[-1] for row in file.iter_rows(min_row=2, values_only=True)}
    assert {"项目", "专项活动", "诉求"} <= found
    groups = client(cast.committee).get("/").context["page"].groups
    rows = [row for group in groups for row in group.rows if row.standing.due.source in STEPS_AND_REQUESTS]
    assert len(rows) == 3 and all(client(cast.committee).get(row.url).status_code == 200 for row in rows)


def test_the_number_of_queries_is_bounded(django_assert_max_num_queries):
    found = client(busy().clerk)
    found.get("/")
    with django_assert_max_num_queries(41):
        found.get("/")


# -- at the turn of the year ------------------------------------------------------------------------------------------


def january(monkeypatch, day: date) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", day.isoformat())
    cast = standing_cast()
    make.activity(cast.branch, ("committee_meeting", "party_meeting"), date(2025, 11, 6))
    return cast


def rows_of(user) -> dict[str, list]:
    found: dict[str, list] = {}
    for group in client(user).get("/").context["page"].groups:
        found.setdefault(group.key, []).extend(group.rows)
    return found


def test_last_years_arrears_say_their_year(monkeypatch):
    cast = january(monkeypatch, date(2026, 1, 12))
    titles = [row.title for row in rows_of(cast.clerk)["late"]]
    assert "2025年12月主题党日" in titles and "2025年12月支部委员会会议" in titles
    assert not any("10月" in title for title in titles)  # the ledger begins in November


def test_last_years_meeting_is_recorded_for_last_year(monkeypatch):
    cast = january(monkeypatch, date(2026, 2, 12))
    row = next(row for row in rows_of(cast.clerk)["todo"] if row.title == "2025年组织生活会")
    assert row.by == "3月31日前" and "for_year=2025" in row.button.url and "on=2026-02-12" in row.button.url
    form = client(cast.clerk).get(row.button.url).content.decode()
    assert re.search(r'<option value="2025" selected>', form)
    make.activity(cast.branch, "org_life_meeting", date(2026, 2, 10), for_year=2025)
    assert "2025年组织生活会" not in [row.title for row in rows_of(cast.clerk)["todo"]]


def test_in_april_last_year_is_closed(monkeypatch):
    cast = january(monkeypatch, date(2026, 4, 1))
    assert not any("2025年" in row.title for rows in rows_of(cast.clerk).values() for row in rows)


def test_a_branch_closed_last_year_has_an_empty_page(monkeypatch):
    cast = january(monkeypatch, date(2026, 5, 12))
    cast.branch.closed_on = date(2025, 12, 31)
    cast.branch.save()
    response = client(cast.clerk).get("/")
    assert response.status_code == 200 and response.context["page"].groups == ()
    assert "本月的都办完了" in text(response)
