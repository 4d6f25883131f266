"""学习安排 of the demonstration: each January the library's branch plans the months by the topics of its tree."""

from __future__ import annotations

from datetime import date, datetime

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.others import leader_of
from youju.cli.demonstration.texts import branch, of_year
from youju.kit.periods import Period
from youju.study.curriculum.queries import placed_in, tree_of
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft

KEY = "library"
OTHERWISE = "阅读服务"  # of a month whose study has no topic of its own


def schedule(world: World) -> None:
    """From last year on: before that the branch kept no plan here."""
    for year in range(max(world.first_year, world.on.year - 1), world.on.year + 1):
        when = days.moment(days.near_after(date(year, 1, 9), 1), 10)
        world.at(when, lambda at, year=year: _plan(world, year, at))  # type: ignore[misc]


def _plan(world: World, year: int, at: datetime) -> None:
    unit, by = world.units[KEY], world.clerks[KEY]
    tree, placed = tree_of(unit), placed_in(unit)
    for month, period in enumerate(Period.year(year).months(), 1):
        entry = of_year(branch(KEY).pools["group_study"], year, month - 1, a_year=12)
        said = next((word for word in (*entry.facets.topics, OTHERWISE) if word in tree.named), None)
        if said is None:
            continue
        topic, leader = tree.named[said], world.members[leader_of(year, month)]
        draft = UnitDraft(f"学{said}", period.start, period.end, "group_study", topic, placed.get(topic, ()), leader.pk)
        add_unit(unit=unit, draft=draft, by=by, at=at)
