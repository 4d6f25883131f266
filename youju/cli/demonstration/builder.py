"""Turns people, rhythms and problems into a ledger, one action after the other in the order in which it happened."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from youju.accounts.models import User
from youju.cli.demonstration import countryside, days, home, others
from youju.cli.demonstration.further import SourceText, further, further_year
from youju.cli.demonstration.notices import notice_of
from youju.cli.demonstration.occasions import Item, Occasion
from youju.cli.demonstration.texts import FIRST_YEAR, Entry, Person, people
from youju.journal import actions as journal
from youju.kit.refusal import Refusal
from youju.people.models import Member, Unit
from youju.records.activities import actions as activities
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import expects_committee, expects_everybody_listed
from youju.records.activities.values import (
    CAME,
    ActivityDraft,
    AgendaDraft,
    Attendance,
    Expected,
    GuestDraft,
    GuestKind,
    LeaveCategory,
    PlanDraft,
    ResolutionDraft,
    RosterEntry,
)
from youju.records.sources.actions import enter_source
from youju.records.sources.rules import read_said
from youju.store import actions as store

SEED = "青禾"
Say = Callable[[str], None]


@dataclass(order=True)
class Event:
    """One change, at its moment; ``order`` keeps those of the same moment as they were thought of."""

    at: datetime
    order: int
    do: Callable[[datetime], None] = field(compare=False)


@dataclass
class World:
    """What was made so far, by the keys of the data files."""

    on: date
    first_year: int
    units: dict[str, Unit] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    clerks: dict[str, User] = field(default_factory=dict)
    secretaries: dict[str, User] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    recorded: int = 0
    _order: Iterator[int] = field(default_factory=itertools.count)

    @property
    def opening(self) -> datetime:
        """When the branches began to keep their ledger here."""
        return days.moment(date(self.first_year - 1, 12, 27), 9)

    @property
    def until(self) -> datetime:
        """Nothing is entered after this: the demonstration's day has only just begun."""
        return days.moment(self.on, 8)

    def at(self, moment: datetime, do: Callable[[datetime], None]) -> None:
        if moment <= self.until:
            self.events.append(Event(moment, next(self._order), do))

    def person(self, name: str) -> Person:
        return _PEOPLE[name]

    def branch_of(self, key: str) -> str:
        """The branch that keeps a unit's ledger."""
        unit = next(unit for unit in people().units if unit.key == key)
        return str(unit.above) if unit.kind == "group" else key


_PEOPLE = {person.name: person for person in people().people}
RHYTHMS = {"home": home.year_of, "library": others.library_year, "station": others.station_year}


def build(*, on: date, first_year: int = FIRST_YEAR, say: Say = lambda line: None) -> int:
    """Makes the demonstration in an empty database, as it stands on the morning of ``on``. Returns how many sessions it has.

    Raises Refusal on ``on`` when that day lies before the first year has properly begun.
    """
    from youju.cli.demonstration import (
        curriculum,
        deliveries,
        fees,
        lists,
        materials,
        opening,
        plan,
        problems,
        projects,
        publicity,
        put_to_use,
        readings,
        selftests,
        study_units,
    )

    if on < date(first_year, 4, 1):
        raise Refusal("on", f"示范台账从{first_year}年开始，--on 请给{first_year}年4月1日以后的日期。")
    world = World(on=on, first_year=first_year)
    opening.schedule(world)
    for year in range(first_year, on.year + 1):
        for unit, rhythm in RHYTHMS.items():
            for occasion in rhythm(year):
                _schedule(world, unit, occasion)
        for occasion in further_year(year):
            _schedule(world, "home", occasion)
    _schedule_sources(world)
    curriculum.schedule(world)
    problems.schedule(world)
    countryside.schedule(world)
    plan.schedule(world)
    projects.schedule(world)
    publicity.schedule(world)
    fees.schedule(world)
    lists.schedule(world)
    readings.schedule(world)
    selftests.schedule(world)
    materials.schedule(world)
    put_to_use.schedule(world)
    study_units.schedule(world)
    deliveries.schedule(world)
    _schedule_seals(world)
    _carry_out(world, say)
    return world.recorded


def _carry_out(world: World, say: Say) -> None:
    """A month's changes are one transaction: a thousand sessions wait for the disk sixty times, not five thousand."""
    world.events.sort()
    for year, of_year in itertools.groupby(world.events, key=lambda event: event.at.year):
        before = world.recorded
        for _, of_month in itertools.groupby(of_year, key=lambda event: event.at.month):
            with transaction.atomic():
                for event in of_month:
                    event.do(event.at)
        if world.recorded > before:
            say(f"{year}年：记了{world.recorded - before}场")


def _schedule_sources(world: World) -> None:
    """The register of texts, entered when the branch began to keep its ledger here."""
    for number, text in enumerate(further().sources):
        issued = days.moment(text.issued_on + timedelta(days=30), 9) if text.issued_on else world.opening
        at = max(world.opening + timedelta(hours=26, minutes=number), issued)
        world.at(at, lambda at, text=text: _enter_source(world, text, at))  # type: ignore[misc]


def _enter_source(world: World, text: SourceText, at: datetime) -> None:
    enter_source(unit=world.units["home"], draft=text.draft, by=world.clerks["home"], at=at)


def _schedule_seals(world: World) -> None:
    for year in range(world.first_year, world.on.year + 1):
        for month in range(1, 13):
            last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            world.at(days.moment(last, 23, 30), lambda at: _seal(at))


def _seal(at: datetime) -> None:
    journal.seal(at=at, occasion="月末封存")


# -- one session -------------------------------------------------------------------------------------------------------


def missing_lecture_quarter(on: date) -> int | None:
    """The quarter of the present year whose lecture was left out, so that the home page has something to say."""
    return {1: None, 2: 1, 3: 1, 4: 3}[(on.month + 2) // 3]


def _left_out(world: World, occasion: Occasion) -> bool:
    quarter = (occasion.day.month + 2) // 3
    return (
        occasion.unit == "home"
        and occasion.kinds[0] == "party_lecture"
        and occasion.day.year == world.on.year
        and quarter == missing_lecture_quarter(world.on)
    )


def _schedule(world: World, branch: str, occasion: Occasion) -> None:
    if _left_out(world, occasion):
        return
    starts = days.moment(occasion.day, occasion.hour, occasion.minute)
    entered, transcribed = _entered(world, occasion, starts)
    filed = days.moment(days.near_after(entered.date(), 1), 9, 10)
    kept: dict[str, Session] = {}
    if occasion.planned and occasion.day.year == world.on.year:
        planned = days.moment(_month_before(occasion.day), 10)
        world.at(max(planned, world.opening + timedelta(days=2)), lambda at: _plan(world, branch, occasion, kept, at))

    def record(at: datetime) -> None:
        kept["record"] = activities.record_activity(
            unit=world.units[occasion.unit], draft=_draft(world, occasion, starts, transcribed), by=world.clerks[branch], at=at,
            planned=kept.get("plan"),
        )  # fmt: skip
        world.recorded += 1
        countryside.reach(world, branch, occasion, kept["record"], at)

    world.at(entered, record)
    world.at(filed, lambda at: _file(world, branch, kept["record"], at))
    if occasion.unit == "home" and "party_meeting" in occasion.kinds:
        world.at(entered + timedelta(minutes=10), lambda at: _add_notice(world, occasion, kept["record"], at))


def _month_before(day: date) -> date:
    """A theme day is planned as soon as the one before is over."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=27)


def _plan(world: World, branch: str, occasion: Occasion, kept: dict[str, Session], at: datetime) -> None:
    draft = PlanDraft(
        kinds=occasion.kinds, title=occasion.title, place=occasion.place,
        starts_at=days.moment(occasion.day, occasion.hour, occasion.minute),
        agenda=tuple(AgendaDraft(item.title, kind=item.kind) for item in occasion.agenda),
    )  # fmt: skip
    kept["plan"] = activities.plan_session(unit=world.units[occasion.unit], draft=draft, by=world.clerks[branch], at=at)


def _file(world: World, branch: str, session: Session, at: datetime) -> None:
    activities.file_activity(session=session, by=world.secretaries[branch], at=at)


def _add_notice(world: World, occasion: Occasion, session: Session, at: datetime) -> None:
    unit, by = world.units[occasion.unit], world.clerks[occasion.unit]
    file = store.keep(data=notice_of(occasion, unit.name), by=by, at=at)
    activities.add_evidence(session=session, file=file, caption="会议通知", by=by, at=at)


def _entered(world: World, occasion: Occasion, starts: datetime) -> tuple[datetime, str]:
    """When it was typed in: the same day or the next, now and then late. The first two months came from the paper book."""
    ends = starts + timedelta(minutes=occasion.minutes)
    if occasion.day < date(FIRST_YEAR, 3, 1) and occasion.unit in ("home", *home.LEADERS):
        return days.moment(date(FIRST_YEAR, 3, 2), 9) + timedelta(
            days=occasion.day.month, hours=occasion.day.day % 8
        ), home.PAPER_BOOK
    luck = _luck(occasion, "entered")
    late = occasion.late or (luck.randint(6, 16) if occasion.day.year != 2023 and luck.random() < 0.03 else 0)
    if late:
        return days.moment(occasion.day + timedelta(days=late), 10, luck.randint(0, 59)), ""
    if luck.random() < 0.7 or occasion.day.weekday() == days.FRIDAY:
        return max(ends + timedelta(minutes=20), days.moment(occasion.day, 17, luck.randint(0, 50))), ""
    return days.moment(occasion.day + timedelta(days=1), 9, luck.randint(0, 50)), ""


def _luck(occasion: Occasion, what: str) -> Random:
    """Chance that depends on the session alone, so that a longer or shorter demonstration tells the same past."""
    return Random(f"{SEED}{what}{occasion.unit}{occasion.day}{occasion.kinds}{occasion.title}{occasion.people}")


def _draft(world: World, occasion: Occasion, starts: datetime, transcribed: str) -> ActivityDraft:
    unit = world.units[occasion.unit]
    expected = expected_at(unit, occasion.kinds, occasion.day)
    roster = _roster(world, occasion, expected)
    votes = {person.member_id for person in expected if person.votes}
    present = sum(entry.member_id in votes and entry.attendance in CAME for entry in roster)
    return ActivityDraft(
        kinds=occasion.kinds, title=occasion.title, starts_at=starts, ends_at=starts + timedelta(minutes=occasion.minutes),
        place=occasion.place, chair_id=world.members[occasion.chair].pk,
        recorder_id=world.members[occasion.recorder].pk if occasion.recorder else None,
        lecturer_id=world.members[occasion.lecturer].pk if occasion.lecturer else None,
        for_year=occasion.for_year, roster=roster, agenda=tuple(_item(item, present) for item in occasion.agenda),
        outcome=occasion.outcome, transcribed_from=transcribed, **_told(occasion.told),
    )  # fmt: skip


def _told(entry: Entry | None) -> dict[str, Any]:
    """What the session says beside its kinds."""
    if entry is None:
        return {}
    masses = (GuestDraft(GuestKind.MASSES, count=entry.masses),) if entry.masses else ()
    return {"facets": entry.facets, "studied": tuple(map(read_said, entry.texts)), "guests": masses}


def _item(item: Item, present: int) -> AgendaDraft:
    if not item.decision:
        return AgendaDraft(item.title, item.note, item.kind)
    return AgendaDraft(item.title, item.note, item.kind, (ResolutionDraft(item.decision, item.rule, yes=present),))


def _roster(world: World, occasion: Occasion, expected: list[Expected]) -> tuple[RosterEntry, ...]:
    if occasion.people is not None and not expects_everybody_listed(occasion.kinds):
        return tuple(RosterEntry(world.members[name].pk) for name in occasion.people)
    luck = _luck(occasion, "roster")
    needed = {occasion.chair, occasion.recorder, occasion.lecturer, *occasion.led}
    leaves = 0
    most = 1 if expects_committee(occasion.kinds) else len(expected) // 5 + 1
    rows = []
    for person in expected:
        row = _attendance(world, occasion, person, luck, may_leave=leaves < most and person.name not in needed)
        if row.attendance in CAME:
            row = replace(row, led=person.name in occasion.led, spoke=person.name in occasion.spoke)
        leaves += row.attendance in (Attendance.LEAVE, Attendance.ABSENT)
        rows.append(row)
    listed = {row.member_id for row in rows}
    guests = (world.members[name].pk for name in occasion.sitting_in)
    return (*rows, *(RosterEntry(pk) for pk in guests if pk not in listed))


def _attendance(world: World, occasion: Occasion, person: Expected, luck: Random, *, may_leave: bool) -> RosterEntry:
    who, chance = world.person(person.name), luck.random() * 100
    if occasion.outdoors and who.exempt_since and occasion.day >= who.exempt_since:
        return RosterEntry(person.member_id, Attendance.EXEMPT)
    if may_leave and chance < who.away:
        return RosterEntry(person.member_id, Attendance.LEAVE, LeaveCategory(who.why))
    if may_leave and chance < who.away + 2:
        other = LeaveCategory.PERSONAL if who.why != "personal" else LeaveCategory.DUTY
        return RosterEntry(person.member_id, Attendance.LEAVE, other)
    if may_leave and chance > 99.7:
        return RosterEntry(person.member_id, Attendance.ABSENT)
    return RosterEntry(person.member_id, Attendance.LATE if chance > 98.6 else Attendance.PRESENT)
