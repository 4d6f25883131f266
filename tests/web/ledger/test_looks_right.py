"""Imports, 转录, prints and photos as a person sees them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from PIL import Image

from tests import make
from tests.cast import standing_cast
from tests.web.browser import look, sign_in, turn_to, windows
from tests.web.tables import table
from youju.records.activities.actions import add_evidence, plan_session
from youju.records.activities.values import AgendaDraft, ItemKind, PlanDraft, ResolutionDraft
from youju.store.actions import keep

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 11, 5)
HEAD = ["日期", "开始", "类型", "主题", "主持人", "请假人员", "议题", "群里的名字"]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def own_table(tmp_path: Path) -> Path:
    file = tmp_path / "2023年台账.xlsx"
    rows = [["2023-03-05", "14:30", "党员大会", f"第{n}次学习党章", "", "", "领学\n讨论", ""] for n in range(4)]
    bad = ["2023年", "14:30", "茶话会", "谈谈", "没这个人", "没这个人（腰痛）", "", ""]
    file.write_bytes(table(HEAD, *rows, bad, ["2023-05-05", "9点半", "支委会", "研究计划", "没这个人", "", "", ""]))
    return file


def photo(taken: str, colour: str) -> bytes:
    words, out = Image.Exif(), io.BytesIO()
    words.get_ifd(0x8769)[0x9003] = taken
    Image.new("RGB", (1200, 900), colour).save(out, "JPEG", exif=words.tobytes())
    return out.getvalue()


def test_imports_and_lines(page: Page, live_server: LiveServer, own_table: Path) -> None:
    cast = standing_cast(groups=2)

    sign_in(page, live_server.url, cast.clerk)
    for window in windows():
        turn_to(page, live_server.url, window)
        page.goto(live_server.url + "/ledger/import/")
        look(page, window, "import-choose")
        page.set_input_files("#id_file", own_table)
        page.get_by_role("button", name="检查", exact=True).click()
        page.get_by_text("还没有写入").wait_for()
        look(page, window, "import-check")
        page.get_by_label("群里的名字").select_option("place")
        page.get_by_role("button", name="按新对照再检查").click()
        page.get_by_text("还没有写入").wait_for()
        keep_button = page.get_by_role("button", name="导入这")
        if keep_button.count():  # only the first round finds anything new
            keep_button.click()
            page.get_by_text("行有问题没有导入").wait_for()
            look(page, window, "import-done")
        page.goto(live_server.url + "/ledger/transcribe/")
        page.fill("#id_book", "2023年会议记录本")
        for name, value in (("day", "2023-06-05"), ("start", "15:00"), ("kinds", "茶话会"), ("title", "学习党章")):
            page.fill(f"#id_l1-{name}", value)
        page.get_by_role("button", name="全部存入台账").click()
        page.get_by_text("有 1 行要改").wait_for()
        look(page, window, "transcribe")
        for path in ("/people/import/", "/ledger/", "/people/"):
            page.goto(live_server.url + path)
            look(page, window, f"{path.strip('/').replace('/', '-')}")


def test_photos_and_paper(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast(groups=2)
    roster = make.everyone(cast.branch, ["party_meeting"], DAY, leave=[cast.people[7]], absent=[cast.people[8]])
    agenda = (
        AgendaDraft("学习《准则》", note="领学第一章，三人发言。", kind=ItemKind.FIRST_TOPIC),
        AgendaDraft("下年计划", note="逐项讨论", resolutions=(ResolutionDraft("同意", yes=7),)),
    )
    held = make.activity(
        cast.branch, "party_meeting", DAY, title="第四季度党员大会", roster=roster, agenda=agenda,
        chair_id=cast.people[0].pk,
    )  # fmt: skip
    for caption, taken, colour in (("会场", "2026:11:05 15:30:00", "navy"), ("合影", "2026:11:05 20:10:00", "teal")):
        stored = keep(data=photo(taken, colour), by=None, at=make.moment(DAY, 21))
        proof = add_evidence(session=held, file=stored, caption=caption, by=None, at=make.moment(DAY, 21))
    draft = PlanDraft(("theme_day",), "仓储安全", make.moment(date(2026, 11, 27)), "库区", (AgendaDraft("查隐患"),))
    planned = plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY))
    record, plan = (f"/ledger/{cast.branch.pk}/{quote(session.number)}/" for session in (held, planned))
    pages = {
        "photos": record, "print": record + "print/", "signs": record + "signsheet/", "blank": plan + "signsheet/",
        "notice": plan + "notice/", "withdraw": f"{record}evidence/{proof.pk}/withdraw/", "planned": plan,
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    for window in windows():
        turn_to(page, live_server.url, window)
        for name, path in pages.items():
            page.goto(live_server.url + path)
            if name == "photos":
                page.locator(".photos img").last.scroll_into_view_if_needed()
                page.wait_for_load_state("networkidle")
                widths = page.locator(".photos img").evaluate_all("found => found.map(one => one.naturalWidth)")
                assert widths == [320, 320]
            look(page, window, name)


def test_what_is_printed_is_the_sheet(page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    cast = standing_cast(formal=60)
    held = make.activity(cast.branch, "party_meeting", DAY, title="党员大会")
    sign_in(page, live_server.url, cast.clerk)
    page.goto(f"{live_server.url}/ledger/{cast.branch.pk}/{quote(held.number)}/signsheet/")
    page.emulate_media(media="print")
    assert page.locator(".signs thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )
    page.pdf(path=tmp_path / "signs.pdf", prefer_css_page_size=True)
    assert (tmp_path / "signs.pdf").stat().st_size > 1000
