"""Which days are worked. Pure. The arrangement is published a year at a time: beyond it only weekends are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar import get_holiday_detail
from chinese_calendar.constants import Holiday, holidays, workdays

from youju.duties.workdays.values import DayKind, Overrides

ONE_DAY = timedelta(days=1)
PUBLISHED_UNTIL: int = max(max(holidays), max(workdays)).year
PUBLISHED_SINCE: int = min(min(holidays), min(workdays)).year
#: As calendars print them; the library says 清明, 端午, 中秋.
_FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
_ZH = {holiday.value: _FULL.get(holiday.chinese, holiday.chinese) for holiday in Holiday}


def published(year: int) -> bool:
    """Whether the arrangement of the year is in the library that is installed."""
    return PUBLISHED_SINCE <= year <= PUBLISHED_UNTIL


@dataclass(frozen=True)
class Workdays:
    """The calendar as this site reads it: its own words first, then the published arrangement, then the weekday."""

    overrides: Overrides = field(default_factory=dict)

    def of(self, day: date) -> DayKind:
        said = self.overrides.get(day)
        if said is not None:
            return DayKind(day, said.off, said.name or ("放假" if said.off else "上班"))
        return _published(day)

    def off(self, day: date) -> bool:
        return self.of(day).off

    def last_before(self, day: date) -> date:
        """The day itself if it is worked, else the nearest worked day before it (前一个工作日)."""
        while self.off(day):
            day -= ONE_DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The ``count``-th worked day after a day: 三个工作日内 ends there."""
        while count:
            day += ONE_DAY
            count -= not self.off(day)
        return day


@lru_cache(maxsize=4096)
def _published(day: date) -> DayKind:
    if not published(day.year):
        return DayKind(day, day.weekday() >= 5)
    off, name = get_holiday_detail(day)
    if off:
        return DayKind(day, True, _ZH.get(name or "", ""))
    return DayKind(day, False, "调休上班" if day.weekday() >= 5 else "")
