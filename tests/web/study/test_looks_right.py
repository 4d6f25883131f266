"""The pages of 学习 as a person sees them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import DESKTOP, PHONE, at, axe, no_sideways_scroll, shot, sign_in
from youju.records.facets.values import Facets
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(DESKTOP, "light", ""), (PHONE, "dark", ""), (PHONE, "light", ""), (PHONE, "light", "xl")]


def test_every_page(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast()
    parts = tuple(f"第{n}章" for n in range(1, 8))
    draft = SourceDraft("青禾县供销合作社改革发展学习读本（第二辑）", "book", parts=parts)
    enter_source(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 1, 5)))
    for month in range(1, 11):
        facets = Facets(topics=(("廉政", "乡村振兴", "安全生产")[month % 3],))
        said = (Said(draft.title, parts[month % 5]),)
        make.activity(cast.branch, "group_study", date(2026, month, 5), facets=facets, studied=said)
    pages = {"index": "/study/", "empty": "/study/?year=2024"}
    sign_in(page, live_server.url, cast.clerk)
    for size, theme, type_size in LOOKS:
        at(page, live_server.url, size, theme, type_size)
        for name, path in pages.items():
            page.goto(live_server.url + path)
            axe(page)
            no_sideways_scroll(page)
            shot(page, f"study-{name}-{size[0]}-{theme}{'-' + type_size if type_size else ''}")
