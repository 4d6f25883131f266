"""Turning rules on and off, making rules of one's own, waiving a due and taking that back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.duties.choices.models import LocalRule, RuleChoice, Waiver
from youju.duties.choices.queries import known_rule
from youju.duties.choices.values import LONGEST_BASIS, LONGEST_NOTE, LONGEST_REASON, LONGEST_TITLE, RuleDraft, checked
from youju.duties.rulebook import SWITCHES
from youju.duties.values import Due
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.units.actions import bump_all
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind

NAMES = {"reason": "原因", "basis": "依据"}


def choose_rule(
    *, unit: Unit, rule_id: str, on: bool, basis: str, since: date | None = None, by: Actor | None, at: datetime
) -> RuleChoice:
    """启用 or 停用 a rule for a unit and all under it from ``since`` (that day when nothing is said).

    Raises Refusal on ``rule_id`` or ``basis``.
    """
    if rule_id not in SWITCHES and known_rule(unit, rule_id) is None:
        raise Refusal("rule_id", f"没有“{rule_id}”这条规则。")
    basis = _words(basis, "basis", "请写明依据，例如哪个文件的哪一条。", LONGEST_BASIS)
    since = since or local_day(at)
    with transaction.atomic():
        row, _ = RuleChoice.objects.update_or_create(
            unit=unit, rule_id=rule_id, since=since, defaults={"on": on, "basis": basis, "made_at": at}
        )
        verb = "启用规则" if on else "停用规则"
        _note(unit, row.pk, verb, "rule_choice", rule_id, _years(since, at), by=by, at=at)
    return row


def make_rule(*, unit: Unit, draft: RuleDraft, since: date, by: Actor | None, at: datetime) -> LocalRule:
    """加一条本地规定, in force for the unit and all under it from ``since``.

    Raises Refusal on the field at fault.
    """
    basis = _checked_words(draft)
    _not_a_group(unit)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        rows = LocalRule.objects.filter(unit=unit)
        known = rows.filter(withdrawn_at__isnull=True, ended_on__isnull=True)
        if draft.title.strip() in {row.body["title"] for row in known}:  # a form sent twice makes one rule
            raise Refusal("title", "同名的规定已经有了；要改它，请打开那一条。")
        made = rows.values("rule_id").distinct().count()
        rule_id = f"own_{unit.pk}_{made + 1}"
        checked(draft, rule_id)
        row = LocalRule.objects.create(
            unit=unit, rule_id=rule_id, body=draft.body, basis=basis, since=since, made_at=at
        )
        _note(unit, row.pk, "加本地规定", "local_rule", rule_id, _years(since, at), by=by, at=at)
    return row


def change_rule(*, version: LocalRule, draft: RuleDraft, since: date, by: Actor | None, at: datetime) -> LocalRule:
    """改本地规定 from a day on: a new version, so that the past keeps the rule of its day.

    On the day the present version began it is a slip put right. Raises Refusal on the field at fault.
    """
    basis = _checked_words(draft)
    with transaction.atomic():
        now = _last(version)
        checked(draft, now.rule_id)
        if since < now.since:
            raise Refusal("since", f"现在的内容从{chinese_date(now.since)}起，改动不能早于这一天。")
        if since == now.since:
            now.withdrawn_at = at
            now.save(update_fields=["withdrawn_at"])
        else:
            now.ended_on = since
            now.save(update_fields=["ended_on"])
        row = LocalRule.objects.create(
            unit=now.unit, rule_id=now.rule_id, body=draft.body, basis=basis, since=since, made_at=at
        )
        _note(now.unit, row.pk, "改本地规定", "local_rule", now.rule_id, _years(since, at), by=by, at=at)
    return row


def end_rule(*, version: LocalRule, on: date, basis: str, by: Actor | None, at: datetime) -> None:
    """停用本地规定 from a day on; what was owed before stays owed. Raises Refusal on ``basis`` or ``since``."""
    basis = _words(basis, "basis", "请写明停用的依据。", LONGEST_BASIS)
    with transaction.atomic():
        now = _last(version)
        if on <= now.since:
            raise Refusal("since", f"停用须晚于启用的日子（{chinese_date(now.since)}）。")
        now.ended_on, now.ending_basis = on, basis
        now.save(update_fields=["ended_on", "ending_basis"])
        _note(now.unit, now.pk, "停用本地规定", "local_rule", now.rule_id, _years(on, at), by=by, at=at)


def waive(*, unit: Unit, due: Due, reason: str, basis: str, by: Actor | None, at: datetime) -> Waiver:
    """豁免 one due of a rule. Raises Refusal on ``reason``, ``basis``, or when it is waived already."""
    if due.rule is None or due.unit_id != unit.pk:
        raise Refusal("", "只有按规则应做的事才能豁免。")
    reason = _words(reason, "reason", "请写明豁免的原因。", LONGEST_REASON)
    basis = _words(basis, "basis", "请写明豁免的依据，例如上级批复或支委会决议的编号。", LONGEST_BASIS)
    with transaction.atomic():
        row, fresh = Waiver.objects.get_or_create(
            unit=unit, rule_id=due.rule.id, period_start=due.period.start, period_end=due.ends, withdrawn_at=None,
            defaults={"reason": reason, "basis": basis, "made_at": at},
        )  # fmt: skip
        if not fresh:
            raise Refusal("", "这件事已经豁免过了。")
        _note(unit, row.pk, "豁免", "waiver", f"{due.rule.id} {due.code}", _years_of(due), by=by, at=at)
    return row


def withdraw_waiver(*, unit: Unit, due: Due, by: Actor | None, at: datetime) -> None:
    """撤回豁免: the due is owed again. Raises Refusal when it was not waived."""
    rule_id = due.rule.id if due.rule else ""
    with transaction.atomic():
        rows = Waiver.objects.filter(
            unit=unit, rule_id=rule_id, period_start=due.period.start, period_end=due.ends, withdrawn_at=None
        )
        row = rows.select_for_update().first()
        if row is None:
            raise Refusal("", "这件事没有豁免过。")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _note(unit, row.pk, "撤回豁免", "waiver", f"{row.rule_id} {due.code}", _years_of(due), by=by, at=at)


# -- parts ------------------------------------------------------------------------------------------------------------


def _checked_words(draft: RuleDraft) -> str:
    """The basis. Raises Refusal on ``title``, ``note`` or ``basis``."""
    needed(draft.title, field="title", name="名称", most=LONGEST_TITLE)
    worded(draft.note, field="note", name="说明", most=LONGEST_NOTE)
    return _words(draft.basis, "basis", "请写明依据，例如哪个文件的哪一条。", LONGEST_BASIS)


def _not_a_group(unit: Unit) -> None:
    if unit.kind == UnitKind.GROUP:
        raise Refusal("", "党小组不单独立规，请在党支部登记。")


def _last(version: LocalRule) -> LocalRule:
    """The version in force, locked: two who change one rule come one after the other."""
    row = LocalRule.objects.select_for_update(of=("self",)).select_related("unit").get(pk=version.pk)
    if row.withdrawn_at or row.ended_on:
        raise Refusal("", "这条规定刚刚被改过或已经停用，请看过现在的内容再改。")
    return row


def _words(text: str, field: str, missing: str, longest: int) -> str:
    if not text.strip():
        raise Refusal(field, missing)
    return needed(text, field=field, name=NAMES[field], most=longest)


def _years(since: date, at: datetime) -> set[int]:
    """From the first year it changes to this one, whichever way round."""
    first, last = sorted((since.year, local_day(at).year))
    return set(range(first, last + 1))


def _years_of(due: Due) -> set[int]:
    return {due.period.start.year, due.owed_by.year}


def _note(
    unit: Unit, pk: int, verb: str, noun: str, summary: str, years: set[int], *, by: Actor | None, at: datetime
) -> None:
    """Only the speaker's own version moves, though all under him read it: ``scores.words`` tells the scores below."""
    bump_all(unit_ids={unit.pk}, years=years)
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun=noun, object_id=pk, unit_id=unit.pk, summary=summary
    )
