"""送学上门 of the demonstration: the library's branch brings what it studied to who is 免于要求 and to one who was away."""

from __future__ import annotations

from datetime import datetime

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.people.members.queries import memberships_on
from youju.study.deliveries.actions import bring
from youju.study.deliveries.queries import exempt_on
from youju.study.deliveries.values import DeliveryDraft, Way
from youju.study.units.queries import standings

KEY = "library"
#: In which months, and how.
ROUNDS = {3: Way.READ, 6: Way.PRINT, 10: Way.VIDEO}


def schedule(world: World) -> None:
    """From last year on: before that the branch did not write it down."""
    for year in range(max(world.first_year, world.on.year - 1), world.on.year + 1):
        for month in ROUNDS:
            when = days.moment(days.near(year, month, 21), 16)
            world.at(when, lambda at: _bring(world, at))


def _bring(world: World, at: datetime) -> None:
    """What the last unit that was studied was about."""
    unit, day = world.units[KEY], at.date()
    done = [one for one in standings(unit, year=day.year, on=day) if one.sessions]
    if not done:
        return
    last, people = done[-1], [row.member_id for row in memberships_on(unit, day)]
    away = [one.member_id for one in last.make_up if one.on is None and one.member_id in people][:1]
    to = dict.fromkeys([*(person.pk for person in exempt_on(unit, day)), *away])
    bringer = next((pk for pk in people[day.month % 5 :] if pk not in to), None)
    if not to or bringer is None:
        return
    sources = tuple(one.pk for one in last.unit.sources.all())
    text = "" if sources or last.unit.topic is None else last.unit.topic.title
    draft = DeliveryDraft(tuple(to), day, ROUNDS[day.month], sources, text, bringer, note="讲了重点，留了一份要点")
    bring(unit=unit, draft=draft, by=world.clerks[KEY], at=at)
