"""Whose and when (主体与时间): the period a claim speaks of, in the writer's words, and the body that acted.

A phrase resolves to days only when told the year of the report; no clock here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from youju.kit.periods import Period
from youju.prose.numerals import chinese_value
from youju.prose.scene import Scene

_CN = "一二三四五六七八九十两"
_PERIOD = re.compile(
    rf"(?P<since>(?P<sy>(?:19|20)\d\d)年(?:(?P<sm>\d{{1,2}})月(?:(?P<sd>\d{{1,2}})日)?)?(?:以来|至今|起)|(?:今年|本年度?|年初|今年年初)以来)"
    rf"|(?P<until>截至|截止到?)(?:目前|(?:(?P<uy>(?:19|20)\d\d)年)?(?P<um>\d{{1,2}})月(?:(?P<ud>\d{{1,2}})日|底|末)?)"
    rf"|(?:(?P<hy>(?:19|20)\d\d)年|今年|本年)?(?P<half>[上下])半年"
    rf"|(?:(?P<qy>(?:19|20)\d\d)年|今年|本年)?第?(?P<quarter>[一二三四1-4])季度(?!一?次)"
    rf"|(?:(?P<my>(?:19|20)\d\d)年|今年|本年)?(?P<m1>\d{{1,2}})月?[至到\-~](?P<m2>\d{{1,2}})月(?!\d)"
    rf"|(?:(?P<dy>(?:19|20)\d\d)年)?(?P<dm>\d{{1,2}})月(?P<dd>\d{{1,2}})[日号]"
    rf"|(?:(?P<ny>(?:19|20)\d\d)年|今年|本年|(?<![\dx*年]))(?P<nm>1[0-2]|0?[1-9])月(?!\d|光|报)"
    rf"|(?P<last>去年|上年度?|上一年度?)"
    rf"|(?P<year>(?:19|20)\d\d)年度?"
    rf"|(?P<many>近|过去)?(?P<n>[{_CN}]|\d)年(?P<back>来|以来)"
    rf"|(?P<this>全年|今年|本年度?|年内|过去的?一年|一年来|年度(?!学习|工作|计划|目标|任务|考核|重点|培训|报告|总结|述职|党建)|当年|一年以来|本学年)"
    rf"|(?P<event>[\u4e00-\u9fff]{{2,10}}以来)"
    rf"|(?P<today>目前|至今|现已|现有|已累计)"
)
_CENTRE = re.compile(r"(?:理论学习|党委|党组)?(?:理论)?(?:学习)?中心组")
_OTHER_SUBJECT = re.compile(r"(?:^|[，。；、])(?:各?党?支部|全体党员|党员干部|支委会|支部党员|各支部|班子成员|我(?!单位))")


@dataclass(frozen=True, slots=True)
class PeriodPhrase:
    """The period as written. ``sort``: this_year named_year last_year span half quarter month months day to_date."""

    text: str
    sort: str
    year: int | None = None
    first: tuple[int, int] | None = None  # month, day
    last: tuple[int, int] | None = None

    def resolve(self, *, year: int, until: date) -> Period | None:
        """The days meant, in a report on ``year`` dated ``until``; None when the phrase names no days."""
        own = self.year if self.year is not None else year - 1 if self.sort == "last_year" else year
        try:
            if self.sort in ("this_year", "named_year", "last_year"):
                return Period.year(own)
            if self.sort == "half":
                return Period.half(own, 1 if self.first == (1, 1) else 2)
            if self.sort in ("quarter", "month", "months", "day") and self.first and self.last:
                end = Period.month(own, self.last[0]).end if self.last[1] == 31 else date(own, *self.last)
                return Period(date(own, *self.first), end)
            if self.sort == "span" and self.first:
                start = date(own, *self.first)
                return Period(start, until) if start <= until else None
        except ValueError:  # 2月30日 and the like
            return None
        return Period.year(year) if self.sort in ("to_date", "span") else None


def period_of(s: Scene) -> PeriodPhrase | None:
    """The nearest period phrase left of the quantity in its sentence."""
    nearest = None
    for found in _PERIOD.finditer(s.text, s.sentence_start, s.start):
        if found["event"] and not _event(found["event"]):
            continue
        if found["today"] and nearest is not None:
            continue
        nearest = found
    return None if nearest is None else _phrase(nearest)


def carried(s: Scene, before: tuple[int, PeriodPhrase] | None) -> PeriodPhrase | None:
    """The period said earlier in the same paragraph (今年以来，…。…) holds until another is said."""
    if before is None or before[1].sort in ("day", "to_date", "month"):
        return None
    at, phrase = before
    return phrase if s.start - at <= 400 and s.text.find("\n", at, s.start) < 0 else None


def _event(words: str) -> bool:
    return not words.startswith(("长期", "一直", "历来", "近年", "多年", "自古"))


def _phrase(m: re.Match[str]) -> PeriodPhrase:
    text = m[0]
    if m["since"]:
        year = int(m["sy"]) if m["sy"] else None
        return PeriodPhrase(text, "span", year, (int(m["sm"] or 1), int(m["sd"] or 1)))
    if m["until"] or m["today"]:
        return PeriodPhrase(text, "to_date", int(m["uy"]) if m["uy"] else None)
    if m["half"]:
        return PeriodPhrase(text, "half", _year(m["hy"]), (1, 1) if m["half"] == "上" else (7, 1), (6, 30) if m["half"] == "上" else (12, 31))
    if m["quarter"]:
        quarter = int(m["quarter"]) if m["quarter"].isdigit() else int(chinese_value(m["quarter"]) or 1)
        return PeriodPhrase(text, "quarter", _year(m["qy"]), (quarter * 3 - 2, 1), (quarter * 3, 31))
    if m["m1"]:
        return PeriodPhrase(text, "months", _year(m["my"]), (int(m["m1"]), 1), (int(m["m2"]), 31))
    if m["dm"]:
        day = (int(m["dm"]), int(m["dd"]))
        return PeriodPhrase(text, "day", _year(m["dy"]), day, day)
    if m["nm"]:
        return PeriodPhrase(text, "month", _year(m["ny"]), (int(m["nm"]), 1), (int(m["nm"]), 31))
    if m["last"]:
        return PeriodPhrase(text, "last_year")
    if m["year"]:
        return PeriodPhrase(text, "named_year", int(m["year"]))
    if m["this"] or (m["back"] == "来" and m["n"] in ("一", "1") and not m["many"]):
        return PeriodPhrase(text, "this_year")
    return PeriodPhrase(text, "span")


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def owner_of(s: Scene) -> str | None:
    """中心组 when the sentence has made the 理论学习中心组 its subject and no other body has taken over."""
    left = s.text[s.sentence_start : min(s.clause_end, s.end + 12)]
    named = list(_CENTRE.finditer(left))
    if not named or _OTHER_SUBJECT.search(left, named[-1].end()):
        return None
    return "中心组"
