"""Which year a report speaks of, and which day it bears: read from its own words."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
FULL_DATE = re.compile(r"(?<!\d)(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
HEAD, TAIL = 300, 120


def report_year(text: str, *, today: date) -> int:
    """The year named in the head of the text, else the year named most; this year when it names none.

    A year still to come is never the year reported on.
    """
    for part in (text[:HEAD], text):
        years = Counter(int(year) for year in YEAR.findall(part) if int(year) <= today.year)
        if years:
            return min(years, key=lambda year: (-years[year], year))
    return today.year


def report_day(text: str, *, year: int, today: date) -> date:
    """The date under the report; without one, today for the running year and the year's last day for a past one."""
    appendix = text.find("附：数据出处表")
    body = text[:appendix] if appendix >= 0 else text
    for found in reversed(list(FULL_DATE.finditer(body.rstrip(), max(0, len(body.rstrip()) - TAIL)))):
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            continue
        if date(year, 1, 1) <= day <= today:
            return day
    return min(today, date(year, 12, 31))
