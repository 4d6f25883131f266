"""Projects and campaigns of the demonstration: set up, carried on month by month, resting on the sessions that were held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.texts import FIRST_YEAR
from youju.kit.schema import Strict, validated
from youju.records.activities.models import Session
from youju.records.campaigns import actions as campaigns
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.values import CampaignDraft, TaskDraft
from youju.records.projects import actions as projects
from youju.records.projects.models import Project
from youju.records.projects.values import AimDraft, ProjectDraft
from youju.records.steps.values import StepDraft
from youju.store import actions as store

TURNS = 4
MOST_LINKS = 3


class Day(Strict):
    month: int
    day: int

    def of(self, year: int) -> date:
        return days.near(year, self.month, self.day)


class Step(Strict):
    """A milestone or a task: by when, and what is written when it has been carried out."""

    text: str
    owner: str
    month: int
    day: int
    done: str
    business: str = ""
    deployed: str = ""
    assessed: str = ""

    def due(self, year: int) -> date:
        return days.near(year, self.month, self.day)


class Link(Strict):
    """Sessions of these kinds, with one of these words in the title or on the agenda where there are any."""

    kinds: tuple[str, ...]
    about: tuple[str, ...] = ()
    what: str = ""


class AimText(Strict):
    name: str
    text: str
    kinds: tuple[str, ...]


class ProjectText(Strict):
    unit: str
    kind: str
    turn: int | None = None
    title: str
    goal: str
    business: str
    owner: str
    since: Day
    until: Day | None = None
    aims: tuple[AimText, ...] = ()
    milestones: tuple[Step, ...]
    links: tuple[Link, ...] = ()
    material: str = ""
    outcome: str = ""
    stopped: Day | None = None
    reason: str = ""


class CampaignText(Strict):
    unit: str
    kind: str
    turns: tuple[int, ...] = ()
    title: str
    requirement: str
    since: Day
    until: Day
    tasks: tuple[Step, ...]
    sessions: Link
    summary: str = ""


class Texts(Strict):
    projects: tuple[ProjectText, ...]
    campaigns: tuple[CampaignText, ...]


@cache
def texts() -> Texts:
    return validated(Path(__file__).with_name("projects.yaml"), Texts)[0]


def schedule(world: World) -> None:
    """What takes turns comes in its year; the rest stands in the present year."""
    for year in range(world.first_year, world.on.year + 1):
        turn, now = (year - FIRST_YEAR) % TURNS, year == world.on.year
        for project in texts().projects:
            if now if project.turn is None else project.turn == turn:
                _project(world, project, year)
        for campaign in texts().campaigns:
            if turn in campaign.turns if campaign.turns else now:
                _campaign(world, campaign, year)


def _project(world: World, text: ProjectText, year: int) -> None:
    kept: dict[str, Project] = {}
    since = text.since.of(year)

    def start(at: datetime) -> None:
        draft = ProjectDraft(
            kind=text.kind, title=text.title, goal=text.goal, since=since, business=text.business,
            until=text.until.of(year) if text.until else None, owner_id=world.members[text.owner].pk,
            aims=tuple(AimDraft(aim.name, aim.text) for aim in text.aims),
        )  # fmt: skip
        steps = [StepDraft(one.text, one.due(year), world.members[one.owner].pk) for one in text.milestones]
        kept["it"] = projects.start_project(
            unit=world.units[text.unit], draft=draft, milestones=steps, by=world.clerks[text.unit], at=at
        )

    world.at(days.moment(since, 16), start)
    stopped = text.stopped.of(year) if text.stopped else None
    last = since
    for position, one in enumerate(text.milestones):
        done = days.near_before(one.due(year), 4)
        last = max(last, done)
        world.at(days.moment(done, 16, 40), _reach(world, text.unit, kept, position, one.done))
    ends = last + timedelta(days=5)
    # Records are linked when there are some: at the end, or on the morning of the demonstration.
    moment = min(days.moment(ends, 10), world.until - timedelta(minutes=5))
    if moment > days.moment(since, 17):
        world.at(moment, lambda at: _rest(world, text, kept["it"], year, at))
    if stopped:
        world.at(days.moment(stopped, 11), lambda at: _stop(world, text, kept["it"], at))
    elif text.outcome:
        world.at(days.moment(ends, 11), lambda at: _finish(world, text, kept["it"], at))


def _reach(world: World, unit: str, kept: dict[str, Project], position: int, done: str) -> Callable[[datetime], None]:
    def reach(at: datetime) -> None:
        step = kept["it"].milestones.get(position=position)
        projects.finish_milestone(milestone=step, proof=done, on=at.date(), by=world.clerks[unit], at=at)

    return reach


def _rest(world: World, text: ProjectText, project: Project, year: int, at: datetime) -> None:
    """The records and the material it rests on."""
    by, linked = world.clerks[text.unit], set(project.links.values_list("session__number", flat=True))
    wanted: list[tuple[Link, str | None]] = [(link, None) for link in text.links]
    wanted += [(Link(kinds=aim.kinds, what=aim.text), aim.name) for aim in text.aims]
    for link, aim in wanted:
        found = [one for one in _held(world, text.unit, link, date(year, 1, 1), at.date()) if one.number not in linked]
        aim_id = project.aims.get(name=aim).pk if aim else None
        for session in found[-MOST_LINKS:]:
            linked.add(session.number)
            projects.link_session(project=project, number=session.number, what=link.what, aim_id=aim_id, by=by, at=at)
    if text.material:
        data = f"{text.material}\n\n目标：{text.goal}\n业务结合点：{text.business}\n".encode()
        projects.add_material(
            project=project, file=store.keep(data=data, by=by, at=at), caption=text.material, by=by, at=at
        )


def _held(world: World, unit: str, link: Link, since: date, until: date) -> list[Session]:
    rows = Session.objects.happened().filter(ledger=world.units[unit], held_on__gte=since, held_on__lte=until)
    found = list(rows.of_kinds(link.kinds).prefetch_related("agenda").order_by("held_on", "pk"))
    if not link.about:
        return found
    return [one for one in found if any(word in _words(one) for word in link.about)]


def _words(session: Session) -> str:
    return "".join([session.title, *(item.title for item in session.agenda.all())])


def _stop(world: World, text: ProjectText, project: Project, at: datetime) -> None:
    projects.stop_project(project=project, reason=text.reason, on=at.date(), by=world.clerks[text.unit], at=at)


def _finish(world: World, text: ProjectText, project: Project, at: datetime) -> None:
    projects.finish_project(project=project, outcome=text.outcome, on=at.date(), by=world.clerks[text.unit], at=at)


def _campaign(world: World, text: CampaignText, year: int) -> None:
    kept: dict[str, Campaign] = {}
    since, until = text.since.of(year), text.until.of(year)

    def start(at: datetime) -> None:
        draft = CampaignDraft(text.kind, text.title, since, until, text.requirement)
        tasks = [
            TaskDraft(one.text, one.due(year), world.members[one.owner].pk, one.business, one.deployed, one.assessed)
            for one in text.tasks
        ]
        kept["it"] = campaigns.start_campaign(
            unit=world.units[text.unit], draft=draft, tasks=tasks, by=world.clerks[text.unit], at=at
        )

    world.at(days.moment(since, 15), start)
    for position, one in enumerate(text.tasks):
        done = max(since, days.near_before(one.due(year), 2))
        world.at(days.moment(done, 17, 10), _settle(world, text.unit, kept, position, one.done))
    ends = days.moment(until + timedelta(days=3), 10)
    moment = min(ends, world.until - timedelta(minutes=5))
    if moment > days.moment(since, 16):
        world.at(moment, lambda at: _gather(world, text, kept["it"], since, until, at))
    if text.summary:
        world.at(ends + timedelta(hours=1), lambda at: _sum_up(world, text, kept["it"], at))


def _settle(world: World, unit: str, kept: dict[str, Campaign], position: int, done: str) -> Callable[[datetime], None]:
    def settle(at: datetime) -> None:
        task = kept["it"].tasks.get(position=position)
        campaigns.finish_task(task=task, proof=done, on=at.date(), by=world.clerks[unit], at=at)

    return settle


def _gather(world: World, text: CampaignText, campaign: Campaign, since: date, until: date, at: datetime) -> None:
    """The sessions of its days that belong to it."""
    found = _held(world, text.unit, text.sessions, since, min(until, at.date()))
    more: dict[str, Any] = {"by": world.clerks[text.unit], "at": at}
    campaigns.tag_sessions(campaign=campaign, sessions=found, **more)


def _sum_up(world: World, text: CampaignText, campaign: Campaign, at: datetime) -> None:
    campaigns.close_campaign(campaign=campaign, summary=text.summary, on=at.date(), by=world.clerks[text.unit], at=at)
