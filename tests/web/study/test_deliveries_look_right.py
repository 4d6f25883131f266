"""送学上门 as a person sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.deliveries.actions import bring
from youju.study.deliveries.values import DeliveryDraft
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARCH = date(2026, 3, 5)


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    now = make.moment(date(2026, 11, 19))
    titles = ("中国共产党党员教育管理工作条例", "土地托管服务规范", "青禾读本")
    texts = [enter_source(unit=cast.branch, draft=SourceDraft(title), by=None, at=now) for title in titles]
    roster = make.everyone(cast.branch, ("group_study",), MARCH, absent=cast.people[:2], exempt=cast.people[6:])
    make.activity(cast.branch, "group_study", MARCH, roster=roster, studied=(Said("青禾读本"),))
    draft = UnitDraft("学读本", date(2026, 3, 1), date(2026, 3, 31), source_ids=(texts[2].pk,))
    unit = add_unit(unit=cast.branch, draft=draft, by=None, at=now)
    rounds = ((date(2026, 4, 8), (0, 7), texts[2].pk), (date(2026, 9, 3), (8,), texts[0].pk))
    made = []
    for day, people, text in rounds:
        to = tuple(cast.people[index].pk for index in people)
        said = DeliveryDraft(to, day, "read", (text,), "", cast.people[3].pk, "两名志愿者", "讲了重点，留了一份要点")
        made += bring(unit=cast.branch, draft=said, by=cast.clerk, at=now)
    of = f"/study/deliveries/{cast.branch.pk}/{made[0].number}/"
    new = f"/study/deliveries/new/?unit={cast.branch.pk}&plan={unit.pk}"
    pages = {
        "list": "/study/deliveries/", "none": "/study/deliveries/?year=2025", "one": of, "withdraw": f"{of}withdraw/",
        "new": new, "unit": f"/study/units/{cast.branch.pk}/{unit.pk}/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "deliveries")


def test_a_round_is_written_down(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    sign_in(page, live_server.url, cast.clerk)
    page.goto(f"{live_server.url}/study/deliveries/new/")
    page.get_by_label(cast.people[8].name).first.check()
    page.get_by_label("送书报").check()
    page.get_by_label("别的内容").fill("全会精神")
    page.get_by_label("谁送的").select_option(label=cast.people[0].name)
    page.get_by_role("button", name="记下").click()
    page.get_by_text("送到 1 人").wait_for()
