"""Questions about campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.models import Session, SessionSet
from youju.records.activities.values import Status
from youju.records.campaigns.models import Campaign, CampaignSet, CampaignTask
from youju.records.campaigns.rules import stage
from youju.records.campaigns.values import Stage
from youju.records.steps.models import body_of as step_body
from youju.records.steps.rules import pace
from youju.records.steps.values import Pace


def with_parts(rows: CampaignSet) -> CampaignSet:
    tasks = CampaignTask.objects.filter(dropped_on__isnull=True).select_related("owner", "file").order_by("position")
    return rows.select_related("unit").prefetch_related(Prefetch("tasks", queryset=tasks))


def campaigns_of(unit: Unit) -> list[Campaign]:
    """In the unit's own list, latest first."""
    return list(with_parts(Campaign.objects.filter(unit=unit)).order_by("-since", "-pk"))


def open_to(ledger: Unit, day: date) -> list[Campaign]:
    """The campaigns of a ledger to which a session of this day may belong, latest first."""
    return list(Campaign.objects.filter(unit=ledger, since__lte=day, until__gte=day).order_by("-since", "-pk"))


def find(unit: Unit, number: str) -> Campaign | None:
    return with_parts(Campaign.objects.filter(unit=unit, number=number)).first()


def sessions_of(campaign: Campaign) -> SessionSet:
    """What belongs to it and was not cancelled or taken out, earliest first."""
    rows = Session.objects.filter(campaign_tags__campaign=campaign).exclude(status=Status.CANCELLED)
    return rows.prefetch_related("kind_rows").order_by("held_on", "pk")


def campaigns_with(session: Session) -> list[Campaign]:
    """The campaigns a session belongs to."""
    return list(Campaign.objects.filter(tagged__session=session).order_by("since", "pk"))


def pace_of(campaign: Campaign, on: date) -> Pace:
    """How its tasks stand, the campaign being loaded with its parts."""
    return pace((task.days for task in campaign.tasks.all()), on=on)


def stage_of(campaign: Campaign, on: date) -> Stage:
    return stage(
        since=campaign.since, until=campaign.until, closed_on=campaign.closed_on, tasks=pace_of(campaign, on), on=on
    )


def whole(pk: int) -> Campaign:
    """With every part there is, also what was taken out: as a revision keeps it."""
    return Campaign.objects.prefetch_related("tasks__file", "tagged").get(pk=pk)


def body_of(campaign: Campaign) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a campaign holds, all its parts being loaded: plain data and texts by key."""
    texts = {"title": campaign.title, "requirement": campaign.requirement, "summary": campaign.summary}
    for task in campaign.tasks.all():
        words = {"task": task.text, "proof": task.proof}
        words |= {"business": task.business, "deployed": task.deployed, "assessed": task.assessed}
        texts |= {f"{key}.{task.position}": word for key, word in words.items()}
    body = {
        "number": campaign.number, "unit": campaign.unit_id, "kind": campaign.kind, "since": campaign.since,
        "until": campaign.until, "closed_on": campaign.closed_on,
        "tasks": [step_body(task) for task in campaign.tasks.all()],
        "sessions": sorted(tag.session_id for tag in campaign.tagged.all()),
    }  # fmt: skip
    return body, texts


@rows_once
def _owned_by(member: int) -> QuerySet[CampaignTask]:
    rows = CampaignTask.objects.filter(owner_id=member, dropped_on__isnull=True)
    return rows.select_related("campaign").order_by("pk")


def about(member: Member) -> dict[str, object]:
    """Tasks of campaigns a member answers for."""
    return {
        "负责的专项任务": [
            {"编号": row.campaign.number, "任务": row.text, "时限": row.due_on, "完成": row.done_on}
            for row in _owned_by(member.pk)
        ]
    }
