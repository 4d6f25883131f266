"""The shell and every component, as a person sees them: axe in each variant, nothing wider than the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import standing_cast
from tests.web.browser import VARIANTS, at, look, look_over, no_sideways_scroll, sign_in, turn_to, windows

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.shared.gallery"),
]

PAGES = {"home": "/", "form": "/form/", "more": "/shared/more/", "404": "/nowhere/", "400": "/refused/other/"}


def test_every_variant(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, standing_cast().clerk)
    look_over(page, live_server.url, PAGES, "", VARIANTS)


def test_sign_in_page(page: Page, live_server: LiveServer) -> None:
    standing_cast()  # without any account the page would lead to the first start
    for window in windows(VARIANTS):
        turn_to(page, live_server.url, window)
        page.goto(live_server.url + "/login/")
        look(page, window, "login")
        page.get_by_role("button", name="登录").click()
        assert page.title().startswith("错误：")
        look(page, window, "login-bad")


@pytest.mark.parametrize("width", [320, 360, 820, 1024, 1366])
def test_no_page_scrolls_sideways(width: int, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, standing_cast().clerk)
    for type_size in ("", "l", "xl"):
        at(page, live_server.url, (width, 800), "light", type_size)
        for path in ("/", "/form/", "/shared/more/", "/login/"):
            page.goto(live_server.url + path)
            no_sideways_scroll(page)
