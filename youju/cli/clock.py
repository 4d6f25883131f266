"""The day it is, read at the door: the machine's, or the one a demonstration pins."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    pinned = os.environ.get("YOUJU_TODAY")
    return date.fromisoformat(pinned) if pinned else datetime.now(ZoneInfo("Asia/Shanghai")).date()
