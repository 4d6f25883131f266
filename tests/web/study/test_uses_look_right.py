"""学以致用 as a person sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import ProblemDraft
from youju.records.problems.values import Source as Named
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.uses.actions import put_to_use
from youju.study.uses.values import UseDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY, AT = date(2026, 5, 6), make.moment(date(2026, 11, 20))


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    draft = SourceDraft("青禾县土地托管服务规范（试行）", "upper_rule", parts=("第一章 总则", "第二章 合同与服务单"))
    source = enter_source(unit=cast.branch, draft=draft, by=None, at=AT)
    goal = ProjectDraft("service", "土地托管服务到村到户", "让农户省心", date(2026, 3, 1))
    project = start_project(unit=cast.branch, draft=goal, by=None, at=AT)
    named = ProblemDraft("学用脱节，学的东西没有落到服务流程里", Named.SELF, DAY, 2026)
    works = (
        project,
        raise_problem(unit=cast.branch, draft=named, by=None, at=AT),
        make.activity(cast.branch, "visit", DAY),
    )
    for work, part in zip(works, (None, *source.parts.all()), strict=True):
        said = UseDraft(source.pk, "照着规范把服务单重写了一遍，签合同前逐条念给农户听", part.pk if part else None, DAY)
        put_to_use(work=work, draft=said, by=None, at=AT)
    use = f"/study/uses/{cast.branch.pk}/2026-学用-01/"
    pages = {
        "list": "/study/uses/", "empty": "/study/uses/?year=2024", "use": use, "change": use + "change/",
        "withdraw": use + "withdraw/", "new": "/study/uses/new/", "project": f"/work/projects/{cast.branch.pk}/{project.number}/",
        "record": f"/ledger/{cast.branch.pk}/{works[2].number}/", "problem": f"/problems/{cast.branch.pk}/{works[1].number}/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "uses")
