"""核对 in a browser: a file dropped on any page, its underlines and cards, keys, a phone, and no script at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import Cast
from tests.paper.reading.make import docx
from tests.web.browser import DESKTOP, PHONE, VARIANTS, at, axe, look, look_over, shot, sign_in, turn_to, windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
DRAFT = (
    "2026年度抓基层党建述职报告\n一、履职情况\n一年来，我主持召开支委会11次，党课4次，支委会、党员大会合计30次以上，线上推送12篇。\n"
    "多次走访群众，实现走访“全覆盖”。xx村由AAA同志负责，电话13800138000。\n按年度学习计划开展集中学习6次。\n"
    "二、存在问题\n一是碎片化学习多，系统学习少。\n三、下步打算\n计划召开支委会12次。\n2026年11月20日"
)


def dropped(page: Page, text: str, name: str = "稿.docx") -> None:
    """A Word file let go over the page as it stands."""
    data = page.evaluate_handle(
        "([bytes, name]) => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(bytes)], name)); return d; }",
        [list(docx(*text.split("\n"))), name],
    )
    page.dispatch_event("body", "drop", {"dataTransfer": data})
    page.wait_for_url("**/report/check/**")


def lines(page: Page) -> dict[str, set[str]]:
    """Each underline of the sheet with the words over it."""
    found: dict[str, set[str]] = {}
    for place in page.locator(".sheet .fig").all():
        for line in (place.get_attribute("class") or "").split():
            found.setdefault(line, set()).add(place.inner_text())
    return found


@pytest.mark.parametrize("start", ["/", "/ledger/", "/problems/"])
def test_a_file_dropped_on_any_page_is_judged(start: str, cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(live_server.url + start)
    dropped(page, DRAFT)
    found = lines(page)
    assert "11次" in found["x"]
    assert {"AAA", "13800138000"} <= found["f"]
    assert "多次" in found["q"]
    assert page.locator(".finding.x").first.inner_text().startswith("支委会写了11次，记录只有4次")


def test_how_each_line_looks(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/")
    dropped(page, DRAFT.replace("支委会11次", "支委会4次"))
    styles = page.evaluate(
        "() => Object.fromEntries(['ok', 'q', 'x', 'f'].map(line => [line, getComputedStyle(document.querySelector("
        "`.sheet .fig.${line}${line === 'f' ? ':not(.ok):not(.q):not(.x):not(.none)' : ''}`)).borderBottomStyle]))"
    )
    assert styles == {"ok": "solid", "q": "dashed", "x": "double", "f": "dotted"}
    plan = page.locator(".sheet p", has_text="计划召开").last
    assert plan.locator("a.fig:not(.f)").count() == 0


def test_cards_and_places_lead_to_each_other(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/")
    dropped(page, DRAFT)
    order = [word.split()[0] for word in page.locator("#findings > .pvb > details > summary").all_inner_texts()]
    assert order[0] == "与记录不符"
    assert order[-1] == "不用核对"
    assert order.index("全文") < order.index("不用核对")
    assert page.locator("#findings").inner_text().count("合规") == 0
    broken = page.evaluate(
        "() => [...document.querySelectorAll('.sheet a.fig, .finding a.fig, .toolrow a.key, .finding a.link')]"
        ".filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.outerHTML)"
    )
    assert broken == []
    whole = page.locator("details", has=page.locator("summary", has_text="全文"))
    assert "全文没有提到" in whole.inner_text()


def test_keys_step_through_the_places_and_the_card_comes_along(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(live_server.url + "/")
    dropped(page, DRAFT)
    places = page.locator(".sheet a.fig")
    for n in (0, 1, 2):
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.id") == places.nth(n).get_attribute("id")
        card = page.locator(".finding.on")
        assert card.count() == 1
        assert f"#{card.get_attribute('id')}" == places.nth(n).get_attribute("href")
        assert card.is_visible()
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == places.nth(1).get_attribute("id")


def test_every_variant(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    for window in windows([*VARIANTS, ((320, 800), "light", "xl"), ((1366, 768), "light", "xl")]):
        turn_to(page, live_server.url, window)
        page.goto(live_server.url + "/report/check/")
        page.fill("textarea[name=text]", DRAFT)
        page.get_by_role("button", name="核对", exact=True).click()
        page.wait_for_selector(".sheet")
        look(page, window, "checked")


def test_what_is_kept_in_every_variant(cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/")
    dropped(page, DRAFT, "王家湾支部述职.docx")
    page.get_by_text("留存这次核对").click()
    assert page.get_by_label("叫什么").input_value() == "王家湾支部述职"
    page.get_by_role("button", name="留存").click()
    page.wait_for_url("**/report/kept/*/")
    make.activity(cast.branch, "committee_meeting", date(2026, 10, 9))
    run = page.url.removeprefix(live_server.url)
    look_over(page, live_server.url, {"list": "/report/kept/", "run": run}, "kept", VARIANTS)
    page.get_by_text("删去这份留存").click()
    page.get_by_role("button", name="删去").click()
    page.wait_for_url("**/report/kept/?unit=*")
    assert "还没有留存的核对" in page.locator("main").inner_text()


def test_a_phone_has_a_list_with_links_into_it_and_needs_no_script(
    cast: Cast, chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/report/check/")
    page.set_input_files("input[name=file]", [{"name": "稿.docx", "mimeType": "", "buffer": docx(*DRAFT.split("\n"))}])
    page.get_by_role("button", name="核对", exact=True).click()
    page.locator(".toolrow a.key").first.click()
    card = page.locator(".finding.x").first.bounding_box()
    assert card and 0 <= card["y"] < PHONE[1]
    page.locator(".finding.x blockquote a.fig").first.click()
    place = page.locator(".sheet a.fig.x").first.bounding_box()
    assert place and 0 <= place["y"] < PHONE[1]
    context.close()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="没有两份原始报告（../shared/seeds）：拖放原文只在有它们的地方看")
@pytest.mark.parametrize(("seed", "wanted"), [("000", "12次以上"), ("003", "20余次")])
def test_the_reports_it_began_with(seed: str, wanted: str, cast: Cast, page: Page, live_server: LiveServer) -> None:
    text = next(SEEDS.glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(live_server.url + "/")
    dropped(page, text)
    found = lines(page)
    assert any(wanted in words for words in found["f"])
    assert any("AAA" in words for words in found["f"])
    groups = [word.split()[0] for word in page.locator("#findings > .pvb > details > summary").all_inner_texts()]
    assert {"约数", "合计", "占位", "序号", "全文"} <= set(groups)
    axe(page)
    shot(page, f"checked-seed-{seed}")
