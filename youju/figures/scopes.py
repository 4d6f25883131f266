"""Which units a question is asked of: each with all under it, of many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from youju.people.listed import Listed
from youju.people.models import Unit
from youju.people.units.values import UnitKind, after_subtree, ancestors
from youju.people.written_once import Rows, written_once


@dataclass(frozen=True)
class Scopes:
    """The units asked for, and for every unit under them in whose scopes it lies: a branch may lie in that of a committee."""

    asked: tuple[int, ...]
    holding: Mapping[int, tuple[int, ...]]

    @property
    def ids(self) -> Listed:
        return Listed(self.holding)

    def of(self, unit_id: int) -> tuple[int, ...]:
        return self.holding.get(unit_id, ())


def scopes_of(units: Iterable[Unit]) -> Scopes:
    """Level by level downward, one query each; what stands under branches are groups, and under groups stands nothing."""
    units = list(units)
    asked = {unit.path: unit.pk for unit in units}
    below = _below(units) if len(asked) > 1 else _all_below(next(iter(asked), ""))
    found = {
        pk: tuple(asked[path] for path in ancestors(own) if path in asked)
        for pk, own in [*below, *((pk, path) for path, pk in asked.items())]
    }
    return Scopes(tuple(asked.values()), found)


def _all_below(path: str) -> list[tuple[int, str]]:
    return list(_between(path, after_subtree(path))) if path else []


@written_once
def _between(path: str, after: str) -> Rows:
    return Unit.objects.filter(path__gt=path, path__lt=after).values_list("pk", "path")


def _below(units: Iterable[Unit]) -> Iterator[tuple[int, str]]:
    level = {unit.pk for unit in units if unit.kind != UnitKind.GROUP}
    while level:
        rows = Unit.objects.filter(parent_id__in=Listed(level)).values_list("pk", "path", "kind")
        level = set()
        for pk, path, kind in rows:
            yield pk, path
            if kind != UnitKind.GROUP:
                level.add(pk)
