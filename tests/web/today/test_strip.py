"""What the strip of a year says of what is missing: how many of how many, in times or in members."""

from __future__ import annotations

from tests.duties.ledger import read
from youju.web.today.strip import strip_of

LEDGER = """
    2020-01-01 党员 林小满 周禾 许知远
    2026-01-01 本地 读书会 quarterly 集中学习次数 3
    2026-01-01 停用 主题党日
    2026-01-01 停用 党员大会
    2026-01-01 停用 组织生活会
    2026-01-01 停用 民主评议
    2026-01-20 记 集中学习
    2026-03-03 记 集中学习
    2026-04-03 记 集中学习
    2026-05-03 记 集中学习
    2026-06-03 记 集中学习
    2026-07-03 记 谈心谈话:林小满,周禾
"""


def test_a_period_that_wants_several_says_how_many_are_missing_of_how_many():
    standings = read(LEDGER).standings(2026, "2026-11-20")
    strip = strip_of(standings, year=2026, month=11)
    (club,) = [line for line in strip.lines if line.label == "读书会"]
    assert (club.owed, club.done, club.ripe, club.lacking) == (12, 5, 9, 4)
    assert [cell.text for cell in club.cells] == ["缺1次", "6月3日", "缺3次", "待开"]
    assert strip.lack == "到期应办 9 次，缺 4 次"
    assert strip.told == "2026年组织生活：读书会应办9次缺4次，其余按期"


def test_what_is_owed_of_each_member_is_missing_in_members():
    strip = strip_of(read(LEDGER).standings(2026, "2027-01-05"), year=2026, month=0)
    lines = {line.label: line for line in strip.lines}
    assert (lines["谈心谈话"].owed, lines["谈心谈话"].done, lines["谈心谈话"].lack) == (3, 2, "谈心谈话差1人")
    assert lines["谈心谈话"].cells[0].text == "差1人"
    assert strip.lack == "到期应办 12 次，缺 7 次；谈心谈话差 1 人；学时差 3 人"
