"""What each page of the campaigns shows: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.urls import reverse

from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.queries import own_ledger
from youju.records.activities.rules import TALK_KINDS
from youju.records.activities.values import Status
from youju.records.campaigns.kinds import CAMPAIGN_KINDS
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.queries import campaigns_of, pace_of, sessions_of, stage_of
from youju.records.campaigns.values import Stage
from youju.records.steps.values import Pace
from youju.web.shared.files import Trace, traces_of
from youju.web.work.campaign_figures import Shown, figures_of
from youju.web.work.steps import StepRow, step_row
from youju.web.work.tabs import Frame, frame

MARKS = {Stage.LATE: "late", Stage.GOING: "half", Stage.OVER: "todo", Stage.COMING: "plan", Stage.CLOSED: "done"}
MOST_OFFERED = 200
AROUND = timedelta(days=31)


@dataclass(frozen=True)
class Row:
    """One campaign in the list."""

    campaign: Campaign
    stage: Stage
    pace: Pace
    days: int
    url: str

    @property
    def mark(self) -> str:
        return MARKS[self.stage]


@dataclass(frozen=True)
class Group:
    stage: Stage
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    groups: tuple[Group, ...]
    kinds: tuple[tuple[str, str, int], ...]
    kind: str
    whole: int
    total: int
    late: int
    may_write: bool


@dataclass(frozen=True)
class Tagged:
    session: Session
    title: str
    kinds: str
    planned: bool
    url: str


@dataclass(frozen=True)
class CampaignPage:
    frame: Frame
    campaign: Campaign
    row: Row
    tasks: tuple[StepRow, ...]
    heads: tuple[str, ...]
    tagged: tuple[Tagged, ...]
    figures: tuple[Shown, ...]
    traces: tuple[Trace, ...]
    may_write: bool
    on: date


@dataclass(frozen=True)
class FormPage:
    """A page that is one form about one campaign; ``task`` is what it speaks of, if it speaks of one."""

    frame: Frame
    campaign: Campaign | None
    form: forms.Form
    heading: str
    verb: str
    back: str
    revision: object = None
    more: Sequence[forms.Form] = ()
    task: Any = None
    drop_url: str = ""


@dataclass(frozen=True)
class ChooserPage:
    frame: Frame
    campaign: Campaign
    offered: tuple[Tagged, ...]
    around: bool
    back: str
    fault: str = ""


def url_of(campaign: Campaign, page: str = "campaign", *more: int) -> str:
    return reverse(f"work:{page}", args=[campaign.unit_id, campaign.number, *more])


def row_of(campaign: Campaign, *, on: date) -> Row:
    pace = pace_of(campaign, on)
    days = abs((pace.next_due - on).days) if pace.next_due else 0
    return Row(campaign, stage_of(campaign, on), pace, days, url_of(campaign))


def rows_of(unit: Unit, *, on: date, kind: str = "") -> list[Row]:
    return [row_of(one, on=on) for one in campaigns_of(unit) if kind in ("", one.kind)]


def list_page(*, unit: Unit, rights: frozenset[Right], on: date, kind: str) -> ListPage:
    whole = rows_of(unit, on=on)
    kind = kind if kind in CAMPAIGN_KINDS else ""
    rows = [row for row in whole if kind in ("", row.campaign.kind)]
    groups = [Group(stage, tuple(row for row in rows if row.stage is stage)) for stage in Stage]
    kinds = [(one.id, one.zh, sum(row.campaign.kind == one.id for row in whole)) for one in CAMPAIGN_KINDS.values()]
    return ListPage(
        frame=frame(unit, "work:campaigns"),
        groups=tuple(group for group in groups if group.rows),
        kinds=tuple(one for one in kinds if one[2]),
        kind=kind,
        whole=len(whole),
        total=len(rows),
        late=sum(row.stage is Stage.LATE for row in rows),
        may_write=Right.WRITE_RECORDS in rights,
    )


def campaign_page(*, campaign: Campaign, rights: frozenset[Right], on: date) -> CampaignPage:
    heads = campaign.known.heads if campaign.known else ()
    return CampaignPage(
        frame=frame(campaign.unit, "work:campaigns"),
        campaign=campaign,
        row=row_of(campaign, on=on),
        tasks=tuple(
            step_row(
                task, on=on, url=url_of(campaign, "task", task.position),
                change_url=url_of(campaign, "task_change", task.position),
                file_url=url_of(campaign, "campaign_file", task.file_id) if task.file_id else "",
                cells=tuple((zh, getattr(task, column)) for column, zh in heads),
            )
            for task in campaign.tasks.all()
        ),
        heads=tuple(zh for _, zh in heads),
        tagged=tuple(_tagged(session) for session in sessions_of(campaign)),
        figures=figures_of(campaign, on=on),
        traces=traces_of("campaign", campaign.pk),
        may_write=Right.WRITE_RECORDS in rights,
        on=on,
    )  # fmt: skip


def chooser_page(campaign: Campaign, *, around: bool, fault: str = "") -> ChooserPage:
    """Sessions of its days that are not in it yet; ``around``: of the months before and after too."""
    since, until = campaign.since, campaign.until
    if around:
        since, until = since - AROUND, until + AROUND
    rows = own_ledger(campaign.unit).filter(held_on__gte=since, held_on__lte=until)
    rows = rows.exclude(status__in=(Status.CANCELLED, Status.REMOVED)).exclude(campaign_tags__campaign=campaign)
    rows = rows.prefetch_related("kind_rows").order_by("held_on", "pk")
    return ChooserPage(
        frame=frame(campaign.unit, "work:campaigns"),
        campaign=campaign,
        offered=tuple(_tagged(session) for session in rows[:MOST_OFFERED] if not only_talk(session)),
        around=around,
        back=url_of(campaign),
        fault=fault,
    )


def only_talk(session: Session) -> bool:
    return {row.kind for row in session.kind_rows.all()} <= TALK_KINDS


def _tagged(session: Session) -> Tagged:
    kinds = "、".join(KINDS[row.kind].zh for row in session.kind_rows.all() if row.kind in KINDS)
    title = kinds if only_talk(session) else session.title  # that of a talk may say with whom
    url = reverse("ledger:record", args=[session.ledger_id, session.number])
    return Tagged(session, title, kinds, session.status == Status.PLANNED, url)
