"""The day it is, read at the door: the machine's, or the one a demonstration pins."""

from __future__ import annotations

import os
from datetime import date, datetime

from youju.kit.refusal import Refusal
from youju.kit.zone import SHANGHAI, local_day


def today() -> date:
    pinned = os.environ.get("YOUJU_TODAY")
    if not pinned:
        return local_day(datetime.now(SHANGHAI))
    try:
        return date.fromisoformat(pinned)
    except ValueError as error:
        raise Refusal("today", f"环境变量 YOUJU_TODAY 要写成 2026-11-20 这样，现在是 {pinned!r}。") from error


def now() -> datetime:
    """The moment it is, on that day."""
    return datetime.combine(today(), datetime.now(SHANGHAI).timetz())
