"""In the largest type a phone has room for three tabs, and 更多 is one of them for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import standing_cast
from tests.web.browser import PHONE, at, no_sideways_scroll, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_everybody_reaches_more_and_signing_out(phone: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    for who in (cast.clerk, cast.committee, cast.superior, cast.member):
        sign_in(phone, live_server.url, who)
        at(phone, live_server.url, PHONE, type="xl")
        phone.goto(live_server.url + "/")
        tabs = phone.locator(".tabbar a:visible")
        assert tabs.count() <= 3, who
        assert tabs.last.inner_text().strip() == "更多", who
        no_sideways_scroll(phone)
