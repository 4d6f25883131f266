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
_M = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"  # a month
_FREE = r"(?<![\d.年每第x*一二三四五六七八九十])"  # no numeral and no 每 stands before a month that has no year
_AND = "(?:[、和及与]|以及)"
_FEASTS = "七一|八一|五一|五四|三八|十一|元旦|春节|元宵|清明|端午|中秋|国庆|重阳|建党|建军|劳动|青年|妇女|两节|双节|节日|春耕|秋收|汛|寒假|暑假|暑"


def _in_year(name: str, *, needed: bool = False) -> str:
    """A year before the period's own words: 2023年, 去年, 今年; with ``name`` the number, with ``name``_l last year's."""
    return rf"(?:(?P<{name}>(?:19|20)\d\d)年度?的?|(?P<{name}_l>去年|上一?年度?)的?|(?:今年|本年)的?)" + (
        "" if needed else "?"
    )


_PERIOD = re.compile(
    rf"(?P<since>(?:(?P<sy>(?:19|20)\d\d)年(?:(?P<sm>\d{{1,2}})月(?:(?P<sd>\d{{1,2}})日)?)?|(?:(?P<sl>去年|上年)|今年|本年|{_FREE})(?P<tm>{_M})月(?:(?P<td>\d{{1,2}})日)?)份?(?:以来|至今|起)|(?:今年|本年度?|年初|今年年初)以来)"
    rf"|(?P<until>(?:截至|截止到?)(?:目前|{_in_year('uy')}(?P<um>\d{{1,2}})月(?:(?P<ud>\d{{1,2}})日|底|末)?|{_in_year('vy')}年?[底末])"
    rf"|{_in_year('wy')}(?P<wm>{_M})月(?:(?P<wd>\d{{1,2}})日|[底末])?(?:之前|前(?!后|夕|往|来|期|三))|{_in_year('xy')}年?[底末](?:之前|前(?!后|夕)))"
    rf"|{_in_year('hy')}(?P<half>[上下])半年"
    rf"|{_in_year('qy')}第?(?P<quarter>[一二三四1-4])季度(?!一?次)"
    rf"|{_in_year('my')}(?<!\d)(?P<m1>\d{{1,2}})月?[至到\-~](?P<m2>\d{{1,2}})月(?!\d)"
    rf"|(?:{_in_year('ly', needed=True)}|{_FREE})(?P<list>{_M}月?(?:{_AND}{_M}月?){{0,10}}{_AND}{_M}月)(?!\d)"
    rf"|{_in_year('dy')}(?P<dm>\d{{1,2}})月(?P<dd>\d{{1,2}})[日号]"
    rf"|(?:{_in_year('ny', needed=True)}|{_FREE})(?P<nm>{_M})月份?(?P<third>[上中下]旬|[初底末])?(?!\d|[一二三四五六七八九十]|光|报|季)"
    rf"|(?P<around>(?:{_in_year('ay', needed=True)}年?|年)(?:初(?![中级步心次衷])|[底末](?![线气座部色端])|终(?![于身端考总述奖测]))"
    rf"|岁末年初|岁末|年头岁尾|节[前后]|{_in_year('fy')}“?(?:{_FEASTS})节?”?(?:前夕|前后|期间|假期|前|后(?!续)|(?:来临|到来)?之际|当[天日]|当晚))"
    rf"|(?P<run>(?:19|20)\d\d)年?度?(?:[、和与及至到]|[—–－~～-]{{1,2}})(?P<run_last>(?:19|20)\d\d)(?:年度?|两年)"
    rf"|(?P<last>去年|上年度?|上一年度?)"
    rf"|(?P<year>(?:19|20)\d\d)年度?"
    rf"|(?P<many>近|过去)?(?P<n>[{_CN}]|\d)年(?P<back>来|以来)"
    rf"|(?:近|过去)(?P<years>[{_CN}]|\d)年"
    rf"|(?P<this>全年|今年|本年度?|年内|过去的?一年|一年来|年度(?!学习|工作|计划|目标|任务|考核|重点|培训|报告|总结|述职|党建)|当年|一年以来|本学年)"
    rf"|(?P<event>[\u4e00-\u9fff]{{2,10}}(?:以来|期间))"
    rf"|(?P<today>目前|至今|现已|现有|已累计)"
)
_POINTS = frozenset(("month", "months", "scattered", "day", "around"))  # said of one doing, not of the whole paragraph
_MONTH, _THIRDS = re.compile(_M), {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_ADVERB = re.compile(r"[^，。；：！？\n\w]{0,3}(?:份|间|里|中|内|时|以?来)?[^，。；：！？\n\w]{0,2}[，：]")
_CENTRE = re.compile(r"(?:理论学习|党委|党组)?(?:理论)?(?:学习)?中心组")
_OTHER_SUBJECT = re.compile(
    r"(?:^|[，。；、])(?:各?党?支部|全体党员|党员干部|支委会|支部党员|各支部|班子成员|我(?!单位))"
)


@dataclass(frozen=True, slots=True)
class PeriodPhrase:
    """The period as written. ``sort``: this_year named_year last_year span half quarter month months day to_date, and two
    that name no run of days: scattered (3月、9月) and around (七一前夕, 年初, 换届以来)."""

    text: str
    sort: str
    year: int | None = None
    first: tuple[int, int] | None = None  # month, day
    last: tuple[int, int] | None = None
    ago: int = 0  # 去年12月: years before the report's
    years: int = 1  # 近三年: how many years the days may lie in

    def resolve(self, *, year: int, until: date) -> Period | None:
        """The days meant, in a report on ``year`` dated ``until``; None when the phrase names no days."""
        own = self._own(year)
        try:
            if self.sort in ("this_year", "named_year", "last_year"):
                return Period.year(own)
            if self.sort == "half":
                return Period.half(own, 1 if self.first == (1, 1) else 2)
            if self.sort in ("quarter", "month", "months", "day"):
                return self._days(own)
            if self.sort == "span":
                start = date(own, *(self.first or (1, 1)))
                return Period(start, until) if start <= until else None
            if self.sort == "to_date":
                return self._days(own) if self.last else Period.year(own)
        except ValueError:  # 2月30日 and the like
            return None
        return None

    def within(self, *, year: int) -> Period | None:
        """The days between which a phrase without days must lie: of 3月、9月 March to September, of 七一前夕 the year."""
        own = self._own(year)
        try:
            return self._days(own) if self.last else Period(date(own - self.years + 1, 1, 1), date(own, 12, 31))
        except ValueError:
            return None

    @property
    def inexact(self) -> bool:
        """Whether the phrase names no run of days, so that a count in it can be borne out but never refuted."""
        return self.sort in ("around", "scattered")

    def _own(self, year: int) -> int:
        return self.year if self.year is not None else year - (1 if self.sort == "last_year" else self.ago)

    def _days(self, year: int) -> Period:
        first, last = self.first or (1, 1), self.last or (12, 31)
        end = Period.month(year, last[0]).end if last[1] == 31 else date(year, *last)
        return Period(date(year, *first), end)


def periods_of(s: Scene) -> tuple[PeriodPhrase | None, PeriodPhrase | None]:
    """The nearest period phrase left of the quantity in its sentence that reaches it; and a nearer one that may not.

    9月开始整改，召开党员大会2次: the month of another verb may or may not hold for what comes after it.
    """
    own = nearby = None
    for found in _PERIOD.finditer(s.text, s.sentence_start, s.start):
        if found["event"] and not _event(found["event"]):
            continue
        if found["today"] and own is not None:
            continue
        phrase = _phrase(found)
        if _reaches(s, found.end(), phrase):
            own, nearby = phrase, None
        else:
            nearby = phrase
    return own, nearby


def _reaches(s: Scene, end: int, phrase: PeriodPhrase) -> bool:
    """Over a comma only when nothing else stands before the comma (9月，召开…), or when it is said of a stretch."""
    if phrase.sort not in _POINTS or _stretch(phrase) or end >= s.clause_start:
        return True
    return bool(_ADVERB.match(s.text, end))


def _stretch(phrase: PeriodPhrase) -> bool:
    """换届以来, 近三年: goes on until another is said."""
    return phrase.sort == "around" and (phrase.years > 1 or phrase.text.endswith(("来", "期间")))


def carried(s: Scene, before: tuple[int, PeriodPhrase] | None) -> PeriodPhrase | None:
    """The period said earlier in the same paragraph (今年以来，…。…) holds until another is said."""
    if before is None or before[1].sort in ("day", "to_date", "month", "scattered"):
        return None
    at, phrase = before
    if phrase.sort == "around" and not _stretch(phrase):
        return None
    return phrase if s.start - at <= 400 and s.text.find("\n", at, s.start) < 0 else None


def _event(words: str) -> bool:
    return not words.startswith(("长期", "一直", "历来", "近年", "多年", "自古"))


def _phrase(m: re.Match[str]) -> PeriodPhrase:
    text = m[0]
    if m["since"]:
        begun = (_month(m["sm"] or m["tm"] or "1"), int(m["sd"] or m["td"] or 1))
        return PeriodPhrase(text, "span", _year(m["sy"]), begun, ago=1 if m["sl"] else 0)
    if m["until"] or m["today"]:
        return _to_date(m)
    if m["half"]:
        first, last = ((1, 1), (6, 30)) if m["half"] == "上" else ((7, 1), (12, 31))
        return _dated(m, "hy", "half", first, last)
    if m["quarter"]:
        quarter = _month(m["quarter"])
        return _dated(m, "qy", "quarter", (quarter * 3 - 2, 1), (quarter * 3, 31))
    if m["m1"]:
        return _dated(m, "my", "months", (int(m["m1"]), 1), (int(m["m2"]), 31))
    if m["list"]:
        listed = sorted({_month(month) for month in _MONTH.findall(m["list"])})
        run = listed[-1] - listed[0] == len(listed) - 1
        return _dated(m, "ly", "months" if run else "scattered", (listed[0], 1), (listed[-1], 31))
    if m["dm"]:
        day = (int(m["dm"]), int(m["dd"]))
        return _dated(m, "dy", "day", day, day)
    if m["nm"]:
        begin, end = _THIRDS.get(m["third"] or "", (1, 31))
        vague = (m["third"] or "") in ("初", "底", "末")
        month = _month(m["nm"])
        return _dated(m, "ny", "around" if vague else "day" if m["third"] else "month", (month, begin), (month, end))
    return _whole_years(m)


def _whole_years(m: re.Match[str]) -> PeriodPhrase:
    text = m[0]
    if m["around"]:
        return PeriodPhrase(text, "around", _year(m["ay"] or m["fy"]), ago=1 if m["ay_l"] or m["fy_l"] else 0)
    if m["run"] and m["run"] < m["run_last"]:  # 2024年、2025年: borne out by both together, never refuted by one
        return PeriodPhrase(text, "around", int(m["run_last"]), years=int(m["run_last"]) - int(m["run"]) + 1)
    if m["run"]:
        return PeriodPhrase(text, "named_year", int(m["run_last"]))
    if m["last"]:
        return PeriodPhrase(text, "last_year")
    if m["year"]:
        return PeriodPhrase(text, "named_year", int(m["year"]))
    if m["this"] or (m["back"] == "来" and m["n"] in ("一", "1") and not m["many"]):
        return PeriodPhrase(text, "this_year")
    return PeriodPhrase(text, "around", years=_month(m["n"] or m["years"] or "1"))


def _to_date(m: re.Match[str]) -> PeriodPhrase:
    """截至6月底 is from New Year's Day to the end of June; 目前 is the year so far."""
    year = _year(m["uy"] or m["vy"] or m["wy"] or m["xy"])
    month, day = m["um"] or m["wm"], m["ud"] or m["wd"]
    ago = 1 if m["uy_l"] or m["vy_l"] or m["wy_l"] or m["xy_l"] else 0
    last = (_month(month), int(day or 31)) if month else None
    return PeriodPhrase(m[0], "to_date", year, None, last, ago)


def _dated(m: re.Match[str], year: str, sort: str, first: tuple[int, int], last: tuple[int, int]) -> PeriodPhrase:
    return PeriodPhrase(m[0], sort, _year(m[year]), first, last, 1 if m[f"{year}_l"] else 0)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_value(text) or 1)


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def owner_of(s: Scene) -> str | None:
    """中心组 when the sentence has made the 理论学习中心组 its subject and no other body has taken over."""
    left = s.text[s.sentence_start : min(s.clause_end, s.end + 12)]
    named = list(_CENTRE.finditer(left))
    if not named or _OTHER_SUBJECT.search(left, named[-1].end()):
        return None
    return "中心组"
