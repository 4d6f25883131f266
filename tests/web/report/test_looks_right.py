"""述职 in a browser: axe in each variant, the panel by mouse, keys, and without a script, and a file dropped on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast
from tests.paper.reading.make import docx
from tests.web.browser import (
    DESKTOP,
    PHONE,
    VARIANTS,
    at,
    look,
    no_sideways_scroll,
    sign_in,
    turn_to,
    windows,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAFT = (
    "2026年度述职报告\n主持召开支委会11次，党课4次，线上推送12篇。xx村由AAA同志负责。\n按年度学习计划开展集中学习6次。"
)


def sheet(cast: Cast, server: LiveServer) -> str:
    return f"{server.url}/report/{cast.branch.pk}/2026/"


def test_every_variant(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    for window in windows(VARIANTS):
        turn_to(page, live_server.url, window)
        page.goto(sheet(cast, live_server))
        look(page, window, "report-sheet")
        page.goto(sheet(cast, live_server) + "?f=3")
        look(page, window, "report-panel")
        page.goto(live_server.url + "/report/check/")
        look(page, window, "report-check")
        page.fill("textarea[name=text]", DRAFT)
        page.get_by_role("button", name="核对", exact=True).click()
        look(page, window, "report-checked")


@pytest.mark.parametrize("width", [320, 820, 1366])
def test_no_page_scrolls_sideways(width: int, cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    for type_size in ("", "xl"):
        at(page, live_server.url, (width, 800), "light", type_size)
        for path in ("", "?f=3", "check/"):
            page.goto(sheet(cast, live_server) + path)
            no_sideways_scroll(page)


def test_a_figure_opens_its_records_by_mouse_and_by_key(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    page.goto(sheet(cast, live_server))
    page.locator("a.fig[hx-get='?f=5']").click()
    page.wait_for_selector("#panel[data-figure='5']")
    assert page.url.endswith("?f=5")
    assert page.locator("a.fig[aria-current]").get_attribute("hx-get") == "?f=5"
    page.keyboard.press("n")
    page.wait_for_selector("#panel[data-figure='6']")
    assert page.locator("a.fig[aria-current]").count() == 1
    page.keyboard.press("p")
    page.wait_for_selector("#panel[data-figure='5']")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel:not([data-figure])")
    assert page.evaluate("document.activeElement.getAttribute('hx-get')") == "?f=5"
    page.locator("a.fig[hx-get='?f=5']").click()
    page.wait_for_selector("#panel[data-figure='5']")
    page.locator("#panel .src li a").first.click()
    page.wait_for_url("**/ledger/**")


def test_the_chosen_figure_stands_above_the_rising_panel(cast: Cast, phone: Page, live_server: LiveServer) -> None:
    sign_in(phone, live_server.url, cast.clerk)
    at(phone, live_server.url, PHONE)
    phone.goto(sheet(cast, live_server))
    last = phone.locator("a.fig[hx-get]").last
    last.scroll_into_view_if_needed()
    last.click()
    phone.wait_for_selector("#panel[data-figure]")
    phone.wait_for_function(
        "() => { const f = document.querySelector('a.fig.on').getBoundingClientRect(),"
        " p = document.getElementById('panel').getBoundingClientRect(); return f.bottom <= p.top && f.top >= 40; }"
    )


def test_it_all_works_without_a_script(cast: Cast, chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(sheet(cast, live_server))
    page.locator("a.fig[href^='?f=5#']").click()
    assert page.locator("#panel .eq").count() > 0
    figure, panel = page.locator("a.fig.on").bounding_box(), page.locator("#panel").bounding_box()
    assert figure and panel and figure["y"] + figure["height"] <= panel["y"]
    page.goto(live_server.url + "/report/check/")
    page.set_input_files("input[name=file]", [{"name": "稿.docx", "mimeType": "", "buffer": docx(*DRAFT.split("\n"))}])
    page.get_by_role("button", name="核对", exact=True).click()
    assert "支委会写了11次，记录只有4次" in page.locator(".finding.x").first.inner_text()
    context.close()


def test_a_file_dropped_on_the_sheet_is_judged(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(sheet(cast, live_server))
    data = page.evaluate_handle(
        "bytes => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(bytes)], '稿.docx')); return d; }",
        list(docx(*DRAFT.split("\n"))),
    )
    page.dispatch_event("body", "drop", {"dataTransfer": data})
    page.wait_for_url("**/report/check/**")
    assert page.locator(".sheet a.fig.x").count() >= 1
