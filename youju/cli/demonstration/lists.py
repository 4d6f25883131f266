"""清单与制度 of the demonstration: listed at the beginning of the present year, looked at in their rhythm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from pydantic import RootModel

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.kit.schema import Strict, validated
from youju.records.activities.models import Session
from youju.records.lists import actions
from youju.records.lists.kinds import LIST_KINDS
from youju.records.lists.models import ListItem
from youju.records.lists.queries import find
from youju.records.lists.values import ItemDraft, Rhythm, VersionDraft

BEGIN = (1, 13)  # of each year


class CheckText(Strict):
    month: int
    day: int
    text: str
    record: str = ""


class VersionText(Strict):
    month: int
    day: int
    change: str
    text: str


class ItemText(Strict):
    unit: str
    kind: str
    title: str
    requirement: str
    owner: str
    post: str = ""
    rhythm: Rhythm | None = None
    words: dict[str, str] = {}
    checks: tuple[CheckText, ...] = ()
    versions: tuple[VersionText, ...] = ()


class _Texts(RootModel[tuple[ItemText, ...]]):
    pass


@cache
def texts() -> tuple[ItemText, ...]:
    return validated(Path(__file__).with_name("lists.yaml"), _Texts)[0].root


def schedule(world: World) -> None:
    year = world.on.year
    since = days.near(year, *BEGIN)
    for text in texts():
        kept: dict[str, ListItem] = {}
        world.at(days.moment(since, 9, 40), _add(world, text, since, kept))
        for version in text.versions:
            day = days.near(year, version.month, version.day)
            world.at(days.moment(day, 11), _version(world, text, version, day, kept))
        for check in text.checks:
            day = days.near(year, check.month, check.day)
            world.at(days.moment(day, 17, 20), _check(world, text, check, day, kept))


def _add(world: World, text: ItemText, since: date, kept: dict[str, ListItem]) -> Callable[[datetime], None]:
    def add(at: datetime) -> None:
        draft = ItemDraft(
            kind=text.kind, title=text.title, since=since, requirement=text.requirement, post=text.post,
            owner_id=world.members[text.owner].pk, rhythm=text.rhythm or LIST_KINDS[text.kind].rhythm, words=text.words,
        )  # fmt: skip
        kept["it"] = actions.add_item(unit=world.units[text.unit], draft=draft, by=world.clerks[text.unit], at=at)

    return add


def _version(
    world: World, text: ItemText, version: VersionText, day: date, kept: dict[str, ListItem]
) -> Callable[[datetime], None]:
    def add(at: datetime) -> None:
        now = find(world.units[text.unit], kept["it"].number)
        assert now
        actions.add_version(
            item=now, draft=VersionDraft(day, version.change, version.text), file=None, revision=now.revision,
            by=world.clerks[text.unit], at=at,
        )  # fmt: skip

    return add


def _check(
    world: World, text: ItemText, check: CheckText, day: date, kept: dict[str, ListItem]
) -> Callable[[datetime], None]:
    def note(at: datetime) -> None:
        actions.check_item(
            item=kept["it"], text=check.text, on=day, record=_record(world, text.unit, check.record, day),
            by=world.clerks[text.unit], at=at,
        )  # fmt: skip

    return note


def _record(world: World, unit: str, kind: str, day: date) -> str:
    """The number of the newest record of the kind in the year; none where there is none."""
    if not kind:
        return ""
    rows = Session.objects.happened().filter(ledger=world.units[unit], held_on__year=day.year, held_on__lte=day)
    found = rows.of_kinds((kind,)).order_by("-held_on", "-pk").first()
    return found.number if found else ""
