"""How long a request has waited."""

from __future__ import annotations

from datetime import date, timedelta

from youju.people.corrections.values import PATIENCE

SATURDAY = 5


def working_days(since: date, on: date) -> int:
    """Mondays to Fridays after ``since`` up to ``on``. Holidays differ by the year's notice and are not taken off."""
    weeks, rest = divmod(max((on - since).days, 0), 7)
    return weeks * 5 + sum((since + timedelta(days=n)).weekday() < SATURDAY for n in range(1, rest + 1))


def waits_too_long(since: date, on: date) -> bool:
    return working_days(since, on) > PATIENCE
