"""How long a request has waited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from youju.people.corrections.values import PATIENCE


def working_days(since: date, on: date, *, off: Callable[[date], bool]) -> int:
    """The worked days after ``since`` up to ``on``. Which days are off is the calendar's to say, and it lives above."""
    return sum(not off(since + timedelta(days=n)) for n in range(1, (on - since).days + 1))


def too_long(waited: int) -> bool:
    return waited > PATIENCE
