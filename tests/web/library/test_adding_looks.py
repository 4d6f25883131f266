"""The library in the browser: accessible in every look, and a ZIP watched from the first file to the last."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import standing_cast
from tests.library.intake.making import packed, report
from tests.library.making import AT, DAY, document
from tests.web.browser import look_over, sign_in
from youju.library.documents.values import Origin, Span
from youju.library.entitlements.actions import issue
from youju.library.intake import tasks
from youju.library.intake.receiving import receive_files
from youju.library.models import Document

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLEANED = "青禾支部总结\n一、做法\n走访社员＿＿户。\n更多精品公文范文请关注公众号\n"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    settings.DATA = tmp_path


def test_every_page_of_it(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    words = {"unit": cast.branch, "origin": Origin.OWN, "by": cast.clerk, "at": AT}
    files = [("总结.txt", [CLEANED.encode()]), ("旧稿.doc", [b"\0\0"])]
    done = tasks.go_on(receive_files(files=files, token="一页", **words), at=AT)  # type: ignore[arg-type]
    paths = {
        "add": "/library/add/", "paste": "/library/paste/", "intakes": "/library/intakes/",
        "intake": f"/library/intakes/{done.pk}/", "document": f"/library/{Document.objects.get().pk}/",
    }  # fmt: skip
    _look_at(page, live_server.url, cast.clerk, paths)


def test_every_page_of_who_searches_and_who_keeps(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    for number in range(25):
        document(f"第{number}篇走访总结。走访农户{number}户，帮着解决了难题。", title=f"走访总结第{number}篇")
    document("走访的底稿。受限的一句在这里。", restricted=(Span(6, 14),))
    issue(quota=3, until=date(2027, 1, 1), note="驻村工作队", by=cast.admin, at=AT)
    _look_at(
        page,
        live_server.url,
        cast.clerk,
        {"search": "/library/?q=走访", "all": "/library/", "saved": "/library/saved/"},
    )
    kept = {"codes": "/library/codes/", "issue": "/library/codes/new/", "downloads": "/library/downloads/"}
    _look_at(
        page, live_server.url, cast.admin, {**kept, "describe": f"/library/{Document.objects.first().pk}/describe/"}
    )


def _look_at(page: Page, base: str, user: Any, paths: dict[str, str]) -> None:
    sign_in(page, base, user)
    look_over(page, base, paths, "library")


def test_a_zip_is_watched_until_its_last_file(
    page: Page, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "A_TURN", 10)
    (tmp_path / "一年.zip").write_bytes(packed({f"{n}.txt": report(n) for n in range(30)}))
    sign_in(page, live_server.url, standing_cast().clerk)
    page.goto(live_server.url + "/library/add/")
    page.set_input_files("input[type=file]", str(tmp_path / "一年.zip"))
    page.click("text=放进去")
    page.wait_for_selector("text=入库 30 篇。", timeout=60_000)
    assert page.locator("progress").count() == 0
    assert Document.objects.count() == 30
