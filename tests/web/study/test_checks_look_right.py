"""自学抽查 as a person sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look_over, sign_in
from youju.study.spotchecks.actions import draw, drop, hold
from youju.study.spotchecks.values import HeldDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    how = {"unit": cast.branch, "by": None}
    spring = draw(size=4, seed="3fa91c02", at=make.moment(date(2026, 5, 12)), **how)  # type: ignore[arg-type]
    met = tuple(spring.places.filter(picked=True).values_list("member_id", flat=True))
    when = make.moment(date(2026, 5, 15))
    said = HeldDraft(when, cast.people[0].pk, met[:3], "笔记都有摘录，体会写得少，下季度由领学人带着补")
    hold(check=spring, draft=said, revision=1, by=None, at=when)
    day = make.moment(date(2026, 11, 19))
    drop(check=draw(size=3, seed="00c0ffee", at=day, **how), revision=1, reason="有一名党员当天转出", by=None, at=day)  # type: ignore[arg-type]
    autumn = draw(size=3, seed="5be77a10", at=make.moment(date(2026, 11, 20)), **how)  # type: ignore[arg-type]
    of = f"/study/checks/{cast.branch.pk}/"
    pages = {
        "list": "/study/checks/", "held": f"{of}{spring.pk}/", "drawn": f"{of}{autumn.pk}/", "hold": f"{of}{autumn.pk}/hold/",
        "drop": f"{of}{autumn.pk}/drop/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "checks")
