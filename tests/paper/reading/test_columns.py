"""What columns mean: headings by synonym, days and hours as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from youju.paper.reading.columns import CellFault, Column, Line, guess, heading_row, headings, lines, shown
from youju.paper.reading.sheet import FORMULA, Sheet, SheetRow

COLUMNS = (
    Column("day", "日期", ("会议日期", "时间"), kind="day", needed=True),
    Column("start", "开始", ("开始时间",), kind="hour"),
    Column("title", "主题", ("会议名称",)),
)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (44990.0, date(2023, 3, 5)),
        (44990.6, date(2023, 3, 5)),
        ("2023-03-05", date(2023, 3, 5)),
        ("2023/3/5", date(2023, 3, 5)),
        ("2023.3.5", date(2023, 3, 5)),
        ("2023年3月5日", date(2023, 3, 5)),
        ("2023 年 3 月 5 日 14:30", date(2023, 3, 5)),
        ("２０２３－０３－０５", date(2023, 3, 5)),
        ("20230305", date(2023, 3, 5)),
        (20230305.0, date(2023, 3, 5)),
        (None, None),
    ],
)
def test_a_day(cell: object, meant: date | None) -> None:
    assert Line(1, {"day": cell}).day("day") == meant  # type: ignore[dict-item]


def test_a_day_of_an_old_macintosh() -> None:
    assert Line(1, {"day": 43528.0}, from_1904=True).day("day") == date(2023, 3, 5)


@pytest.mark.parametrize("cell", ["2023-02-30", "三月五日", "2023", "3-5", 1e300, float("inf"), -1e9, FORMULA])
def test_no_day(cell: object) -> None:
    with pytest.raises(CellFault):
        Line(1, {"day": cell}).day("day")  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (0.6041666667, time(14, 30)), (44990.604166667, time(14, 30)), (0.0, time(0, 0)), ("14:30", time(14, 30)),
        ("14：30", time(14, 30)), ("14:30:00", time(14, 30)), ("9点", time(9, 0)), ("9点半", time(9, 30)),
        ("下午2:30", time(14, 30)), ("下午2点半", time(14, 30)), ("14时5分", time(14, 5)), ("晚上7点", time(19, 0)), (None, None),
    ],
)  # fmt: skip
def test_an_hour(cell: object, meant: time | None) -> None:
    assert Line(1, {"start": cell}).hour("start") == meant  # type: ignore[dict-item]


@pytest.mark.parametrize("cell", ["下午", "25:00", "14:75", "两点", FORMULA])
def test_no_hour(cell: object) -> None:
    with pytest.raises(CellFault):
        Line(1, {"start": cell}).hour("start")  # type: ignore[dict-item]


def test_headings_are_known_by_their_synonyms() -> None:
    assert guess(["会议 日期*", "开始时间（24小时）", "会议名称", "备注"], COLUMNS, {}) == ("day", "start", "title", "")


def test_a_column_is_taken_once_and_what_was_settled_wins() -> None:
    assert guess(["时间", "日期"], COLUMNS, {}) == ("day", "")
    assert guess(["时间", "日期"], COLUMNS, {"时间": "start"}) == ("start", "day")
    assert guess(["时间", "日期"], COLUMNS, {"时间": ""}) == ("", "day")
    assert guess(["时间", "日期"], COLUMNS, {"时间": "no_such_column"}) == ("", "day")


def test_headings_may_stand_below_a_title() -> None:
    rows = (
        SheetRow(1, ("2023年会议台账",)),
        SheetRow(3, ("日期", "主题")),
        SheetRow(4, ("示例", "学习")),
        SheetRow(5, (44990.0, "学习")),
    )
    sheet = Sheet(rows)
    after = heading_row(sheet, COLUMNS, {})
    assert after == 1
    meant = guess(headings(sheet.rows[after]), COLUMNS, {})
    assert [line.number for line in lines(sheet, after=after, meant=meant)] == [5]


def test_cells_are_shown_as_excel_shows_them() -> None:
    assert [shown(44990.0, "day"), shown(0.6041666667, "hour"), shown(22.0, "text"), shown(FORMULA, "text"), shown(None, "day")] == [
        "2023-03-05", "14:30", "22", "（公式）", "",
    ]  # fmt: skip
