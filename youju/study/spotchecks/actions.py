"""Changes to spot checks: draw, drop, record that it was held."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.drawing import SEED, digest_of, drawn
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.actions import record_activity
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.values import ActivityDraft, RosterEntry
from youju.study.spotchecks.models import RosterPlace, SpotCheck
from youju.study.spotchecks.queries import KIND, body_of, records_offered, standing_in, with_parts
from youju.study.spotchecks.values import HeldDraft, Stage

LONGEST_OUTCOME = 200


def draw(*, unit: Unit, size: int, seed: str, by: Actor | None, at: datetime) -> SpotCheck:
    """抽样 of the present quarter, from the roster of today. ``seed`` is given by who calls, who may look for chance.

    Drawn once a quarter: for another draw the first is dropped, with its reason. Raises Refusal on ``size``.
    """
    assert SEED.fullmatch(seed)  # the door makes it
    keeper, today = ledger_unit(unit), local_day(at)
    roster = [person.member_id for person in expected_at(keeper, (KIND,), today)]
    if not 1 <= size <= len(roster):
        raise Refusal("size", f"抽 1 到 {len(roster)} 人。")
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two clicks the second sees the first
        if there := standing_in(keeper, today):
            raise Refusal("", f"这个季度{chinese_date(there.drawn_on)}已经抽过。要重抽，先写原因作废那一次。")
        check = SpotCheck.objects.create(
            ledger=keeper, year=today.year, quarter=(today.month + 2) // 3, seed=seed, size=size, drawn_on=today,
            roster_digest=digest_of(roster), entered_at=at,
        )  # fmt: skip
        picked = set(drawn(seed, len(roster), size))
        RosterPlace.objects.bulk_create(
            RosterPlace(spot_check=check, number=number, member_id=member_id, picked=number in picked)
            for number, member_id in enumerate(roster, 1)
        )
        _note(check, verb="抽样", by=by, at=at)
    return check


def drop(*, check: SpotCheck, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """作废 before it was held, so that another may be drawn; it stays to be seen. Raises Refusal on ``reason``."""
    reason = needed(reason, field="reason", name="作废的原因", most=200)
    with transaction.atomic():
        check = _open(check, revision)
        check.dropped_at, check.reason, check.session = max(at, check.entered_at), reason, None
        check.save(update_fields=["dropped_at", "reason", "session"])
        _note(check, verb="作废抽样", by=by, at=at)


def hold(
    *, check: SpotCheck, draft: HeldDraft, revision: int, form_key: str | None = None, by: Actor | None, at: datetime
) -> Session:
    """记抽查: one record of kind 自学抽查 that says who looked, whom he met, and in one sentence what came of it.

    Raises Refusal on ``day``, ``checker``, ``met`` or ``outcome``.
    """
    outcome = needed(draft.outcome, field="outcome", name="抽查结果", most=LONGEST_OUTCOME)
    if draft.checker_id is None:
        raise Refusal("checker", "请选谁去查的。")
    with transaction.atomic():
        check = _open(check, revision)
        picked = {place.member_id for place in check.places.all() if place.picked}
        if not draft.met_ids or not set(draft.met_ids) <= picked:
            raise Refusal("met", "请勾选抽中的人里查到了谁。")
        day = local_day(draft.starts_at)
        if day < check.drawn_on:
            raise Refusal("day", f"{chinese_date(check.drawn_on)}才抽的样，抽查不能早于那天。")
        people = dict.fromkeys((draft.checker_id, *draft.met_ids))
        activity = ActivityDraft(
            kinds=(KIND,), title=check.title, starts_at=draft.starts_at, place=draft.place, chair_id=draft.checker_id,
            roster=tuple(RosterEntry(pk) for pk in people), outcome=outcome,
        )  # fmt: skip
        try:
            session = record_activity(unit=check.ledger, draft=activity, by=by, at=at, form_key=form_key)
        except Refusal as refusal:
            field = {"starts_at": "day", "roster": "met", "chair": "checker"}.get(refusal.field, refusal.field)
            raise Refusal(field, refusal.sentence) from refusal
        _set_record(check, session, by=by, at=at)
    return session


def link(*, check: SpotCheck, number: str, revision: int, by: Actor | None, at: datetime) -> None:
    """The check was recorded in the ledger already, under this number. Raises Refusal on ``record``."""
    with transaction.atomic():
        # Of two checks for one record the second sees that the first has it.
        Unit.objects.select_for_update(no_key=True).get(pk=check.ledger_id)
        check = _open(check, revision)
        session = next((row for row in records_offered(check) if row.number == number.strip()), None)
        if session is None:
            raise Refusal("record", "台账里没有这个编号的自学抽查，或者它在抽样之前，或者已经关联过。")
        _set_record(check, session, by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """A place on a roster keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _open(check: SpotCheck, revision: int) -> SpotCheck:
    """As it is now, locked, and still to be held; somebody who saw an older one is told."""
    now = with_parts(SpotCheck.objects.filter(pk=check.pk)).select_for_update(of=("self",)).get()
    if now.stage is Stage.DROPPED:
        raise Refusal("", "这次抽样已经作废。")
    if now.stage is Stage.HELD:
        raise Refusal("", "这次抽查已经记过。要改请到抽查记录里更正。")
    if now.revision != revision:
        raise Overtaken("这次抽查")
    return now


def _set_record(check: SpotCheck, session: Session, *, by: Actor | None, at: datetime) -> None:
    check.session = session
    check.save(update_fields=["session"])
    _note(check, verb="记抽查", by=by, at=at)


def _note(check: SpotCheck, *, verb: str, by: Actor | None, at: datetime) -> None:
    check = SpotCheck.objects.prefetch_related("places").get(pk=check.pk)
    bump(unit_id=check.ledger_id, years={check.year})
    body, texts = body_of(check)
    owner = Owner("study", "spot_check", check.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    SpotCheck.objects.filter(pk=check.pk).update(revision=revision.number)
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="spot_check", object_id=check.pk, unit_id=check.ledger_id,
        summary=f"{check.year}年第{check.quarter}季度 种子{check.seed} {check.size}人",
    )  # fmt: skip
