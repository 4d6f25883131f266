"""知识竞赛 as a person sees it: the list, the questions, the form, and the wall."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.study.making import questions
from tests.web.browser import look_over, sign_in
from youju.study.contests.actions import draw
from youju.study.contests.values import ContestDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 20)


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    questions(cast.branch, 6, of="支部党员大会表决时，赞成人数要超过哪一个数的半数才算通过？")
    draft = ContestDraft("支部工作条例知识竞赛", TODAY, 4)
    contest = draw(unit=cast.branch, draft=draft, seed="3fa91c02", by=None, at=make.moment(TODAY))
    of = f"/study/contests/{cast.branch.pk}/{contest.pk}/"
    pages = {
        "list": "/study/contests/", "new": "/study/contests/new/", "contest": of, "drop": of + "drop/",
        "wall": of + "screen/2/", "told": of + "screen/2/?show=1",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "contests")
