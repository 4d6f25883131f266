"""Changes to campaigns: set up, corrected, their tasks, the sessions that belong to them, summed up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.values import Status
from youju.records.campaigns.kinds import CAMPAIGN_KINDS, COLUMNS_ZH
from youju.records.campaigns.models import Campaign, CampaignSession, CampaignTask
from youju.records.campaigns.queries import body_of, whole
from youju.records.campaigns.values import CampaignDraft, TaskDraft
from youju.records.numbering import next_number
from youju.records.steps.actions import checked, mark_done
from youju.store.models import StoredFile

CODE = "专项"
LONGEST = 3  # years: a campaign has its days, it is no standing work


def start_campaign(
    *, unit: Unit, draft: CampaignDraft, tasks: Sequence[TaskDraft] = (), by: Actor | None, at: datetime
) -> Campaign:
    """Raises Refusal on the field at fault; nothing is written then."""
    keeper = ledger_unit(unit)
    words = _words(draft)
    with transaction.atomic():
        number = next_number(keeper, draft.since.year, CODE)  # locks: the second of two at once sees the first
        if there := Campaign.objects.filter(unit=keeper, title=words["title"], since=draft.since).first():
            raise Refusal("title", f"已经有这项专项活动，编号 {there.number}。")
        campaign = Campaign.objects.create(
            unit=keeper, number=number, kind=draft.kind, since=draft.since, until=draft.until, entered_at=at, **words
        )
        for position, task in enumerate(tasks):
            _write_task(campaign, task, position)
        _note(campaign, verb="建专项活动", by=by, at=at)
    return campaign


def change_campaign(*, campaign: Campaign, draft: CampaignDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """更正. ``revision`` is the one the editor saw; a newer one refuses. Raises Refusal on the field at fault."""
    words = _words(draft)
    with transaction.atomic():
        campaign = _still(campaign, revision)
        if campaign.closed_on and campaign.closed_on < draft.since:
            raise Refusal("since", "已经写了小结，开始日期不能晚于小结日期。")
        before = {campaign.since.year, campaign.until.year}
        campaign.kind, campaign.since, campaign.until = draft.kind, draft.since, draft.until
        campaign.title, campaign.requirement = words["title"], words["requirement"]
        campaign.save(update_fields=["kind", "since", "until", "title", "requirement"])
        _note(campaign, verb="更正专项活动", by=by, at=at, years=before)


def add_task(*, campaign: Campaign, draft: TaskDraft, by: Actor | None, at: datetime) -> CampaignTask:
    """Raises Refusal on ``text``, ``owner`` or ``due_on``, or when it is summed up."""
    with transaction.atomic():
        campaign = _open(campaign)
        if campaign.tasks.filter(text=draft.text.strip(), due_on=draft.due_on, dropped_on__isnull=True).exists():
            raise Refusal("text", "已经有这项任务。")
        task = _write_task(campaign, draft, campaign.tasks.count())
        _note(campaign, verb="部署专项任务", by=by, at=at)
    return task


def change_task(*, task: CampaignTask, draft: TaskDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """更正任务: what it is, who answers, by when."""
    with transaction.atomic():
        campaign = _open(task.campaign, revision)
        task = _task(task)
        text = checked(draft, unit=campaign.unit, name="任务", kept_owner=task.owner_id)
        before = {task.due_on.year} if task.due_on else set()
        task.text, task.owner_id, task.due_on = text, draft.owner_id, draft.due_on
        for name, word in _columns(draft).items():
            setattr(task, name, word)
        task.save(update_fields=["text", "owner", "due_on", *COLUMNS_ZH])
        _note(campaign, verb="更正专项任务", by=by, at=at, years=before)


def finish_task(
    *, task: CampaignTask, proof: str, on: date, file: StoredFile | None = None, revision: int | None = None,
    by: Actor | None, at: datetime,
) -> None:  # fmt: skip
    """填落实. Raises Refusal on ``proof``, ``done_on`` or ``file``, or when somebody else was quicker."""
    with transaction.atomic():
        campaign = _open(task.campaign, revision)
        task = _task(task)
        before = {task.done_on.year} if task.done_on else set()
        # A task may be done before the campaign begins: a notice comes late, and the work has gone on.
        since = date(campaign.since.year - 1, 1, 1)
        mark_done(task, proof=proof, on=on, file=file, since=since, today=local_day(at))
        _note(campaign, verb="填专项任务落实", by=by, at=at, years=before)


def drop_task(*, task: CampaignTask, revision: int, by: Actor | None, at: datetime) -> None:
    """撤销任务, not yet done: what was done stays."""
    with transaction.atomic():
        campaign = _open(task.campaign, revision)
        task = _task(task)
        if task.done_on:
            raise Refusal("", "这项任务已经落实，不能撤销。")
        task.dropped_on = local_day(at)
        task.save(update_fields=["dropped_on"])
        _note(campaign, verb="撤销专项任务", by=by, at=at)


def tag_session(*, campaign: Campaign, session: Session, by: Actor | None, at: datetime) -> None:
    """列入专项: a session of the campaign's own ledger. Said twice it is once. Raises Refusal on ``record``."""
    tag_sessions(campaign=campaign, sessions=[session], by=by, at=at)


def tag_sessions(*, campaign: Campaign, sessions: Sequence[Session], by: Actor | None, at: datetime) -> int:
    """Several at once. Returns how many were new."""
    with transaction.atomic():
        campaign = _still(campaign)
        for session in sessions:
            if session.ledger_id != campaign.unit_id:
                raise Refusal("record", "只能列入本组织台账里的场次。")
            if session.status == Status.CANCELLED:
                raise Refusal("record", f"{session.number} 已经取消，不能列入。")
        known = set(campaign.tagged.values_list("session_id", flat=True))
        new = {session.pk for session in sessions} - known
        if new:
            CampaignSession.objects.bulk_create(CampaignSession(campaign=campaign, session_id=pk) for pk in sorted(new))
            _note(campaign, verb="场次列入专项", by=by, at=at)
    return len(new)


def untag_session(*, campaign: Campaign, session: Session, by: Actor | None, at: datetime) -> None:
    """移出专项. The record itself stays as it is."""
    with transaction.atomic():
        campaign = _still(campaign)
        rows = campaign.tagged.filter(session=session)
        if rows.exists():
            rows.delete()
            _note(campaign, verb="场次移出专项", by=by, at=at)


def choose_campaigns(*, session: Session, campaign_ids: Collection[int], by: Actor | None, at: datetime) -> None:
    """A record's own choice of campaigns, in its transaction. Raises Refusal on ``campaigns``."""
    wanted = set(campaign_ids)
    there = {row.pk: row for row in Campaign.objects.filter(unit_id=session.ledger_id, pk__in=wanted)}
    if wanted - there.keys():
        raise Refusal("campaigns", "没有这项专项活动，请重新选择。")
    known = {row.campaign_id: row.campaign for row in session.campaign_tags.select_related("campaign")}
    for pk in sorted(wanted - known.keys()):
        tag_session(campaign=there[pk], session=session, by=by, at=at)
    for pk in sorted(known.keys() - wanted):
        untag_session(campaign=known[pk], session=session, by=by, at=at)


def close_campaign(
    *, campaign: Campaign, summary: str, on: date, revision: int | None = None, by: Actor | None, at: datetime
) -> None:
    """写小结. Raises Refusal on ``summary`` or ``closed_on``, or while a task is open."""
    summary = needed(summary, field="summary", name="小结", most=2000)
    with transaction.atomic():
        campaign = _open(campaign, revision)
        waiting = campaign.tasks.filter(dropped_on__isnull=True, done_on__isnull=True).count()
        if waiting:
            raise Refusal("", f"还有 {waiting} 项任务没有落实，填完落实情况（或撤销任务）才能写小结。")
        if not campaign.since <= on <= local_day(at):
            raise Refusal("closed_on", f"小结日期不能早于开始的那天（{chinese_date(campaign.since)}），也不能在将来。")
        campaign.summary, campaign.closed_on = summary, on
        campaign.save(update_fields=["summary", "closed_on"])
        _note(campaign, verb="专项小结", by=by, at=at)


def reopen_campaign(*, campaign: Campaign, revision: int, by: Actor | None, at: datetime) -> None:
    """重新打开. The summary that was written stays to be written on."""
    with transaction.atomic():
        campaign = _still(campaign, revision)
        if campaign.closed_on is None:
            raise Refusal("", "还没有写小结。")
        years = {campaign.closed_on.year}
        campaign.closed_on = None
        campaign.save(update_fields=["closed_on"])
        _note(campaign, verb="重新打开专项活动", by=by, at=at, years=years)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a task keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _words(draft: CampaignDraft) -> dict[str, str]:
    if draft.kind not in CAMPAIGN_KINDS:
        raise Refusal("kind", "请选专项活动的种类。")
    title = needed(draft.title, field="title", name="名称", most=120)
    requirement = worded(draft.requirement, field="requirement", name="要求", most=1000)
    if draft.until < draft.since:
        raise Refusal("until", "结束日期不能早于开始日期。")
    if draft.until.year - draft.since.year >= LONGEST:
        raise Refusal("until", f"时段最多跨 {LONGEST} 个年度，请检查日期。")
    return {"title": title, "requirement": requirement}


def _columns(draft: TaskDraft) -> dict[str, str]:
    return {name: worded(getattr(draft, name), field=name, name=zh, most=200) for name, zh in COLUMNS_ZH.items()}


def _write_task(campaign: Campaign, draft: TaskDraft, position: int) -> CampaignTask:
    text = checked(draft, unit=campaign.unit, name="任务")
    return CampaignTask.objects.create(
        campaign=campaign, position=position, text=text, owner_id=draft.owner_id, due_on=draft.due_on, **_columns(draft)
    )


def _task(task: CampaignTask) -> CampaignTask:
    now = CampaignTask.objects.get(pk=task.pk)
    if now.dropped_on:
        raise Refusal("", "这项任务已经撤销。")
    return now


def _still(campaign: Campaign, revision: int | None = None) -> Campaign:
    """As it is now, locked; somebody who saw an older one is told."""
    now = Campaign.objects.select_for_update().get(pk=campaign.pk)
    now.unit = campaign.unit
    if revision is not None and now.revision != revision:
        raise Overtaken("这项专项活动")
    return now


def _open(campaign: Campaign, revision: int | None = None) -> Campaign:
    now = _still(campaign, revision)
    if now.closed_on:
        raise Refusal("", "这项专项活动已经小结，要改先重新打开。")
    return now


def _note(campaign: Campaign, *, verb: str, by: Actor | None, at: datetime, years: set[int] | None = None) -> None:
    campaign = whole(campaign.pk)
    days = [campaign.since, campaign.until, campaign.closed_on]
    days += [day for task in campaign.tasks.all() for day in task.days]
    bump(unit_id=campaign.unit_id, years={day.year for day in days if day} | (years or set()))
    body, texts = body_of(campaign)
    owner = Owner("records", "campaign", campaign.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    Campaign.objects.filter(pk=campaign.pk).update(revision=revision.number)
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="campaign", object_id=campaign.pk, unit_id=campaign.unit_id,
        summary=campaign.number,
    )  # fmt: skip
