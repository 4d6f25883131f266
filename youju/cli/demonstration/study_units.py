"""学习安排 of the demonstration: each January the committee says what shall be studied, and the library's branch plans its months."""

from __future__ import annotations

from datetime import date, datetime

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.others import leader_of
from youju.cli.demonstration.texts import branch, of_year
from youju.kit.periods import Period
from youju.study.curriculum.queries import placed_in, tree_of
from youju.study.points.actions import state_point
from youju.study.points.values import PointDraft
from youju.study.units.actions import add_unit, take_point
from youju.study.units.queries import untaken
from youju.study.units.values import UnitDraft

KEY = "library"
OTHERWISE = "阅读服务"  # of a month whose study has no topic of its own
#: What the committee asks: title, months, topic, material. The branch takes the first over; the second still waits.
ASKED = (
    ("学习纪律处分条例", (3, 6), "纪律教育", "中国共产党纪律处分条例"),
    ("学习公共图书馆法", (10, 12), "图书馆业务法规", "中华人民共和国公共图书馆法"),
)


def schedule(world: World) -> None:
    """From last year on: before that the branch kept no plan here."""
    for year in range(max(world.first_year, world.on.year - 1), world.on.year + 1):
        stated = days.moment(days.near_after(date(year, 1, 5), 1), 9)
        world.at(stated, lambda at, year=year: _state(world, year, at))  # type: ignore[misc]
        when = days.moment(days.near_after(date(year, 1, 9), 1), 10)
        world.at(when, lambda at, year=year: _plan(world, year, at))  # type: ignore[misc]


def _state(world: World, year: int, at: datetime) -> None:
    for title, (first, last), topic, text in ASKED:
        days_of = (Period.month(year, first).start, Period.month(year, last).end)
        draft = PointDraft(title, *days_of, topic, text, basis=f"县直机关工委{year}年学习要点")
        state_point(sender=world.units["above"], draft=draft, by=world.users["superior"], at=at)


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
    point = next(one for one in untaken(unit, year) if one.title == ASKED[0][0])
    take_point(unit=unit, point=point, by=by, at=at)
