"""自学 of the demonstration: a few of the members say each month what they have read."""

from __future__ import annotations

from datetime import datetime

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.records.fees.queries import expected_in
from youju.records.readings.actions import note_reading

#: Branch → what its members read in turn.
TITLES = {
    "home": (
        "《中国共产党章程》第五章",
        "县委全会决定",
        "《支部工作条例（试行）》",
        "农资保供政策汇编",
        "乡村振兴促进法",
        "为农服务案例选编",
    ),
    "library": (
        "《经典著作导读书目》实践论",
        "《中国共产党章程》",
        "《青禾革命史料选编》",
        "《经典著作导读书目》愚公移山",
        "《中华人民共和国公共图书馆法》",
    ),
}


def schedule(world: World) -> None:
    for year in range(max(world.first_year, world.on.year - 1), world.on.year + 1):
        for month in range(1, 13):
            world.at(
                days.moment(days.near(year, month, 24), 19),
                lambda at, year=year, month=month: _note(world, year, month, at),  # type: ignore[misc]
            )


def _note(world: World, year: int, month: int, at: datetime) -> None:
    for key, titles in TITLES.items():
        people = expected_in(world.units[key], year, month)
        for step in range(2):
            person = people[(month * 2 + step) % len(people)]
            note_reading(member=person, read_on=at.date(), title=titles[(month + step) % len(titles)], by=None, at=at)
