"""Which rules a unit goes by, and what was said of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from youju.duties.choices.models import LocalRule, RuleChoice
from youju.duties.choices.values import rule_of
from youju.duties.rulebook import RULES, Rule
from youju.duties.values import Choice, Days, Version
from youju.people.listed import ListedWords
from youju.people.models import Unit
from youju.people.units.values import ancestors
from youju.people.written_once import Rows, written_once


def choices_of(units: Iterable[Unit]) -> dict[int, list[Choice]]:
    """Each unit's own word and those of the units above it, in one query; on one day the nearest speaks last."""
    units = tuple(units)
    said: defaultdict[str, list[Choice]] = defaultdict(list)
    for path, *words in _said(_paths(units)):
        said[path].append(Choice(*words))
    nearest_first = {unit.pk: sorted(ancestors(unit.path), reverse=True) for unit in units}
    return {pk: [choice for path in paths for choice in said[path]] for pk, paths in nearest_first.items()}


@written_once
def _said(paths: ListedWords) -> Rows:
    rows = RuleChoice.objects.filter(unit__path__in=paths).order_by("since")
    return rows.values_list("unit__path", "rule_id", "on", "since", "basis")


def versions_of(units: Iterable[Unit]) -> dict[int, tuple[Version, ...]]:
    """The rules made by each unit or above it, as they stood day by day, in one query."""
    units = tuple(units)
    made: defaultdict[str, list[Version]] = defaultdict(list)
    for path, rule_id, body, basis, since, ended_on, unit_id in _made(_paths(units)):
        made[path].append(Version(rule_of(rule_id, body, basis), Days(since, ended_on), unit_id))
    return {unit.pk: tuple(v for path in ancestors(unit.path) for v in made[path]) for unit in units}


@written_once
def _made(paths: ListedWords) -> Rows:
    rows = LocalRule.objects.filter(unit__path__in=paths, withdrawn_at__isnull=True).order_by("rule_id", "since")
    return rows.values_list("unit__path", "rule_id", "body", "basis", "since", "ended_on", "unit_id")


def local_rules(unit: Unit) -> list[LocalRule]:
    """What the unit and those above it made themselves, every version, the latest of each rule first."""
    rows = LocalRule.objects.filter(unit__path__in=ancestors(unit.path), withdrawn_at__isnull=True)
    return list(rows.select_related("unit").order_by("unit__path", "rule_id", "-since"))


def known_rule(unit: Unit, rule_id: str) -> Rule | None:
    """A rule of the packs, or one made by the unit or above it, as it last stood."""
    if rule_id in RULES:
        return RULES[rule_id]
    rows = LocalRule.objects.filter(unit__path__in=ancestors(unit.path), rule_id=rule_id, withdrawn_at__isnull=True)
    last = rows.order_by("-since").first()
    return last.rule if last else None


def said_of(unit: Unit) -> list[RuleChoice]:
    """Every word of the unit and those above it on any rule, the latest first: a rule switched off keeps its history."""
    rows = RuleChoice.objects.filter(unit__path__in=ancestors(unit.path)).select_related("unit")
    return list(rows.order_by("-since", "-unit__path"))


def said_below(unit: Unit) -> list[RuleChoice]:
    """Every word of the units under it: who relies on a rule, who switched it off."""
    rows = RuleChoice.objects.filter(unit__in=Unit.objects.below(unit)).exclude(unit=unit)
    return list(rows.select_related("unit").order_by("unit__path", "since"))


def _paths(units: Iterable[Unit]) -> ListedWords:
    return ListedWords({path for unit in units for path in ancestors(unit.path)})
