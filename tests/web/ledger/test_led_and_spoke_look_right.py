"""谁领学、谁发言 as a person sees it: the fold in the form, ticked with a thumb, and the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import PHONE, at, look_over, sign_in
from youju.records.activities.models import Session
from youju.records.activities.values import GuestDraft, GuestKind

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 11, 5)


def test_the_form_and_the_record(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast(formal=12)
    roster = make.everyone(cast.branch, ("group_study",), DAY)
    roster = tuple(replace(row, led=place == 0, spoke=place in (1, 4, 5)) for place, row in enumerate(roster))
    guests = (GuestDraft(GuestKind.INVITED, "柯来宾", "县委党校", lectured=True),)
    session = make.activity(cast.branch, "group_study", DAY, title="学党章", roster=roster, guests=guests)
    record = f"/ledger/{cast.branch.pk}/{session.number}/"
    pages = {
        "entry": f"/ledger/new/?kinds=group_study&led={cast.people[3].pk}",
        "record": record,
        "correct": record + "correct/",
    }
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "voices")


def test_ticked_on_a_phone(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast()
    sign_in(page, live_server.url, cast.clerk)
    at(page, live_server.url, PHONE, "light", "")
    page.goto(f"{live_server.url}/ledger/new/?kinds=seminar&on=2026-11-05")
    page.get_by_text("谁领学、谁发言").click()
    page.get_by_label(f"发言：{cast.people[2].name}", exact=True).check()
    page.locator("#id_title").fill("谈体会")
    page.locator("#id_start").fill("14:30")
    page.locator(".actbar button").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    assert [row.member for row in Session.objects.get().roster.filter(spoke=True)] == [cast.people[2]]
