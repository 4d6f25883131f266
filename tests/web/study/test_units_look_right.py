"""学习安排 as a person sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.records.facets.values import Facets
from youju.study.curriculum.actions import adopt_template
from youju.study.units.actions import plan_year

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast, when = standing_cast(), make.moment(date(2026, 1, 5))
    adopt_template(unit=cast.branch, by=None, at=when)
    units = plan_year(unit=cast.branch, year=2026, by=None, at=when)
    for unit in units[:9]:
        assert unit.topic
        day = unit.starts_on.replace(day=12)
        roster = make.everyone(cast.branch, (unit.kind,), day, absent=cast.people[:2] if unit == units[0] else ())
        make.activity(
            cast.branch, unit.kind, day, title=unit.title, roster=roster, facets=Facets(topics=(unit.topic.title[:30],))
        )
    first = f"/study/units/{cast.branch.pk}/{units[0].pk}/"
    pages = {
        "list": "/study/units/", "empty": "/study/units/?year=2027", "preview": "/study/units/plan/?year=2027&pace=week", "unit": first,
        "late": f"/study/units/{cast.branch.pk}/{units[9].pk}/", "change": first + "change/", "drop": first + "drop/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "units")
