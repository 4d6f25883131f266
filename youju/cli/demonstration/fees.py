"""党费 of the demonstration: each month is marked on the 20th or so; a month may still wait for somebody."""

from __future__ import annotations

from datetime import datetime

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.records.fees.actions import mark_month
from youju.records.fees.queries import expected_in
from youju.records.fees.values import FeeState

UNITS = ("home", "library", "station")


def schedule(world: World) -> None:
    for year in range(max(world.first_year, world.on.year - 1), world.on.year + 1):
        for month in range(1, 13):
            for unit in UNITS:
                world.at(
                    days.moment(days.near(year, month, 20), 17),
                    lambda at, unit=unit, year=year, month=month: _mark(world, unit, year, month, at),  # type: ignore[misc]
                )


def _mark(world: World, unit: str, year: int, month: int, at: datetime) -> None:
    """All have paid; of the newest month the last on the roster is still to come."""
    people = expected_in(world.units[unit], year, month)
    marks = {person.pk: FeeState.PAID for person in people}
    if (year, month) == (world.on.year, world.on.month) and unit == "home" and people:
        marks[people[-1].pk] = FeeState.UNPAID
    if marks:
        mark_month(
            unit=world.units[unit], year=year, month=month, marks=marks, revision=0, by=world.clerks[unit], at=at
        )
