"""本月应做 and 总览 in a browser: no fault of access in any window, theme or size, and the walk of the main job."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.web.browser import VARIANTS, axe, look_over, sign_in
from tests.web.today.test_home import busy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def test_the_pages_hold_to_axe_and_to_their_window(page, live_server):
    cast = busy()
    for user, paths in (
        (
            cast.secretary,
            {"home": "/", "due": "/today/group_meeting/2026-11/", "waive": "/today/party_lecture_quarterly/2026-Q3/"},
        ),
        (cast.superior, {"overview": "/overview/", "overview-year": "/overview/?month=0"}),
        (cast.admin, {"admin": "/"}),
    ):
        page.context.clear_cookies()
        sign_in(page, live_server.url, user)
        look_over(page, live_server.url, paths, "today", VARIANTS)


def test_the_table_twin_opens_without_a_fault(page, live_server):
    cast = busy()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url)
    page.get_by_text("看表格").click()
    assert page.get_by_role("cell", name="1—11月已办；12月未到期").first.is_visible()
    axe(page)


def test_from_what_is_owed_to_the_record_and_back(page, live_server):
    """The clerk starts from a late row, records it in the form it leads to, and the row is done."""
    cast = busy()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url)
    page.get_by_role("link", name=re.compile("补录.*第三季度党课")).click()
    assert page.get_by_label("党课", exact=True).is_checked()
    assert page.get_by_label("日期").input_value() == "2026-09-30"
    page.get_by_label("主题", exact=True).fill("供销社改革的来路和去路")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url(re.compile(r"/ledger/\d+/"))
    assert "供销社改革的来路和去路" in page.get_by_role("heading", level=1).inner_text()
    page.goto(live_server.url)
    assert page.get_by_role("heading", level=1).inner_text().startswith("有 1 件逾期")
    assert (
        page.get_by_role("img", name=re.compile("年组织生活")).get_attribute("aria-label") == "2026年组织生活：没有缺的"
    )


def test_every_row_can_be_reached_by_keys(page, live_server):
    cast = busy()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "第三季度党课"
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/party_lecture_quarterly/2026-Q3/**")
    assert page.get_by_role("heading", level=1).inner_text() == "第三季度党课"
