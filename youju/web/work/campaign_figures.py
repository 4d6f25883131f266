"""The figures of one campaign: what its sessions and tasks come to, each with its rows, by the rules of all figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from youju.figures import rules
from youju.figures.catalogue import lump
from youju.figures.figure import Figure, Measure, Where
from youju.figures.material import load
from youju.figures.queries import completed
from youju.figures.values import Answer, Material, Row
from youju.kit.periods import Period
from youju.prose.say import say_quantity
from youju.prose.vocabulary import KINDS
from youju.records.activities.rules import TALK_KINDS
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.queries import sessions_of

ALL = Figure(id="场次", of="activity", unit="次", say="开展活动{n}")
PEOPLE = Figure(id="参加人次", of="activity", measure=Measure.SUM, amount="came", unit="人次", say="参加{n}")
TASKS = Figure(id="任务", of="campaign_task", unit="项", say="任务{n}")
DONE = Figure(id="完成任务", of="campaign_task", where=Where(status="closed"), unit="项", say="完成任务{n}")


@dataclass(frozen=True)
class Line:
    day: date
    number: str
    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One figure with the rows that make it."""

    name: str
    said: str
    lines: tuple[Line, ...]


def figures_of(campaign: Campaign, *, on: date) -> tuple[Shown, ...]:
    """Sessions in all and by kind, person-times, and how many tasks are done; as of a day."""
    tagged = [session for session in sessions_of(campaign) if session.held_on <= on]
    days = [*(s.held_on for s in tagged), campaign.since, campaign.until, on]
    days += [day for task in campaign.tasks.all() for day in task.days if day]
    period = Period(min(days), max(days))
    material = _only(campaign, {session.pk for session in tagged}, period)
    present = {kind for fact in material.activities for kind in fact.kinds}
    by_kind = [lump((kind,)) for kind in KINDS if kind in present]
    asked = [(ALL.id, ALL), *((KINDS[f.kinds[0]].zh, f) for f in by_kind), (PEOPLE.id, PEOPLE), (DONE.id, DONE)]
    return tuple(_shown(campaign, name, rules.answer(figure, material, period, on)) for name, figure in asked)


def _only(campaign: Campaign, session_ids: set[int], period: Period) -> Material:
    """The unit's material with nothing in it but what belongs to the campaign."""
    whole = completed(load(campaign.unit, period), campaign.unit, (TASKS,))
    own = {task.pk for task in campaign.tasks.all()}
    tasks = tuple(fact for fact in whole.entries[TASKS.of] if fact.id in own)
    activities = tuple(fact for fact in whole.activities if fact.id in session_ids)
    return replace(whole, activities=activities, problems=(), entries={TASKS.of: tasks})


def _shown(campaign: Campaign, name: str, answer: Answer) -> Shown:
    lines = tuple(
        Line(row.day, row.number, _title(row), row.note, _url(campaign, row.noun, row.number))
        for row in sorted(answer.rows, key=lambda row: (row.day, row.id))
    )
    return Shown(name, say_quantity(answer.statement()), lines)


def _title(row: Row) -> str:
    """That of a talk may say with whom."""
    talk = bool(row.kinds) and set(row.kinds) <= TALK_KINDS
    return "、".join(KINDS[kind].zh for kind in row.kinds if kind in KINDS) if talk else row.title


def _url(campaign: Campaign, noun: str, number: str) -> str:
    if noun == TASKS.of:
        return ""  # they stand on the page itself
    return reverse("ledger:record", args=[campaign.unit_id, number])
