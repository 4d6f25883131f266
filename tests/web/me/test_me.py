"""A member reads everything that is kept of him and takes it along."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.web.me.pages import ROOMS, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast(groups=2)
    day = date(2026, 11, 5)
    roster = make.everyone(cast.branch, ["party_meeting"], day, leave=[cast.people[-1]])
    make.activity(cast.branch, "party_meeting", day, title="第四季度大会", roster=roster)
    make.activity(cast.branch, "theme_day", date(2026, 11, 6), title="仓储安全", lecturer_id=cast.people[-1].pk)
    return cast


def test_he_reads_where_he_was(cast: Cast) -> None:
    page = signed_in(cast.member).get("/me/").content.decode()
    assert "应参加 2 次，到会 1 次" in page
    assert page.index("仓储安全") < page.index("第四季度大会")  # latest first
    for said in ("2026-党日-01", "请假", "正式党员", "第一党小组", "授课"):
        assert said in page
    assert cast.people[0].name not in page


def test_of_many_rows_the_page_shows_the_latest_and_leads_to_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.web.me.pages.MOST_ROWS", 1)
    client = signed_in(cast.member)
    page = client.get("/me/").content.decode()
    assert "仓储安全" in page and "第四季度大会" not in page
    assert "更早的还有 1 条" in page and "应参加 2 次，到会 1 次" in page and 'class="aside">2 条' in page
    whole = client.get("/me/?all").content.decode()
    assert "第四季度大会" in whole and "更早的还有" not in whole
    assert len(json.loads(client.get("/me/export.json").content)["到会情况"]) == 2


def test_he_takes_it_along(cast: Cast) -> None:
    client = signed_in(cast.member)
    kept = json.loads(client.get("/me/export.json").content)
    assert set(kept) == set(everything(cast.people[-1]))
    assert kept["到会情况"][0]["日期"] == "2026-11-05"
    book = load_workbook(io.BytesIO(client.get("/me/export.xlsx").content))
    assert "到会情况" in book.sheetnames


def test_an_account_that_is_nobodys_own_says_so(cast: Cast) -> None:
    assert "没有关联党员" in signed_in(cast.clerk).get("/me/").content.decode()


def test_every_room_that_keeps_something_of_a_member_is_asked() -> None:
    assert {about.__module__ for about in ROOMS} >= {
        "youju.people.queries",
        "youju.records.queries",
        "youju.study.queries",
    }
