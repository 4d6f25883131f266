"""A stored draft in a browser: axe in each variant, a passage opened in its place, its live preview, figures by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import Cast
from tests.web.browser import DESKTOP, VARIANTS, at, look_over, sign_in
from tests.web.report.ledger import TODAY
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft
from youju.reports.drafts.values import TextDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = make.moment(TODAY)


@pytest.fixture
def draft(cast: Cast) -> Draft:
    draft = actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)
    first = draft.passages.filter(level=0).order_by("position")[0]
    actions.insert_passage(draft=draft, after=first, level=0, text="全年召开党员大会5次。", by=None, at=AT)
    for text in ("甲写的〔=支委会次数〕。", "乙写的〔=支委会次数〕。"):
        actions.edit_passage(passage=first, draft=TextDraft(text, 1), by=cast.clerk, at=AT)
    return draft


def test_every_variant(draft: Draft, cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.secretary)
    base = f"/report/draft/{draft.pk}/"
    pages = {"sheet": base, "figure": f"{base}?f=2", "check": f"{base}?tab=check&k=k1", "versions": f"{base}versions/"}
    look_over(page, live_server.url, pages, "draft", VARIANTS)


def test_a_passage_is_opened_in_its_place_and_read_while_it_is_typed(
    draft: Draft, cast: Cast, page: Page, live_server: LiveServer
) -> None:
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}/report/draft/{draft.pk}/")
    page.locator("p", has_text="全年召开党员大会5次").locator(".pen").click()
    box = page.get_by_label("这一段的文字")
    box.wait_for()
    assert page.url.endswith(f"/report/draft/{draft.pk}/")
    box.fill("召开支委会〔=支委会次数〕。")
    page.locator("#preview", has_text="召开支委会4次。").wait_for()
    box.fill("召开支委会〔=支委会次〕。")
    page.locator("#preview", has_text="是不是“支委会次数”").wait_for()
    box.fill("召开支委会〔=支委会次数〕。")
    page.get_by_role("button", name="保存").click()
    page.locator("p", has_text="召开支委会4次。").wait_for()


def test_figures_and_findings_by_key(draft: Draft, cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}/report/draft/{draft.pk}/")
    page.keyboard.press("n")
    page.locator("#panel[data-figure='1']").wait_for()
    page.keyboard.press("n")
    page.locator("#panel[data-figure='k1']").wait_for()
    assert "写了5次" in page.locator(".finding.on").inner_text()
    page.keyboard.press("p")
    page.locator("#panel[data-figure='1']").wait_for()
    page.locator("#panel .tabs a", has_text="核对").click()
    page.locator(".finding.x").get_by_role("button", name="改成").click()
    page.locator("p", has_text="全年召开党员大会1次。").wait_for()
