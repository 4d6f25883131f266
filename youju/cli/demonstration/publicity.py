"""宣传 of the demonstration: reports by every kind of channel, role models with consent, an experience card, texts handed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.kit.schema import Strict, validated
from youju.records.activities.models import Session
from youju.records.projects.models import Project
from youju.records.publicity import actions
from youju.records.publicity.values import ConsentDraft, PublicationDraft, Status


class PublicityText(Strict):
    unit: str
    every: bool = False
    kind: str
    title: str
    day: tuple[int, int]
    status: Status
    channel: str = ""
    channel_name: str = ""
    link: str = ""
    text: str = ""
    practice: str = ""
    outcome: str = ""
    use: str = ""
    person: str = ""
    outsider: str = ""
    consent: tuple[int, int] | None = None
    asked_by: str = ""
    project: bool = False
    told: tuple[str, ...] = ()


class Texts(Strict):
    publications: tuple[PublicityText, ...]


@cache
def texts() -> Texts:
    return validated(Path(__file__).with_name("publicity.yaml"), Texts)[0]


def schedule(world: World) -> None:
    """Entered a day after it appeared."""
    for year in range(world.first_year, world.on.year + 1):
        for text in texts().publications:
            if text.every or year == world.on.year:
                moment = days.moment(days.near(year, *text.day), 16) + timedelta(days=1)
                world.at(moment, lambda at, text=text, year=year: _enter(world, text, year, at))  # type: ignore[misc]


def _enter(world: World, text: PublicityText, year: int, at: datetime) -> None:
    unit, by = world.units[text.unit], world.clerks[text.unit]
    project = Project.objects.filter(unit=unit, kind="secretary", since__year=year).first() if text.project else None
    consent = ConsentDraft(
        days.near(year, *text.consent) if text.consent else None,
        world.members[text.asked_by].pk if text.asked_by else None,
    )
    draft = PublicationDraft(
        kind=text.kind, title=text.title, dated_on=days.near(year, *text.day), status=text.status, channel=text.channel,
        channel_name=text.channel_name, link=text.link, text=text.text, practice=text.practice, outcome=text.outcome,
        use=text.use, project_id=project.pk if project else None, outsider=text.outsider, consent=consent,
        person_id=world.members[text.person].pk if text.person else None,
    )  # fmt: skip
    row = actions.enter_publication(unit=unit, draft=draft, by=by, at=at)
    if text.told:
        held = Session.objects.happened().filter(ledger=unit, held_on__lte=draft.dated_on).of_kinds(text.told)
        if session := held.order_by("-held_on", "-pk").first():
            actions.link_record(publication=row, number=session.number, by=by, at=at)
