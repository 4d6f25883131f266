"""Stating a term, prolonging it, taking it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.terms.models import Term
from youju.people.terms.values import LONGEST_TERM, MOST_EXTENSION, years_after
from youju.people.units.actions import bump, years_from
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind

LONGEST_BASIS = 120


def state_term(*, unit: Unit, elected_on: date, years: int | None, basis: str, by: Actor | None, at: datetime) -> Term:
    """登记任期: elected on that day for so many years; ``years`` None says 临时党支部, which holds no election.

    Raises Refusal on ``unit``, ``elected_on``, ``years`` or ``basis``.
    """
    if unit.kind == UnitKind.GROUP:
        raise Refusal("unit", "党小组没有任期，请在党支部登记。")
    if elected_on > local_day(at):
        raise Refusal("elected_on", "还没有选举，选出之后再登记。")
    if years is not None and not 1 <= years <= LONGEST_TERM:
        raise Refusal("years", f"任期只能是 1 到 {LONGEST_TERM} 年。")
    if unit.opened_on and elected_on < unit.opened_on:
        raise Refusal("elected_on", f"本组织{chinese_date(unit.opened_on)}才成立。")
    basis = needed(basis, field="basis", name="依据", most=LONGEST_BASIS)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Term.objects.create(unit=unit, elected_on=elected_on, years=years, basis=basis, stated_at=at)
        except IntegrityError as error:
            raise Refusal("elected_on", "这一天的任期已经登记过了；登记错了请先撤回。") from error
        _note(row, verb="登记任期", by=by, at=at)
    return row


def extend_term(*, term: Term, until: date, basis: str, by: Actor | None, at: datetime) -> Term:
    """延期换届, with the approval. Raises Refusal on ``until`` or ``basis``."""
    basis = needed(basis, field="basis", name="批准延期的依据", most=LONGEST_BASIS)
    with transaction.atomic():
        row = Term.objects.select_for_update().get(pk=term.pk)
        ends = row.fact.ends_on
        if row.withdrawn_at or ends is None:
            raise Refusal("until", "这一届没有届满日期，不能延期。")
        latest = years_after(ends, MOST_EXTENSION)
        if not ends < until <= latest:
            raise Refusal(
                "until", f"{chinese_date(ends)}届满，延期一般不超过1年，只能填到{chinese_date(latest)}为止的日子。"
            )
        row.extended_until, row.extension_basis = until, basis
        row.save(update_fields=["extended_until", "extension_basis"])
        _note(row, verb="延期换届", by=by, at=at)
    return row


def withdraw_term(*, term: Term, by: Actor | None, at: datetime) -> None:
    """撤回 what was stated by mistake. Raises Refusal when it is gone already."""
    with transaction.atomic():
        row = Term.objects.select_for_update().get(pk=term.pk)
        if row.withdrawn_at:
            raise Refusal("", "这条任期已经撤回了。")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _note(row, verb="撤回任期", by=by, at=at)


def _note(row: Term, *, verb: str, by: Actor | None, at: datetime) -> None:
    """Every year from the election to the one in which the next is owed reads it, and those that are late."""
    ends = row.fact.owed_by
    years = years_from(row.elected_on, at) | (years_from(row.elected_on, at, ends) if ends else set())
    bump(unit_id=row.unit_id, years=years, onward=True)
    journal.write_line(
        by=by, at=at, verb=verb, room="people", noun="term", object_id=row.pk, unit_id=row.unit_id,
        summary=f"{row.elected_on:%Y-%m-%d} {row.years or '临时'}",
    )  # fmt: skip
