"""相似 in a browser: axe in each variant, passages by key with their cards, on a draft and on a report handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import Cast
from tests.library.making import document
from tests.web.browser import VARIANTS, look_over, sign_in
from tests.web.report.ledger import TODAY
from youju.library.documents.values import Origin
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = make.moment(TODAY)
COPIED = "春耕时节把农资送到村口，一户一户问缺什么、要多少，当天登记当天配送，一户也没有落下"
OTHER = "夏粮收购期间仓库每晚留人值守，早晚各查一遍温湿度，查到的都写进台账"
FORMULA = "深入学习贯彻习近平新时代中国特色社会主义思想"


@pytest.fixture
def draft(cast: Cast) -> Draft:
    for number, (year, origin) in enumerate(((2025, Origin.WEB), (2023, Origin.SUPERIOR), (None, Origin.OWN))):
        document(
            f"第{number}篇：{FORMULA}。{COPIED}。",
            title=f"供销合作社系统春耕农资保供工作情况的总结之{number}",
            year=year,
            origin=origin,
        )
    document(f"另一篇：{OTHER}。", title="粮库值守经验", year=2024)
    return written(cast, f"{FORMULA}，我们{COPIED}。另外，{OTHER}。", branch=True)


def written(cast: Cast, text: str, *, branch: bool) -> Draft:
    unit, by = (cast.branch, cast.clerk) if branch else (cast.other, cast.other_clerk)
    draft = actions.start(unit=unit, year=2026, as_of=TODAY, by=by, at=AT)
    first = draft.passages.filter(level=0).order_by("position")[0]
    actions.insert_passage(draft=draft, after=first, level=0, text=text, by=None, at=AT)
    return draft


def test_a_draft_in_every_variant(draft: Draft, cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.secretary)
    everything = f"/report/draft/{draft.pk}/?tab=alike"
    look_over(page, live_server.url, {"all": everything, "one": f"{everything}&k=l1"}, "alike", VARIANTS)


def test_passages_by_key_with_their_cards(draft: Draft, cast: Cast, page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server.url, cast.clerk)
    page.goto(f"{live_server.url}/report/draft/{draft.pk}/")
    page.get_by_role("link", name="相似").click()
    page.locator("#kl1").wait_for()
    page.wait_for_load_state("load")  # the keys come with the scripts
    page.keyboard.press("n")
    page.locator("#kl1.on").wait_for()
    assert page.evaluate("document.activeElement.id") == "cl1"
    page.locator("#cl2").click()
    page.locator("#kl2.on").wait_for()
    assert page.locator("#cl2.on").count() == 1 and page.locator("#cl1.on").count() == 0


def test_a_report_handed_in_in_every_variant(cast: Cast, page: Page, live_server: LiveServer) -> None:
    for text, branch in ((f"我们{COPIED}，这是我们自己的做法。", True), (f"他们也{COPIED}，那是他们的说法。", False)):
        row = written(cast, text, branch=branch)
        actions.finalise(draft=row, base=Draft.objects.get(pk=row.pk).version, by=cast.secretary, at=AT)
        handed = actions.hand_in(draft=row, by=cast.secretary, at=AT)
    sign_in(page, live_server.url, cast.superior)
    look_over(page, live_server.url, {"handed": f"/report/handed/{handed.pk}/?tab=alike"}, "alike", VARIANTS)
