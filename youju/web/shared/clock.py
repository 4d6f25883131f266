"""The only clock of the pages: what day it is. Rooms below are told the day; they never ask."""

from __future__ import annotations

import os
from datetime import date, datetime

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone


def today() -> date:
    """Today in the unit's time zone, or the day that YOUJU_TODAY names (demonstrations and tests)."""
    given = os.environ.get("YOUJU_TODAY")
    if not given:
        return timezone.localdate()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ImproperlyConfigured(f"环境变量 YOUJU_TODAY 要写成 2026-11-20 这样，现在是 {given!r}。") from None


def now() -> datetime:
    """The moment to stamp a change with: the real time of day, on the day that ``today()`` says."""
    moment = timezone.now()
    if not os.environ.get("YOUJU_TODAY"):
        return moment
    local = timezone.localtime(moment)
    day = today()
    return local.replace(year=day.year, month=day.month, day=day.day)
