"""Projects, their milestones, campaigns and their tasks as figures count them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import Campaign, CampaignTask, Milestone, Project

HEAD = ("pk", "number", "kind", "title", "since", "unit_id", "entered_at")
OF_STEP = ("pk", "text", "due_on", "done_on")


def projects(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """By the day they were set up; done when their outcome was written."""
    for pk, number, kind, title, since, unit_id, entered_at, done_on, stopped_on in _projects(
        unit_ids, period.start, period.end
    ):
        note = "已完成" if done_on else "中止" if stopped_on else "进行中"
        yield EntryFact(
            pk, number, kind, title, since, since.year, unit_id, local_day(entered_at), closed_on=done_on, note=note
        )


def milestones(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """By the day they were reached; while they wait, by the day they are due."""
    for pk, text, due_on, done_on, number, kind, unit_id, entered_at in _milestones(unit_ids, period.start, period.end):
        day = _day(done_on, due_on)
        yield EntryFact(
            pk, number, kind, text, day, day.year, unit_id, local_day(entered_at),
            closed_on=done_on, note="已完成" if done_on else "未完成",
        )  # fmt: skip


def campaigns(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """By the day they begin; done when they were summed up."""
    for pk, number, kind, title, since, unit_id, entered_at, closed_on in _campaigns(
        unit_ids, period.start, period.end
    ):
        yield EntryFact(
            pk, number, kind, title, since, since.year, unit_id, local_day(entered_at),
            closed_on=closed_on, note="已小结" if closed_on else "",
        )  # fmt: skip


def campaign_tasks(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """As milestones, of the kind of their campaign."""
    for pk, text, due_on, done_on, number, kind, unit_id, entered_at in _campaign_tasks(
        unit_ids, period.start, period.end
    ):
        day = _day(done_on, due_on)
        yield EntryFact(
            pk, number, kind, text, day, day.year, unit_id, local_day(entered_at),
            closed_on=done_on, note="已落实" if done_on else "未落实",
        )  # fmt: skip


@written_once
def _projects(units: Listed, start: date, end: date) -> Rows:
    rows = Project.objects.filter(unit_id__in=units, since__gte=start, since__lte=end)
    return rows.values_list(*HEAD, "done_on", "stopped_on")


@written_once
def _campaigns(units: Listed, start: date, end: date) -> Rows:
    rows = Campaign.objects.filter(unit_id__in=units, since__gte=start, since__lte=end)
    return rows.values_list(*HEAD, "closed_on")


@written_once
def _milestones(units: Listed, start: date, end: date) -> Rows:
    rows = Milestone.objects.filter(_dated_in(start, end), project__unit_id__in=units, dropped_on__isnull=True)
    return rows.order_by().values_list(*OF_STEP, *_of("project"))


@written_once
def _campaign_tasks(units: Listed, start: date, end: date) -> Rows:
    rows = CampaignTask.objects.filter(_dated_in(start, end), campaign__unit_id__in=units, dropped_on__isnull=True)
    return rows.order_by().values_list(*OF_STEP, *_of("campaign"))


def _of(whole: str) -> tuple[str, ...]:
    return tuple(f"{whole}__{name}" for name in ("number", "kind", "unit_id", "entered_at"))


def _dated_in(start: date, end: date) -> Q:
    done = Q(done_on__gte=start, done_on__lte=end)
    return done | Q(done_on__isnull=True, due_on__gte=start, due_on__lte=end)


def _day(done_on: date | None, due_on: date | None) -> date:
    day = done_on or due_on
    assert day is not None  # what has neither is dated in no period
    return day
