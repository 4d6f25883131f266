"""A record and a year on paper: what stands in them, the same bytes each time, and quick."""

from __future__ import annotations

import io
import time
from datetime import date, timedelta

import docx
import pytest

from tests import make
from tests.cast import standing_cast
from youju.kit.refusal import Refusal
from youju.paper.writing import PRESETS
from youju.records.activities.actions import cancel_session, plan_session
from youju.records.activities.onpaper import record_docx, year_docx
from youju.records.activities.queries import find
from youju.records.activities.values import AgendaDraft, ItemKind, PlanDraft, ResolutionDraft

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 5)
AGENDA = (
    AgendaDraft("学习《准则》", note="领学并讨论\n三人发言", kind=ItemKind.FIRST_TOPIC),
    AgendaDraft("年度计划", resolutions=(ResolutionDraft("同意", yes=7, abstain=1),)),
)


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def cells(data: bytes, number: int = 0) -> list[str]:
    table = opened(data).tables[number]
    return [cell.text for row in table.rows for cell in row.cells]


def test_a_record_is_the_bordered_form() -> None:
    cast = standing_cast()
    roster = make.everyone(cast.branch, ["party_meeting"], DAY, leave=[cast.people[8]])
    held = make.activity(
        cast.branch, "party_meeting", DAY, title="讨论年度计划", roster=roster, agenda=AGENDA, outcome="已落实",
        chair_id=cast.people[0].pk, transcribed_from="2025年记录本第3页",
    )  # fmt: skip
    session = find(cast.branch, held.number)
    assert session is not None
    found = cells(record_docx(session))
    for said in (
        "2025-大会-01", "2025年3月5日 15:00—17:00", "讨论年度计划", cast.people[0].name, "9人", "8人（有表决权 8/9）",
        f"{cast.people[8].name}（公出）", "学习《准则》\n领学并讨论\n三人发言", "第一议题",
        "年度计划\n决议：同意（赞成7，反对0，弃权1，通过）", "已落实", "2025年记录本第3页", "主持人签字",
    ):  # fmt: skip
        assert said in found, said
    foot = [p.text for p in opened(record_docx(session)).paragraphs]
    assert any("第1次修订　校验 " in line for line in foot)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_same_record_gives_the_same_bytes(preset: object) -> None:
    cast = standing_cast()
    held = make.activity(cast.branch, "theme_day", DAY)
    session = find(cast.branch, held.number)
    assert session is not None
    assert record_docx(session, preset=preset) == record_docx(session, preset=preset)  # type: ignore[arg-type]


def test_what_was_not_held_has_no_form() -> None:
    cast = standing_cast()
    at = make.moment(DAY)
    plan = plan_session(
        unit=cast.branch, draft=PlanDraft(("theme_day",), "植树", at + timedelta(days=3)), by=None, at=at
    )
    with pytest.raises(Refusal):
        record_docx(plan)
    cancel_session(session=plan, reason="改期", by=None, at=at)
    assert len(opened(year_docx(cast.branch, 2025)).tables) == 0


def test_a_year_lists_its_months_and_gives_each_record_a_page() -> None:
    cast = standing_cast(groups=2)
    first = make.activity(cast.branch, "party_meeting", date(2025, 1, 9))
    second = make.activity(cast.groups[0], "group_meeting", date(2025, 1, 20))
    third = make.activity(cast.branch, "party_lecture", date(2025, 7, 1))
    make.activity(cast.branch, "party_lecture", date(2024, 12, 31))
    make.activity(cast.other, "party_lecture", date(2025, 7, 2))
    document = opened(year_docx(cast.branch, 2025))
    titles = [p.text for p in document.paragraphs if p.style.name == "Table Title"]
    assert titles == ["1月（2次）", "7月（1次）"]
    listed = [row.cells[0].text for table in document.tables[:2] for row in table.rows[1:]]
    assert listed == [first.number, second.number, third.number]
    forms = [p for p in document.paragraphs if p.style.name == "Form Title"]
    assert len(forms) == 3
    assert all(p.paragraph_format.page_break_before for p in forms)
    assert [table.rows[0].cells[1].text for table in document.tables[2:]] == listed


def test_a_full_year_takes_less_than_a_second_of_cpu() -> None:
    cast = standing_cast(formal=30)
    for number in range(230):
        make.activity(cast.branch, "party_meeting", date(2025, 1, 1) + timedelta(days=number), agenda=AGENDA)
    began = time.process_time()
    data = year_docx(cast.branch, 2025)
    took = time.process_time() - began
    print(f"230 records: {took:.2f} s of CPU, {len(data) // 1024} KB")
    assert len(opened(data).tables) > 230
    assert took < 1.0
