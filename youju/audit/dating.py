"""Which year a report speaks of, and which day it bears: read from its own words."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from youju.prose.numerals import chinese_value
from youju.reports.appendix import without_appendix

YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
FULL_DATE = re.compile(r"(?<!\d)(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
HEAD, TAIL = 300, 120
# 二〇二三年十二月二十日: as older papers are dated. Only the year's signs are read one by one.
SIGNS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
CHINESE_DAY = re.compile(r"(?<=年)([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")


def _in_digits(text: str) -> str:
    """The text with its dates in digits."""
    text = CHINESE_YEAR.sub(lambda year: year.group().translate(SIGNS), text)
    return CHINESE_DAY.sub(lambda day: "{}月{}日".format(*(chinese_value(part) for part in day.groups())), text)


def report_year(text: str, *, today: date) -> int:
    """The year named in the head of the text, else the year named most; this year when it names none.

    A year still to come is never the year reported on.
    """
    text = _in_digits(text)
    for part in (text[:HEAD], text):
        years = Counter(int(year) for year in YEAR.findall(part) if int(year) <= today.year)
        if years:
            return min(years, key=lambda year: (-years[year], year))
    return today.year


def report_day(text: str, *, year: int, today: date) -> date:
    """The date under the report; without one, today for the running year and the year's last day for a past one."""
    body = _in_digits(without_appendix(text, blank=False)).rstrip()
    for found in reversed(list(FULL_DATE.finditer(body, max(0, len(body) - TAIL)))):
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            continue
        if date(year, 1, 1) <= day <= today:
            return day
    return min(today, date(year, 12, 31))
