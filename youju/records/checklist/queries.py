"""Which items count for a unit: its own word, else the nearest one above it, else the default."""

from __future__ import annotations

from collections.abc import Iterable

from youju.kit.digests import canonical, sha256_hex
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.people.units.values import ancestors
from youju.records.checklist.models import ChecklistChoice
from youju.records.checklist.values import ITEMS, CheckItem, Chosen


def items_of(unit: Unit) -> tuple[CheckItem, ...]:
    """The items by which records in the ledger of a unit are looked at."""
    return items_by_ledger([unit])[unit.pk]


def items_by_ledger(units: Iterable[Unit]) -> dict[int, tuple[CheckItem, ...]]:
    """The same for several units in one query, by unit id."""
    wanted = {unit.pk: unit for unit in units}
    said = _said(wanted.values())
    return {pk: tuple(chosen.item for chosen in _chosen(unit, said) if chosen.on) for pk, unit in wanted.items()}


def choices_of(unit: Unit) -> tuple[Chosen, ...]:
    """Every item as it stands in a unit, with where that comes from."""
    unit = ledger_unit(unit)
    return _chosen(unit, _said([unit]))


def mark_of(unit: Unit) -> str:
    """What a form was filled in over: it changes when somebody else has saved meanwhile."""
    rows = ChecklistChoice.objects.filter(unit=ledger_unit(unit)).order_by("item").values_list("item", "on")
    return sha256_hex(canonical([list(row) for row in rows]))[:12]


Said = dict[tuple[str, str], tuple[bool, str]]


def _said(units: Iterable[Unit]) -> Said:
    """(path, item) → (on, name) of every unit on the way up from these."""
    paths = {path for unit in units for path in ancestors(unit.ledger_path)}
    rows = ChecklistChoice.objects.filter(unit__path__in=paths)
    found = rows.values_list("unit__path", "item", "on", "unit__short_name")
    return {(path, item): (on, name) for path, item, on, name in found}


def _chosen(unit: Unit, said: Said) -> tuple[Chosen, ...]:
    path = unit.ledger_path
    *above, _ = ancestors(path)
    found = []
    for item in ITEMS.values():
        told = next((said[place, item.id] for place in reversed(above) if (place, item.id) in said), (item.default, ""))
        own = said.get((path, item.id))
        found.append(Chosen(item, own[0] if own else None, *told))
    return tuple(found)
