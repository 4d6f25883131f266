"""Prints and downloads of the ledger: what stands on the sheet, and who may have it."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.records.activities.actions import plan_session
from youju.records.activities.models import Session
from youju.records.activities.values import AgendaDraft, PlanDraft

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def planned(cast: Cast, *kinds: str) -> Session:
    draft = PlanDraft(kinds, "仓储安全", make.moment(date(2026, 11, 27)), "库区", (AgendaDraft("查隐患"),))
    return plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY))


def page(cast: Cast, session: Session, name: str) -> str:
    answer = signed_in(cast.committee).get(f"/ledger/{session.ledger_id}/{session.number}/{name}/")
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_form_and_nothing_else(cast: Cast) -> None:
    roster = make.everyone(cast.branch, ["theme_day"], DAY, leave=[cast.people[8]])
    held = make.activity(cast.branch, "theme_day", DAY, title="查隐患", roster=roster)
    text = page(cast, held, "print")
    assert "查隐患" in text and f"{cast.people[8].name}（公出）" in text and "主持人签字" in text
    assert "<nav" not in text and "<button" not in text and "<form" not in text and "<script" not in text


def test_the_sheet_of_a_held_session_says_who_came(cast: Cast) -> None:
    roster = make.everyone(cast.branch, ["theme_day"], DAY, leave=[cast.people[8]])
    text = page(cast, make.activity(cast.branch, "theme_day", DAY, roster=roster), "signsheet")
    assert text.count("<td>到</td>") == 8
    assert "<td>公出</td>" in text and "党小组" in text


def test_the_sheet_of_a_planned_session_is_empty(cast: Cast) -> None:
    text = page(cast, planned(cast, "theme_day"), "signsheet")
    assert all(person.name in text for person in cast.people)
    assert "<td>到</td>" not in text
    assert text.count("<tr>") == 1 + 9 + 5


def test_where_nobody_is_expected_by_name_lines_are_empty(cast: Cast) -> None:
    text = page(cast, planned(cast, "visit"), "signsheet")
    assert cast.people[0].name not in text
    assert text.count("<tr>") == 1 + 20


def test_the_notice_says_when_where_and_what(cast: Cast) -> None:
    text = page(cast, planned(cast, "committee_meeting"), "notice")
    for said in (
        "关于召开支委会的通知",
        "各位委员",
        "2026年11月27日（周五）15:00在库区",
        "1．查隐患",
        "2026年11月20日",
    ):
        assert said in text, said
    held = make.activity(cast.branch, "theme_day", DAY)
    answer = signed_in(cast.clerk).get(f"/ledger/{held.ledger_id}/{held.number}/notice/")
    assert answer.status_code == 404


def test_a_year_is_the_one_that_the_list_shows(cast: Cast) -> None:
    make.activity(cast.branch, "theme_day", date(2025, 3, 1), title="去年的")
    make.activity(cast.branch, "theme_day", DAY, title="今年的")
    client = signed_in(cast.clerk)
    assert "/ledger/year.docx?year=2025" in client.get("/ledger/?year=2025&status=held").content.decode()
    found = {
        year: "".join(c.text for t in docx.Document(io.BytesIO(client.get(url).content)).tables for c in t._cells)
        for year, url in ((2025, "/ledger/year.docx?year=2025"), (2026, "/ledger/year.docx"))
    }
    assert "去年的" in found[2025] and "今年的" not in found[2025]
    assert "今年的" in found[2026] and "去年的" not in found[2026]
    assert client.get("/ledger/year.docx?year=1200").status_code == 400


def test_a_record_comes_in_both_layouts(cast: Cast) -> None:
    held = make.activity(cast.branch, "theme_day", DAY)
    client = signed_in(cast.committee)
    where = f"/ledger/{held.ledger_id}/{held.number}/"
    text = client.get(where).content.decode()
    assert "record.docx?preset=branch" in text
    tops = [
        docx.Document(io.BytesIO(client.get(where + f"record.docx{query}").content)).sections[0].top_margin.mm
        for query in ("", "?preset=branch", "?preset=none")
    ]
    assert [round(top) for top in tops] == [37, 25, 37]


def test_the_superior_is_offered_no_paper(cast: Cast) -> None:
    held = make.activity(cast.branch, "theme_day", DAY)
    client = signed_in(cast.superior)
    assert "year.docx" not in client.get(f"/ledger/?unit={cast.branch.pk}").content.decode()
    assert "record.docx" not in client.get(f"/ledger/{held.ledger_id}/{held.number}/").content.decode()
