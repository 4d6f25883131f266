"""Keyboard, scripts off, a dropped file: the comforts work, and nothing needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import standing_cast
from tests.web.browser import PHONE, at, axe, shot, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.shared.gallery"),
]


@pytest.fixture
def home(page: Page, live_server: LiveServer) -> Page:
    sign_in(page, live_server.url, standing_cast().clerk)
    page.goto(live_server.url + "/")
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_first_stop_leads_to_the_text(home: Page) -> None:
    home.keyboard.press("Tab")
    assert focused(home) == "跳到正文"
    home.keyboard.press("Enter")
    assert home.evaluate("document.activeElement.id") == "main"


def test_every_stop_shows_its_ring(home: Page) -> None:
    """Tab through the whole page: no trap, and each stop is drawn differently from its rest state."""
    seen: list[str] = []
    for _ in range(60):
        home.keyboard.press("Tab")
        if home.evaluate("document.activeElement === document.body"):
            break
        drawn = home.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert drawn != "none", home.evaluate("document.activeElement.outerHTML")
        seen.append(focused(home))
    else:
        pytest.fail(f"no end of stops: {seen[-5:]}")
    assert seen.index("第三季度党课") < seen.index("党小组会") < seen.index("支部委员会会议")


def test_rows_by_j_and_k(home: Page) -> None:
    for key, row in (("j", "第三季度党课"), ("j", "党小组会"), ("k", "第三季度党课")):
        home.keyboard.press(key)
        assert focused(home) == row


def test_c_records_and_help_can_turn_keys_off(home: Page) -> None:
    home.keyboard.press("?")
    home.get_by_role("button", name="关闭单键操作").click()
    home.keyboard.press("Escape")
    home.keyboard.press("c")
    assert home.url.endswith("/")
    home.keyboard.press("?")
    home.get_by_role("button", name="开启单键操作").click()
    home.get_by_role("button", name="知道了").click()
    home.keyboard.press("c")
    home.wait_for_url("**/ledger/new/")


def test_no_key_acts_while_a_field_has_the_focus(home: Page) -> None:
    home.goto(home.url + "form/")
    home.get_by_label("会议名称").press_sequentially("cjk?")
    assert home.url.endswith("/form/")
    assert home.get_by_label("会议名称").input_value() == "cjk?"


def test_faults_take_the_focus_and_lead_to_their_fields(home: Page) -> None:
    home.goto(home.url + "form/")
    home.get_by_role("button", name="保存").click()
    assert home.evaluate("document.activeElement.hasAttribute('data-errors')")
    home.get_by_role("link", name="请至少选一类。").click()
    assert home.evaluate("document.activeElement.id") == "id_kinds_0"


def test_the_roster_counts_along(home: Page) -> None:
    home.goto(home.url + "form/")
    home.get_by_label("沈知禾").select_option("leave")
    assert home.locator("#tally").inner_text().split() == ["实到", "2", "请假", "1"]


def test_a_dropped_file_lands_in_its_zone(home: Page) -> None:
    home.goto(home.url + "form/")
    home.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], "现场.png", {type: "image/png"}));
            document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert home.evaluate("document.querySelector('[name=photo]').files[0].name") == "现场.png"


def test_a_file_dropped_anywhere_goes_to_the_audit(home: Page) -> None:
    home.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["去年开了三次会。"], "述职报告.txt", {type: "text/plain"}));
            const options = {dataTransfer: data, bubbles: true, cancelable: true};
            document.body.dispatchEvent(new DragEvent("dragenter", options));
            document.body.dispatchEvent(new DragEvent("drop", options));
        }"""
    )
    home.wait_for_url("**/report/audit/?unit=*")
    assert home.title() == "述职报告.txt"


def test_what_was_done_is_said_and_can_be_put_away(home: Page) -> None:
    home.goto(home.url + "told/")
    axe(home)
    shot(home, "toasts")
    assert "编号 2026-大会-03" in home.get_by_role("status").inner_text()
    home.get_by_role("button", name="收起这条提示").first.click()
    assert "编号 2026-大会-03" not in home.get_by_role("status").inner_text()


def test_a_thumb_meets_targets_of_44_and_60(home: Page, live_server: LiveServer) -> None:
    measure = """Array.from(document.querySelectorAll('.btn, .tabbar a, .seg a')).filter(e => e.offsetParent || e.closest('.tabbar'))
        .filter(e => e.getBoundingClientRect().height > 0).map(e => [e.textContent.trim(), e.getBoundingClientRect().height])"""
    at(home, live_server.url, PHONE)
    home.goto(live_server.url + "/")
    assert [row for row in home.evaluate(measure) if row[1] < 44] == []
    at(home, live_server.url, PHONE, type="l")
    home.goto(live_server.url + "/")
    assert [row for row in home.evaluate(measure.replace(", .tabbar a, .seg a", "")) if row[1] < 60] == []


def test_all_of_it_without_scripts(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    cast = standing_cast()
    cast.clerk.set_password("green-field-0713")
    cast.clerk.save()
    page.goto(live_server.url + "/form/")
    page.get_by_label("登录名").fill(cast.clerk.username)
    page.get_by_label("密码").fill("green-field-0713")
    page.get_by_role("button", name="登录", exact=True).click()
    assert page.url == live_server.url + "/form/"
    page.get_by_label("会议名称").fill("第三季度党员大会")
    page.get_by_role("button", name="保存").click()
    assert page.get_by_label("会议名称").input_value() == "第三季度党员大会"
    assert page.get_by_role("alert").get_by_role("link").count() == 2
    page.goto(live_server.url + "/")
    page.get_by_role("button", name="夜间").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="退出登录").click()
    assert page.url == live_server.url + "/login/"
    context.close()


def test_the_system_theme_is_followed_without_a_choice(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(live_server.url + "/login/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 20, 22)"
    context.close()


def test_a_dark_screen_prints_black_on_white(home: Page, live_server: LiveServer) -> None:
    at(home, live_server.url, theme="dark")
    home.goto(live_server.url + "/")
    home.emulate_media(media="print")
    assert home.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert home.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not home.locator(".nav").is_visible()
