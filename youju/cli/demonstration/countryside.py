"""Registers, whom the visits reached, and requests of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from youju.cli.demonstration import days
from youju.cli.demonstration.occasions import Occasion
from youju.cli.demonstration.texts import HERE
from youju.kit.schema import Strict, validated
from youju.records.activities.models import Session
from youju.records.registers.actions import enter_subject
from youju.records.registers.models import Subject
from youju.records.registers.values import SubjectDraft
from youju.records.requests import actions as requests
from youju.records.requests.models import Request
from youju.records.requests.values import ActionDraft, RequestDraft
from youju.records.visits.actions import cover
from youju.records.visits.queries import may_cover

if TYPE_CHECKING:
    from youju.cli.demonstration.builder import World

#: How many households one visit to a village reaches; they come round in turn.
AT_ONCE = 4


class Paired(Strict):
    partner: str = ""
    words: str = ""


class Village(Strict):
    code: str
    name: str
    households: int
    paired: Paired | None = None


class Other(Strict):
    kind: str
    code: str
    name: str
    place: str = ""


class Wish(Strict):
    text: str
    place: str
    household: str = ""
    month: int = 5
    owner: str = ""
    plan: str = ""
    reply: str = ""
    stage: Literal["closed", "answered", "going", "overdue", "todo"] = "closed"


class Country(Strict):
    since: tuple[int, int]
    villages: tuple[Village, ...]
    surnames: tuple[str, ...]
    paired_households: dict[str, str]
    others: tuple[Other, ...]
    past: tuple[Wish, ...]
    present: tuple[Wish, ...]


class Countryside(Strict):
    branches: dict[str, Country]


@cache
def countryside() -> Mapping[str, Country]:
    return validated(HERE / "countryside.yaml", Countryside)[0].branches


def schedule(world: World) -> None:
    """The registers in the first days; of every year some requests, and of the present one some at every stage."""
    for key, country in countryside().items():
        day = days.near(world.first_year, *country.since)
        world.at(days.moment(day, 10), lambda at, key=key, day=day: _enter(world, key, day, at))  # type: ignore[misc]
        for year in range(world.first_year, world.on.year):
            for number, wish in enumerate(country.past):
                _wish(world, key, wish, days.near(year, 4 + 2 * number, 12))
        for wish in country.present:
            _wish(world, key, wish, days.near(world.on.year, wish.month, 12))


def _enter(world: World, key: str, day: date, at: datetime) -> None:
    country, unit, by = countryside()[key], world.units[key], world.clerks[key]
    places: dict[str, Subject] = {}
    for number, village in enumerate(country.villages, start=1):
        paired = village.paired or Paired()
        draft = SubjectDraft(
            "village", village.code, village.name, day, partner_id=_member(world, paired.partner),
            paired_words=paired.words,
        )  # fmt: skip
        places[village.code] = enter_subject(unit=unit, draft=draft, by=by, at=at)
        for house in range(1, village.households + 1):
            code = f"{number}-{house:02d}"
            name = f"{country.surnames[(house + number) % len(country.surnames)]}户"
            partner = _member(world, country.paired_households.get(code, ""))
            draft = SubjectDraft("household", code, name, day, None, places[village.code].pk, partner)
            enter_subject(unit=unit, draft=draft, by=by, at=at)
    for other in country.others:
        place = places[other.place].pk if other.place else None
        draft = SubjectDraft(other.kind, other.code, other.name, day, place_id=place)
        enter_subject(unit=unit, draft=draft, by=by, at=at)


def _member(world: World, name: str) -> int | None:
    return world.members[name].pk if name else None


def reach(world: World, branch: str, occasion: Occasion, session: Session, at: datetime) -> None:
    """A record that names a place of the registers reached it; a visit to a village some of its households too."""
    if branch not in countryside() or not may_cover(occasion.kinds):
        return
    said = f"{occasion.title} {occasion.place}"
    standing = Subject.objects.filter(unit=world.units[branch]).standing(occasion.day)
    found = [row for row in standing.exclude(kind="household") if row.name in said]
    subjects = {row.pk for row in found}
    if "visit" in occasion.kinds:
        for village in (row for row in found if row.kind == "village"):
            houses = list(village.inside.filter(kind="household").order_by("code"))
            first = occasion.day.month * AT_ONCE
            subjects |= {houses[(first + at_) % len(houses)].pk for at_ in range(min(AT_ONCE, len(houses)))}
    cover(session=session, subject_ids=subjects, by=world.clerks[branch], at=at)


def _wish(world: World, key: str, wish: Wish, day: date) -> None:
    kept: dict[str, Request] = {}
    due = days.near_before(world.on, 6) if wish.stage == "overdue" else days.near_after(day, 40)
    if wish.stage == "going":
        due = max(due, days.near_after(world.on, 8))

    def raised(at: datetime) -> None:
        rows = Subject.objects.filter(unit=world.units[key])
        house = rows.filter(kind="household", code=wish.household).first()
        subject = house or rows.get(kind="village", code=wish.place)
        draft = RequestDraft(wish.text, day, None, subject.pk)
        kept["one"] = requests.raise_request(unit=world.units[key], draft=draft, by=world.clerks[key], at=at)

    def planned(at: datetime) -> None:
        draft = ActionDraft(wish.plan, _member(world, wish.owner), due)
        requests.arrange(request=kept["one"], draft=draft, revision=kept["one"].revision, by=world.clerks[key], at=at)

    def answered(at: datetime) -> None:
        kept["one"].refresh_from_db()
        requests.answer(
            request=kept["one"],
            reply=wish.reply,
            on=at.date(),
            revision=kept["one"].revision,
            by=world.clerks[key],
            at=at,
        )

    def closed(at: datetime) -> None:
        requests.close_request(request=kept["one"], on=at.date(), by=world.clerks[key], at=at)

    raised_at = days.moment(day, 11)
    world.at(raised_at, raised)
    if wish.stage != "todo" and due >= day:
        world.at(raised_at + timedelta(days=1), planned)
    if wish.stage in ("closed", "answered"):
        world.at(days.moment(days.near_after(day, 15), 15), answered)
    if wish.stage == "closed":
        world.at(days.moment(days.near_after(day, 25), 15), closed)
