"""A joint meeting as both clerks see it: the search, the record that waits, the other home page, the list and the answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.browser import axe, look_over, shot, sign_in
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.joining.actions import ask, confirm, decline
from youju.records.joining.models import Invitation

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY, AT = date(2026, 11, 5), make.moment(date(2026, 11, 6))


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


def asked(cast: Cast, title: str, unit: Unit) -> tuple[Session, Invitation]:
    session = make.activity(cast.branch, ("theme_day", "party_lecture"), DAY, title=title)
    return session, ask(session=session, unit_id=unit.pk, by=cast.clerk, at=AT)


def test_both_sides(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast(groups=2)
    far = make.unit(name="山口村党支部", parent=cast.above)
    session, waiting = asked(cast, "两支部到粮库学消防", cast.other)
    row = ask(session=session, unit_id=far.pk, by=None, at=AT)
    decline(invitation=row, word="那天有换届", by=None, at=AT)
    held, joined = asked(cast, "两支部清理河道", cast.other)
    roster = make.everyone(cast.other, ("theme_day",), DAY)
    confirm(invitation=joined, revision=held.revision, roster=roster, by=cast.other_clerk, at=AT)
    whole = f"/ledger/{cast.branch.pk}/{session.number}/"
    host = {"record": whole, "search": f"{whole}joining/?words=支部", "correct": f"{whole}correct/"}
    other = {
        "home": "/",
        "ledger": "/ledger/",
        "list": "/ledger/joint/",
        "answer": f"/ledger/joint/{waiting.pk}/",
        "decline": f"/ledger/joint/{waiting.pk}/decline/",
        "part": f"/ledger/joint/{joined.pk}/",
        "withdraw": f"/ledger/joint/{joined.pk}/withdraw/",
    }
    for who, pages in ((cast.clerk, host), (cast.other_clerk, other)):
        sign_in(page, live_server.url, who)
        look_over(page, live_server.url, pages, "")


def test_units_are_found_where_one_types(page: Page, live_server: LiveServer) -> None:
    """What was typed stays, the fold stays open, and what is ticked stays ticked through another search."""
    cast = standing_cast(groups=2)
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/ledger/new/?kinds=theme_day&on=2026-11-05")
    page.locator("#id_title").fill("两支部到粮库学消防")
    page.get_by_text("其他组织也参加了").click()
    page.locator("#id_ask_words").fill("柳溪")
    page.get_by_role("button", name="找组织").click()
    page.get_by_text(cast.other.name).click()
    page.locator("#id_ask_words").fill("没有的")
    page.get_by_role("button", name="找组织").click()
    page.get_by_text("没有找到").wait_for()
    assert page.locator("input[name=ask]").is_checked()
    assert page.locator("#id_title").input_value() == "两支部到粮库学消防"
    axe(page)
    shot(page, "asking-new")
