"""学以致用 and 自学抽查 of the demonstration: the library's branch writes down what it used, and draws whose reading is checked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.others import checked_in
from youju.cli.demonstration.texts import HERE
from youju.kit.drawing import drawn
from youju.kit.schema import Strict, validated
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.values import HAPPENED
from youju.records.problems.models import Problem
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import SourceDraft
from youju.study.cards.actions import write_card
from youju.study.models import Use
from youju.study.spotchecks.actions import draw, link
from youju.study.spotchecks.queries import KIND, standing_in
from youju.study.uses.actions import put_to_use
from youju.study.uses.queries import Work
from youju.study.uses.values import UseDraft

KEY = "library"


class Text(Strict):
    title: str
    kind: str
    origin: str
    issued_on: date
    parts: tuple[str, ...] = ()


class Used(Strict):
    """``nth`` is which of the year's sessions of 志愿服务; of the problem there is one. ``card``: it is made a card."""

    source: str
    part: str = ""
    outcome: str
    nth: int = 0
    card: bool = False


class File(Strict):
    sources: tuple[Text, ...]
    records: tuple[Used, ...]
    problem: Used


@cache
def texts() -> File:
    return validated(HERE / "put_to_use.yaml", File)[0]


def schedule(world: World) -> None:
    """From last year on: before that the branch did not write it down."""
    begins = max(world.first_year, world.on.year - 1)
    for text in texts().sources:
        known = max(days.near(begins, 1, 12), text.issued_on + timedelta(days=30))
        world.at(days.moment(known, 15), lambda at, text=text: _register(world, text, at))  # type: ignore[misc]
    for year in range(begins, world.on.year + 1):
        for month in (3, 6, 9, 11):
            day = days.near(year, month, 19)
            world.at(days.moment(day - timedelta(days=7), 9), lambda at, day=day: _draw(world, day, at))  # type: ignore[misc]
            world.at(days.moment(day + timedelta(days=18), 16), lambda at, day=day: _link(world, day, at))  # type: ignore[misc]
        for one in texts().records:
            day = days.near(year, (3, 6, 8)[one.nth - 1], 28)
            world.at(days.moment(day, 16), lambda at, one=one: _use_in_record(world, one, at))  # type: ignore[misc]
        world.at(days.moment(days.near(year, 10, 25), 16), lambda at: _use_in_problem(world, at))


def _register(world: World, text: Text, at: datetime) -> None:
    draft = SourceDraft(text.title, text.kind, text.issued_on, text.origin, text.parts)
    enter_source(unit=world.units[KEY], draft=draft, by=world.clerks[KEY], at=at)


def _use_in_record(world: World, one: Used, at: datetime) -> None:
    rows = Session.objects.filter(
        ledger=world.units[KEY], status__in=HAPPENED, held_on__year=at.year, kind_rows__kind="volunteer"
    )
    session = rows.filter(held_on__lte=at.date()).order_by("-held_on", "-pk").first()
    if session:
        use = _use(world, session, one, None, at)
        if one.card:
            write_card(use=use, revision=use.revision, by=world.clerks[KEY], at=at)


def _use_in_problem(world: World, at: datetime) -> None:
    rows = Problem.objects.filter(unit=world.units[KEY], found_on__lte=at.date())
    problem = rows.order_by("-found_on", "pk").first()
    if problem:
        _use(world, problem, texts().problem, at.date(), at)


def _use(world: World, work: Work, one: Used, on: date | None, at: datetime) -> Use:
    source = Source.objects.get(ledger=world.units[KEY], title=one.source)
    part = source.parts.get(title=one.part) if one.part else None
    draft = UseDraft(source.pk, one.outcome, part.pk if part else None, on)
    return put_to_use(work=work, draft=draft, by=world.clerks[KEY], at=at)


def _draw(world: World, day: date, at: datetime) -> None:
    """The seed is the first that draws those who were met that quarter: the past of the demonstration is told, not played."""
    unit = world.units[KEY]
    roster = [person.name for person in expected_at(unit, (KIND,), at.date())]
    met = checked_in(day.year, day.month)
    places = tuple(sorted(roster.index(name) + 1 for name in met if name in roster))
    seeds = (sha256(f"{day}{turn}".encode()).hexdigest()[:8] for turn in range(20_000))
    size = max(1, len(places))
    seed = next((seed for seed in seeds if not places or drawn(seed, len(roster), size) == places), "00000000")
    draw(unit=unit, size=size, seed=seed, by=world.clerks[KEY], at=at)


def _link(world: World, day: date, at: datetime) -> None:
    unit = world.units[KEY]
    check = standing_in(unit, day)
    session = Session.objects.filter(ledger=unit, held_on=day, status__in=HAPPENED, kind_rows__kind=KIND).first()
    if check and session:
        link(check=check, number=session.number, revision=check.revision, by=world.clerks[KEY], at=at)
