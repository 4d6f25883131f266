"""Rhythms (频次): how often something is done. 每月召开1次, 每半月一次, 按季度, 每周五下午, 两个月至少一次, 月均2次.

Here is where a rhythm stands and how its count converts to per day, week, month, quarter or year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from youju.prose.numerals import chinese_value

_N = r"(?:\d{1,2}|[一两二三四五六七八九十]{1,2})"
_WEEKDAY = r"(?:第?[一二三四五\d]个?)?(?:周|星期)[一二三四五六日天末](?![次场期堂节个轮学讲评])"
_ANCHOR = rf"(?:的?{_WEEKDAY}|(?<=[月季年])的?(?:固定)?第[一二三四五]周(?:的?(?:周|星期)[一二三四五六日天])?|[一二三四五六日天末](?<=周.)(?![次场期堂节个轮学讲评])|(?<=期)[一二三四五六日天](?![次场期堂节个轮学讲评]))(?:上午|下午|晚上?|晨)?"
_RHYTHM = re.compile(
    rf"每(?:隔|个)?(?P<n>{_N}|半)?个?(?P<p>天|日|周|星期|旬|月|季度|季|年度|年|学期|学年)(?P<anchor>{_ANCHOR})?(?P<edge>[底初末](?!期))?"
    rf"|(?:按|逐)(?P<by>月|季度|季|周|旬|半年|年度)(?![报份]|[\u4e00-\u9fff]{{0,6}}(?:计划|方案|安排|要点|任务|目标|要求|清单))"
    rf"|(?P<avg>[月年周季日])均"
    rf"|(?<![第\d一二三四五六七八九十年至到、.\-])(?P<bare>{_N}|半)个?(?P<bp>月|季度|年|周|星期|天)"
    rf"(?=(?:至少|不少于|最少)?(?:(?:召开|开展|收看|组织|举办|集中|学习|检查|通报|更新|轮换|公开|报告|研究)?{_N}(?:次|期|场|堂|轮)|一(?:学|讲|评|主题|研判|通报|公示|督查|例会|考核|测|检|调度)))"
)
_WORD_UNITS = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "旬": "tenday", "月": "month", "季度": "quarter", "季": "quarter",
    "年度": "year", "年": "year", "学期": "term", "学年": "year", "半年": "half",
}  # fmt: skip
# What 1 per period is, as (relation, factor).
_PLAIN = {
    "day": ("per_day", 1), "week": ("per_week", 1), "tenday": ("per_month", 3), "month": ("per_month", 1),
    "quarter": ("per_quarter", 1), "year": ("per_year", 1), "term": ("per_year", 2), "half": ("per_year", 2),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm's place; ``relation`` and ``factor`` turn a count per this period into the relation's own count."""

    start: int
    end: int
    relation: str
    factor: float
    anchored: bool  # 每周五, 每月第一个周五: the day is named, the count is one
    bare: bool  # 两个月…一次: only a rhythm together with its count

    def per(self, count: float | int) -> float | int:
        value = round(count * self.factor, 4)
        return int(value) if float(value).is_integer() else value


def rhythms(text: str) -> Iterator[Rhythm]:
    """Every rhythm of a cleaned text, from left to right."""
    for found in _RHYTHM.finditer(text):
        word = found["p"] or found["by"] or found["avg"] or found["bp"]
        many = found["n"] or found["bare"]
        converted = convert(_WORD_UNITS[word], many)
        if converted is None:
            continue
        relation, factor = converted
        anchored, bare = bool(found["anchor"]), bool(found["bare"])
        yield Rhythm(found.start(), found.end(), relation, factor, anchored, bare)


def convert(period: str, many: str | None) -> tuple[str, float] | None:
    """How one time in ``many`` periods is said: 每半月 is twice a month, 每两个月 six times a year."""
    if many == "半":
        return {"month": ("per_month", 2.0), "year": ("per_year", 2.0)}.get(period)
    count = 1 if not many else int(many) if many.isdigit() else chinese_value(many)
    if not count:
        return None
    relation, factor = _PLAIN[period]
    if count == 1:
        return relation, float(factor)
    if period == "month":
        return ("per_quarter", 1.0) if count == 3 else ("per_year", 12 / count)
    if period == "week":
        return ("per_month", 2.0) if count == 2 else None
    if period == "day":
        return {10: ("per_month", 3.0), 15: ("per_month", 2.0), 7: ("per_week", 1.0)}.get(int(count))
    return relation, factor / count
