"""Turning rules on and off, waiving a due and taking that back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.duties.models import RuleChoice, Waiver
from youju.duties.plans import actions as plans
from youju.duties.rulebook import RULES
from youju.duties.values import Due
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.people.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit

LONGEST_REASON, LONGEST_BASIS = 200, 120


def choose_rule(
    *, unit: Unit, rule_id: str, on: bool, basis: str, since: date | None = None, by: Actor | None, at: datetime
) -> RuleChoice:
    """启用 or 停用 a rule for a unit and all under it from ``since`` (that day when nothing is said).

    Raises Refusal on ``rule_id`` or ``basis``.
    """
    if rule_id not in RULES:
        raise Refusal("rule_id", f"没有“{rule_id}”这条规则。")
    basis = _words(basis, "basis", "请写明依据，例如哪个文件的哪一条。", LONGEST_BASIS)
    since = since or at.date()
    with transaction.atomic():
        row, _ = RuleChoice.objects.update_or_create(
            unit=unit, rule_id=rule_id, since=since, defaults={"on": on, "basis": basis, "made_at": at}
        )
        verb = "启用规则" if on else "停用规则"
        _note(unit, row.pk, verb, "rule_choice", rule_id, {since.year, at.year}, by=by, at=at)
    return row


def waive(*, unit: Unit, due: Due, reason: str, basis: str, by: Actor | None, at: datetime) -> Waiver:
    """豁免 one due of a rule. Raises Refusal on ``reason``, ``basis``, or when it is waived already."""
    if due.rule is None or due.unit_id != unit.pk:
        raise Refusal("", "只有按规则应做的事才能豁免。")
    reason = _words(reason, "reason", "请写明豁免的原因。", LONGEST_REASON)
    basis = _words(basis, "basis", "请写明豁免的依据，例如上级批复或支委会决议的编号。", LONGEST_BASIS)
    with transaction.atomic():
        row, fresh = Waiver.objects.get_or_create(
            unit=unit, rule_id=due.rule.id, period_start=due.period.start, withdrawn_at=None,
            defaults={"reason": reason, "basis": basis, "made_at": at},
        )  # fmt: skip
        if not fresh:
            raise Refusal("", "这件事已经豁免过了。")
        _note(unit, row.pk, "豁免", "waiver", f"{due.rule.id} {due.code}", {due.period.start.year}, by=by, at=at)
    return row


def withdraw_waiver(*, unit: Unit, due: Due, by: Actor | None, at: datetime) -> None:
    """撤回豁免: the due is owed again. Raises Refusal when it was not waived."""
    with transaction.atomic():
        row = (
            Waiver.objects.select_for_update()
            .filter(
                unit=unit,
                rule_id=due.rule.id if due.rule else "",
                period_start=due.period.start,
                withdrawn_at__isnull=True,
            )
            .first()
        )
        if row is None:
            raise Refusal("", "这件事没有豁免过。")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _note(unit, row.pk, "撤回豁免", "waiver", f"{row.rule_id} {due.code}", {due.period.start.year}, by=by, at=at)


def _words(text: str, field: str, missing: str, longest: int) -> str:
    if not text.strip():
        raise Refusal(field, missing)
    return needed(text, field=field, name={"reason": "原因", "basis": "依据"}[field], most=longest)


def _note(
    unit: Unit, pk: int, verb: str, noun: str, summary: str, years: set[int], *, by: Actor | None, at: datetime
) -> None:
    bump(unit_id=unit.pk, years=years)
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun=noun, object_id=pk, unit_id=unit.pk, summary=summary
    )


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Lines of plans keep an id of their owner; the name goes with the member."""
    plans.forget(member=member, by=by, at=at)
