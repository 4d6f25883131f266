"""上级要求学的 and 学习重点 as a person sees them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.records.sources.values import Said
from youju.study.curriculum.actions import adopt_template
from youju.study.points.actions import state_point
from youju.study.points.values import PointDraft
from youju.study.units.actions import plan_year, take_point
from youju.study.units.values import Pace

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast, when = standing_cast(), make.moment(date(2026, 1, 5))
    adopt_template(unit=cast.branch, by=None, at=when)
    plan_year(unit=cast.branch, year=2026, pace=Pace.WEEKLY, by=None, at=when)
    long = PointDraft(
        "学习新修订的青禾县机关党支部工作条例和上级有关部署", date(2026, 10, 1), date(2026, 12, 31), "党章党规", "青禾条例",
        "青工委〔2026〕3号", "逐条学，结合岗位写一句打算。",
    )  # fmt: skip
    drafts = (long, PointDraft("学习全会精神", date(2026, 11, 1), date(2026, 11, 30), text="全会公报"))
    first, second = (state_point(sender=cast.above, draft=draft, by=None, at=when) for draft in drafts)
    take_point(unit=cast.branch, point=second, by=None, at=when)
    make.activity(cast.branch, "group_study", date(2026, 11, 5), studied=(Said("全会公报"),))
    readers = {
        cast.clerk: {"asked": "/study/units/", "weeks": f"/study/units/plan/?unit={cast.branch.pk}&year=2027&pace=week"},
        cast.superior: {
            "list": "/notices/points/", "point": f"/notices/points/{second.pk}/", "empty": "/notices/points/?year=2027",
            "change": f"/notices/points/{first.pk}/change/", "withdraw": f"/notices/points/{first.pk}/withdraw/",
        },
    }  # fmt: skip
    for reader, pages in readers.items():
        sign_in(page, live_server.url, reader)
        look_over(page, live_server.url, pages, "points")
