"""The pages of ledger, problems, people and 我的 as a person sees them, and 记一次 with its scripts running."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import axe, look_over, sign_in
from youju.people.members.values import Standing
from youju.records.activities.models import Session
from youju.records.activities.values import AgendaDraft, ResolutionDraft
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast(groups=2)
    make.member(cast.groups[0], standing=Standing.PROBATIONARY)
    day = date(2026, 11, 5)
    roster = make.everyone(cast.branch, ["party_meeting"], day, leave=[cast.people[7]], absent=[cast.people[8]])
    agenda = (AgendaDraft("下年计划", note="逐项讨论", resolutions=(ResolutionDraft("同意", yes=7),)),)
    held = make.activity(cast.branch, "party_meeting", day, title="第四季度党员大会", roster=roster, agenda=agenda)
    problem = raise_problem(
        unit=cast.branch, draft=ProblemDraft("自学没有抽查", Source.SELF, day, 2026),
        measures=(MeasureDraft("每季度抽查", due_on=date(2026, 11, 15)),), by=None, at=make.moment(day, 20),
    )  # fmt: skip
    record = f"/ledger/{cast.branch.pk}/{quote(held.number)}/"
    pages = {
        "list": "/ledger/?year=2026", "record": record, "correct": record + "correct/", "remove": record + "remove/",
        "new": "/ledger/new/?kinds=party_meeting&on=2026-02-05", "plan": "/ledger/plan/",
        "problems": "/problems/", "beside": f"/problems/?open={quote(problem.number)}",
        "problem": f"/problems/{cast.branch.pk}/{quote(problem.number)}/",
        "raise": "/problems/new/", "people": "/people/", "member": f"/people/{cast.people[0].pk}/", "add": "/people/add/",
    }  # fmt: skip
    for user, his in ((cast.clerk, pages), (cast.member, {"me": "/me/"})):
        sign_in(page, live_server.url, user)
        look_over(page, live_server.url, his, "")


def test_recording_with_the_roster_that_follows(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast(groups=2)
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/ledger/new/?kinds=committee_meeting&on=2026-11-05")
    light = page.locator("#part-quorum")
    assert "应到会有表决权5人，实到5人" in light.inner_text()
    page.fill("#id_title", "研究年度计划")
    page.get_by_label("党员大会").check()  # a wider kind: the roster becomes everybody's
    page.locator("#part-roster select").nth(8).wait_for()
    assert "应到会有表决权9人，实到9人" in light.inner_text()
    page.get_by_label("支委会").uncheck()
    for person in cast.people[:5]:
        page.locator(f"select[name=r_{person.pk}]").select_option("absent")
    page.get_by_text("实到4人，需5人，不足，不能表决").wait_for()
    page.locator(f"select[name=r_{cast.people[0].pk}]").select_option("leave:duty")
    page.get_by_role("button", name="加一行").click()
    page.locator("#id_a3-title").wait_for()
    page.locator("#id_start").fill("14:30")
    assert page.locator("#id_title").input_value() == "研究年度计划"
    page.locator("#id_title").press("Enter")  # Enter saves; it does not press the nearest other button
    page.wait_for_url("**/ledger/*/2026-*/")
    session = Session.objects.get()
    assert session.number == "2026-大会-01"
    assert session.roster.get(member=cast.people[0]).leave_category == "duty"
    axe(page)
