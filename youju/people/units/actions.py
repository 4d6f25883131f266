"""Changes to the tree of units."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.people.units.models import Unit, UnitYear
from youju.people.units.values import SEGMENT, UnitKind

MAY_STAND_UNDER: dict[UnitKind, set[UnitKind | None]] = {
    UnitKind.COMMITTEE: {None, UnitKind.COMMITTEE},
    UnitKind.GENERAL_BRANCH: {None, UnitKind.COMMITTEE},
    UnitKind.BRANCH: {None, UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH},
    UnitKind.GROUP: {UnitKind.BRANCH},
}


def open_unit(
    *,
    parent: Unit | None,
    kind: UnitKind,
    name: str,
    short_name: str,
    code: str,
    on: date | None,
    by: Actor | None,
    at: datetime,
) -> Unit:
    """A new node of the tree. Raises Refusal on ``kind``, ``name`` or ``code``."""
    above = UnitKind(parent.kind) if parent else None
    if above not in MAY_STAND_UNDER[kind]:
        raise Refusal("kind", f"{kind.zh}不能设在{above.zh if above else '最上层'}。")
    if not name.strip():
        raise Refusal("name", "请写组织全称。")
    if Unit.objects.filter(code=code).exists():
        raise Refusal("code", f"代码 {code} 已经用了。")
    with transaction.atomic():
        unit = Unit.objects.create(
            parent=parent,
            kind=kind,
            name=name.strip(),
            short_name=short_name.strip() or name.strip(),
            code=code,
            path=_next_path(parent),
            opened_on=on,
        )
        journal.write_line(
            by=by,
            at=at,
            verb="成立组织",
            room="people",
            noun="unit",
            object_id=unit.pk,
            unit_id=unit.pk,
            summary=unit.code,
        )
    return unit


def close_unit(*, unit: Unit, on: date, successor: Unit | None, by: Actor | None, at: datetime) -> None:
    """撤销: the unit stays with its past; from ``on`` its successor goes on. Raises Refusal on ``closed_on``."""
    if unit.closed_on:
        raise Refusal("closed_on", "这个组织已经撤销了。")
    if unit.opened_on and on < unit.opened_on:
        raise Refusal("closed_on", "撤销日期早于成立日期。")
    with transaction.atomic():
        unit.closed_on, unit.successor = on, successor
        unit.save(update_fields=["closed_on", "successor"])
        journal.write_line(
            by=by,
            at=at,
            verb="撤销组织",
            room="people",
            noun="unit",
            object_id=unit.pk,
            unit_id=unit.pk,
            summary=unit.code,
        )


def bump(*, unit_id: int, years: set[int]) -> None:
    """Says that something of these unit-years changed. Called inside the transaction of the change itself."""
    for year in sorted(years):  # sorted: two writers always meet in the same order and cannot lock each other out
        if not UnitYear.objects.filter(unit_id=unit_id, year=year).update(version=F("version") + 1):
            UnitYear.objects.bulk_create([UnitYear(unit_id=unit_id, year=year, version=0)], ignore_conflicts=True)
            UnitYear.objects.filter(unit_id=unit_id, year=year).update(version=F("version") + 1)


def _next_path(parent: Unit | None) -> str:
    if parent is None:
        last = Unit.objects.filter(parent=None).order_by("-path").values_list("path", flat=True).first()
        return str(int(last) + 1).zfill(SEGMENT) if last else "1".zfill(SEGMENT)
    Unit.objects.filter(pk=parent.pk).update(children_made=F("children_made") + 1)
    parent.refresh_from_db(fields=["children_made"])
    if parent.children_made >= 10**SEGMENT:
        raise Refusal("parent", "一个组织下最多设 9999 个下级组织。")
    return parent.path + str(parent.children_made).zfill(SEGMENT)
