"""Projects, their milestones, campaigns and their tasks as figures count them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.records.models import Campaign, CampaignTask, Milestone, Project


def projects(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """By the day they were set up; done when their outcome was written."""
    rows = Project.objects.filter(unit_id__in=unit_ids, since__gte=period.start, since__lte=period.end)
    for row in rows.select_related("owner"):
        note = "已完成" if row.done_on else "中止" if row.stopped_on else "进行中"
        yield EntryFact(
            row.pk, row.number, row.kind, row.title, row.since, row.since.year, row.unit_id, local_day(row.entered_at),
            closed_on=row.done_on, note=note,
        )  # fmt: skip


def milestones(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """By the day they were reached; while they wait, by the day they are due."""
    rows = Milestone.objects.filter(_dated_in(period), project__unit_id__in=unit_ids, dropped_on__isnull=True)
    for row in rows.select_related("project"):
        of = row.project
        day = _day(row.done_on, row.due_on)
        yield EntryFact(
            row.pk, of.number, of.kind, row.text, day, day.year, of.unit_id, local_day(of.entered_at),
            closed_on=row.done_on, note="已完成" if row.done_on else "未完成",
        )  # fmt: skip


def campaigns(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """By the day they begin; done when they were summed up."""
    rows = Campaign.objects.filter(unit_id__in=unit_ids, since__gte=period.start, since__lte=period.end)
    for row in rows:
        yield EntryFact(
            row.pk, row.number, row.kind, row.title, row.since, row.since.year, row.unit_id, local_day(row.entered_at),
            closed_on=row.closed_on, note="已小结" if row.closed_on else "",
        )  # fmt: skip


def campaign_tasks(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """As milestones, of the kind of their campaign."""
    rows = CampaignTask.objects.filter(_dated_in(period), campaign__unit_id__in=unit_ids, dropped_on__isnull=True)
    for row in rows.select_related("campaign"):
        of = row.campaign
        day = _day(row.done_on, row.due_on)
        yield EntryFact(
            row.pk, of.number, of.kind, row.text, day, day.year, of.unit_id, local_day(of.entered_at),
            closed_on=row.done_on, note="已落实" if row.done_on else "未落实",
        )  # fmt: skip


def _dated_in(period: Period) -> Q:
    done = Q(done_on__gte=period.start, done_on__lte=period.end)
    return done | Q(done_on__isnull=True, due_on__gte=period.start, due_on__lte=period.end)


def _day(done_on: date | None, due_on: date | None) -> date:
    day = done_on or due_on
    assert day is not None  # what has neither is dated in no period
    return day
