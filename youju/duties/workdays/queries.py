"""The calendar with what this site says against it."""

from __future__ import annotations

from youju.duties.workdays.models import DayOverride
from youju.duties.workdays.rules import Workdays
from youju.duties.workdays.values import Override
from youju.people.written_once import Rows, written_once


def overrides() -> list[Override]:
    """What the site says, the latest day first."""
    return [Override(*row) for row in _said()]


@written_once
def _said() -> Rows:
    return DayOverride.objects.order_by("-day").values_list("day", "off", "name", "basis")


def workdays() -> Workdays:
    """The calendar; one query."""
    return Workdays({row.day: row for row in overrides()})
