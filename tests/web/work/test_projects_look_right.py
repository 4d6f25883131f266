"""A project and a joint plan as a person sees them, and the project on its one sheet of paper."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.records.campaigns.actions import start_campaign
from youju.records.campaigns.values import CampaignDraft, TaskDraft
from youju.records.projects.actions import link_session, start_project
from youju.records.projects.values import AimDraft, ProjectDraft
from youju.records.steps.values import StepDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 20)


def test_every_page_and_the_sheet(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    cast, when = standing_cast(), {"by": None, "at": make.moment(TODAY)}
    long = "托管服务有标准、有验收、有回访，党员在关键岗位亮身份。" * 2
    steps = tuple(StepDraft(f"第{n}步：{long[:40]}", date(2026, n, 5), cast.people[0].pk) for n in range(3, 11))
    draft = ProjectDraft(
        "programme", "学用贯通工程", long, date(2026, 2, 1), business=long, aims=(AimDraft("示范学", long),)
    )
    project = start_project(unit=cast.branch, draft=draft, milestones=steps, **when)
    for day in range(1, 9):
        held = make.activity(cast.branch, "group_study", date(2026, 11, day), title="学习党章和支部工作条例")
        link_session(project=project, number=held.number, what="带头学", **when)
    plan = CampaignDraft("joint_plan", "党建业务计划", date(2026, 1, 1), date(2026, 12, 31), long)
    tasks = (TaskDraft("党员先锋岗", date(2026, 11, 5), None, "农资保供", "年初部署会", "季度督查"),)
    campaign = start_campaign(unit=cast.branch, draft=plan, tasks=tasks, **when)
    own = f"/work/projects/{cast.branch.pk}/{quote(project.number)}/"
    pages = {
        "projects": "/work/projects/", "project": own, "project-new": "/work/projects/new/",
        "campaign": f"/work/campaigns/{cast.branch.pk}/{quote(campaign.number)}/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "work")
    page.goto(live_server.url + own + "print/")
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1
