"""学习体系 of the demonstration: two branches adopt the template, add what is theirs, and place their materials each January."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from pydantic import RootModel

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.further import SourceText
from youju.cli.demonstration.texts import HERE
from youju.kit.schema import Strict, validated
from youju.records.sources.actions import enter_source
from youju.study.curriculum.actions import add_topic, adopt_template, place_source
from youju.study.curriculum.queries import inbox_of, tree_of
from youju.study.curriculum.values import TopicDraft


class OwnTopic(Strict):
    under: str
    title: str
    words: tuple[str, ...] = ()


class Curriculum(Strict):
    topics: tuple[OwnTopic, ...] = ()
    sources: tuple[SourceText, ...] = ()
    places: dict[str, tuple[str, ...]] = {}


class _File(RootModel[dict[str, Curriculum]]):
    pass


@cache
def curricula() -> dict[str, Curriculum]:
    return validated(HERE / "curriculum.yaml", _File)[0].root


def schedule(world: World) -> None:
    """The tree is planted when the ledger begins; whatever has come since is placed once a year."""
    for key, one in curricula().items():
        began = world.opening + timedelta(hours=27)
        world.at(began, lambda at, key=key, one=one: _plant(world, key, one, at))  # type: ignore[misc]
        for number, text in enumerate(one.sources, start=1):
            issued = days.moment(text.issued_on + timedelta(days=30), 9) if text.issued_on else world.opening
            known = max(began + timedelta(minutes=number), issued)
            world.at(known, lambda at, key=key, text=text: _enter(world, key, text, at))  # type: ignore[misc]
        for year in range(world.first_year, world.on.year + 1):
            when = days.moment(days.near_after(date(year, 1, 8), 0), 16)
            world.at(when, lambda at, key=key, one=one: _place(world, key, one, at))  # type: ignore[misc]


def _plant(world: World, key: str, one: Curriculum, at: datetime) -> None:
    unit, by = world.units[key], world.clerks[key]
    adopt_template(unit=unit, by=by, at=at)
    for topic in one.topics:
        parent = tree_of(unit).named[topic.under]
        add_topic(unit=unit, draft=TopicDraft(topic.title, topic.words), parent_id=parent, by=by, at=at)


def _enter(world: World, key: str, text: SourceText, at: datetime) -> None:
    enter_source(unit=world.units[key], draft=text.draft, by=world.clerks[key], at=at)


def _place(world: World, key: str, one: Curriculum, at: datetime) -> None:
    unit, by = world.units[key], world.clerks[key]
    named = tree_of(unit).named
    for source in inbox_of(unit):
        topics = [named[title] for title in one.places.get(source.title, ())]
        if topics:
            place_source(source=source, topic_ids=topics, seen=(), by=by, at=at)
