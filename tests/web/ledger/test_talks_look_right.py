"""The page of talks as the secretary sees it, in the sizes and themes it is read in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.records.activities.values import RosterEntry

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_matrix(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast(formal=8)
    for number, (one, other) in enumerate(((0, 1), (0, 2), (1, 3), (2, 6), (0, 7), (3, 4))):
        roster = (RosterEntry(cast.people[one].pk), RosterEntry(cast.people[other].pk))
        make.activity(cast.branch, "heart_talk", date(2026, 2 + number, 4), roster=roster, chair_id=cast.people[one].pk)
    sign_in(page, live_server.url, cast.secretary)
    look_over(page, live_server.url, {"talks": "/ledger/talks/"}, "")
