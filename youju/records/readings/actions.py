"""Changes to 自学: note one, withdraw one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.readings.models import Reading
from youju.records.sources.models import Source

MOST_BACK_YEARS = 5


def note_reading(
    *, member: Member, read_on: date, title: str, keeper: Unit | None = None, by: Actor | None, at: datetime
) -> Reading:
    """自学登记, by the member himself or for him. It stands in the ledger to which he belonged on that day;
    ``keeper`` is the ledger of who writes it for him, and nobody writes into another one.

    Raises Refusal on the field at fault; a second click finds what the first has written.
    """
    title = needed(title, field="title", name="学习内容", most=120)
    today = local_day(at)
    if read_on > today:
        raise Refusal("read_on", "日期不能在将来。")
    if read_on.year < today.year - MOST_BACK_YEARS:
        raise Refusal("read_on", f"只登记近{MOST_BACK_YEARS}年的自学。")
    ledger = _ledger_on(member, read_on)
    if keeper is not None and ledger.pk != keeper.pk:
        raise Refusal("read_on", "那天还不在本组织，请核对日期。")
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # of two clicks the second waits here
        there = Reading.objects.standing().filter(member=member, read_on=read_on, title=title).first()
        if there:
            return there
        reading = Reading.objects.create(
            ledger=ledger, member=member, read_on=read_on, title=title, entered_at=at, entered_by=by.pk if by else None,
            source=Source.objects.filter(ledger=ledger, title=title.strip("《》")).first(),
        )  # fmt: skip
        _note(reading, verb="登记自学", by=by, at=at)
    return reading


def withdraw_reading(*, reading: Reading, by: Actor | None, at: datetime) -> None:
    """撤回. A second click changes nothing."""
    with transaction.atomic():
        reading = Reading.objects.select_for_update().get(pk=reading.pk)
        if reading.withdrawn_at:
            return
        reading.withdrawn_at = max(at, reading.entered_at)
        reading.save(update_fields=["withdrawn_at"])
        _note(reading, verb="撤回自学登记", by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """A reading keeps an id; the name goes with the member."""


def _ledger_on(member: Member, day: date) -> Unit:
    row = Membership.objects.filter(member=member).on(day).select_related("unit__parent").first()
    if row is None:
        raise Refusal("read_on", "那天还不在本组织，请核对日期。")
    return ledger_unit(row.unit)


def _note(reading: Reading, *, verb: str, by: Actor | None, at: datetime) -> None:
    bump(unit_id=reading.ledger_id, years={reading.read_on.year})
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="reading", object_id=reading.pk, unit_id=reading.ledger_id,
        summary=f"{reading.read_on:%Y-%m-%d}",
    )  # fmt: skip
