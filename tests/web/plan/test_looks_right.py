"""The pages of the plan as a person sees them: no fault of access in any window, theme or size of type."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.web.browser import axe, look_over, no_sideways_scroll, sign_in
from tests.web.plan.plans import busy
from youju.duties.plans.actions import begin
from youju.duties.plans.queries import lines_of
from youju.duties.plans.values import LineDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast, plan = busy()
    make.leave(cast.people[6], on=date(2026, 10, 1))
    begin(unit=cast.branch, year=2027, lines=(LineDraft("还在商量的事"),), by=None, at=make.moment(ON))
    volunteer = lines_of(plan)[2]
    pages = {
        "index": "/plan/", "draft": "/plan/?year=2027", "edit": "/plan/edit/", "start": "/plan/start/?year=2027",
        "adopt": "/plan/adopt/?year=2027", "line": f"/plan/line/{volunteer.id}/", "print": "/plan/print/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.secretary)
    look_over(page, live_server.url, pages, "plan")


def test_a_faulty_line_says_so_beside_its_field(page: Page, live_server: LiveServer) -> None:
    cast, _ = busy()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/plan/edit/")
    page.locator("#id_2-target").fill("")
    page.locator("#id_reason").fill("支委会议定")
    page.get_by_role("button", name="保存计划").click()
    assert "每期至少几次" in page.locator("fieldset.sheetline").nth(2).inner_text()
    assert page.locator("#id_reason").input_value() == "支委会议定"
    axe(page)
    no_sideways_scroll(page)
