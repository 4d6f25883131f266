"""The list: filtered by the address, paged, exported, printed, and cheap."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.activities.values import AgendaDraft, ResolutionDraft, RosterEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def held(cast: Cast) -> list[Session]:
    return [
        make.activity(cast.branch, "party_meeting", date(2025, 12, 5), title="去年大会"),
        make.activity(cast.branch, "committee_meeting", date(2026, 2, 5), title="研究年度计划"),
        make.activity(cast.branch, ("party_meeting", "theme_day"), date(2026, 9, 18), title="第三季度大会"),
        make.activity(cast.other, "party_meeting", date(2026, 9, 19), title="别人的大会"),
    ]


def titles(page: str) -> list[str]:
    return [title for title in ("去年大会", "研究年度计划", "第三季度大会", "别人的大会") if f">{title}</a>" in page]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["去年大会", "研究年度计划", "第三季度大会"]),
        ("kind=theme_day", ["第三季度大会"]),
        ("year=2026", ["研究年度计划", "第三季度大会"]),
        ("year=2026&quarter=1", ["研究年度计划"]),
        ("words=大会", ["去年大会", "第三季度大会"]),
        ("words=2025-大会-01", ["去年大会"]),
        ("words=第三 大会", ["第三季度大会"]),
        ("status=planned", []),
        ("year=abc&kind=nothing&quarter=9", ["去年大会", "研究年度计划", "第三季度大会"]),
        ("words=%25_", []),
    ],
)
def test_the_filters_stand_in_the_address(cast: Cast, held: list[Session], query: str, found: list[str]) -> None:
    page = signed_in(cast.clerk).get(f"/ledger/?{query}").content.decode()
    assert titles(page) == found
    if not found:
        assert "没有符合条件的记录" in page


def test_an_empty_ledger_says_how_to_begin(cast: Cast) -> None:
    assert "台账还是空的" in signed_in(cast.clerk).get("/ledger/").content.decode()
    assert "/ledger/new/" not in signed_in(cast.committee).get("/ledger/").content.decode()


def test_late_entry_is_shown(cast: Cast) -> None:
    make.activity(cast.branch, "party_meeting", date(2026, 9, 1), entered=make.moment(date(2026, 9, 8), 20))
    make.activity(cast.branch, "party_meeting", date(2026, 9, 2), entered=make.moment(date(2026, 9, 22), 20))
    make.activity(
        cast.branch,
        "party_meeting",
        date(2026, 3, 2),
        entered=make.moment(date(2026, 9, 22), 20),
        transcribed_from="记录本第1页",
    )
    page = signed_in(cast.clerk).get("/ledger/").content.decode()
    assert page.count("补录 ") == 1
    assert "补录 20 天后" in page
    assert "转录" in page


def test_a_superior_sees_heads_of_all_units_below(cast: Cast, held: list[Session]) -> None:
    page = signed_in(cast.superior).get("/ledger/").content.decode()
    assert titles(page) == ["去年大会", "研究年度计划", "第三季度大会", "别人的大会"]
    assert '<th scope="col">组织</th>' in page
    assert '<th scope="col">材料</th>' not in page


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_the_excel_file_holds_what_the_filter_let_through(cast: Cast, held: list[Session]) -> None:
    head, *rows = rows_of(signed_in(cast.clerk).get("/ledger/export.xlsx?year=2026").content)
    assert [row[4] for row in rows] == ["第三季度大会", "研究年度计划"]
    assert rows[0][head.index("应到")] == 9
    assert rows[0][head.index("还差")] != ""
    superior, *_ = rows_of(signed_in(cast.superior).get(f"/ledger/export.xlsx?unit={cast.branch.pk}").content)
    assert "还差" not in superior
    assert "地点" not in superior


def test_a_title_that_looks_like_a_formula_stays_a_title(cast: Cast) -> None:
    make.activity(cast.branch, "party_meeting", date(2026, 9, 1), title='=HYPERLINK("http://x","y")')
    book = load_workbook(io.BytesIO(signed_in(cast.clerk).get("/ledger/export.xlsx").content))
    cell = book.active["E2"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","y")')


def test_markup_in_a_title_is_text(cast: Cast) -> None:
    make.activity(cast.branch, "party_meeting", date(2026, 9, 1), title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in signed_in(cast.clerk).get("/ledger/").content.decode()


def full(unit: Unit, days: int) -> None:
    agenda = (AgendaDraft("一件事", resolutions=(ResolutionDraft("同意"),)),)
    for day in range(1, days + 1):
        make.activity(unit, ("committee_meeting", "theme_day"), date(2026, 9, day), agenda=agenda)


def test_a_page_costs_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    full(cast.branch, 25)
    client = signed_in(cast.clerk)
    with django_assert_max_num_queries(17) as asked:  # type: ignore[operator]
        client.get("/ledger/?year=2026")
    few = len(asked.captured_queries)
    make.activity(cast.branch, "theme_day", date(2026, 10, 1))
    with django_assert_max_num_queries(few):  # type: ignore[operator]
        client.get("/ledger/?year=2026")


def test_the_pages_turn_and_keep_the_filter(cast: Cast) -> None:
    full(cast.branch, 30)
    make.activity(cast.branch, "theme_day", date(2026, 8, 1), title="最早的一次")
    client = signed_in(cast.clerk)
    first = client.get("/ledger/?year=2026").content.decode()
    assert "共 31 条记录，第 1 / 2 页" in first
    assert "year=2026&amp;page=2" in first
    assert "最早的一次" in client.get("/ledger/?year=2026&page=2").content.decode()
    assert "第 2 / 2 页" in client.get("/ledger/?page=999").content.decode()


def test_words_do_not_tell_a_superior_who_talked_with_whom(cast: Cast) -> None:
    roster = tuple(RosterEntry(person.pk) for person in cast.people[:2])
    make.activity(cast.branch, "heart_talk", date(2026, 9, 1), title="书记与赵晚晴谈心", roster=roster)
    make.activity(cast.branch, "theme_day", date(2026, 9, 2), title="赵晚晴讲家乡变化")
    for page in ("/ledger/", "/ledger/export.xlsx"):
        query = f"{page}?unit={cast.branch.pk}&words="
        above, own = signed_in(cast.superior), signed_in(cast.clerk)
        assert numbers(own, query + "赵晚晴") == ["2026-党日-01", "2026-谈话-01"]
        assert numbers(above, query + "赵晚晴") == ["2026-党日-01"]
        assert numbers(above, query + "谈话-01") == ["2026-谈话-01"]


def numbers(client: Client, url: str) -> list[str]:
    """The records that a list or its Excel file names."""
    answer = client.get(url)
    if "xlsx" not in url:
        return sorted(set(re.findall(r">(2026-[^<]+-\d+)<", answer.content.decode())))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return sorted(str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True))
