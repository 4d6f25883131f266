"""Questions to the tree of units."""

from __future__ import annotations

from datetime import date

from youju.kit.refusal import Refusal
from youju.people.units.models import Unit, UnitYear
from youju.people.units.values import UnitKind


def groups_of(branch: Unit, *, on: date) -> list[Unit]:
    """党小组 of a branch on a day, in order."""
    return list(Unit.objects.filter(parent=branch, kind=UnitKind.GROUP).open_on(on).order_by("path"))


def ledger_unit(unit: Unit) -> Unit:
    """The unit that keeps this unit's ledger: the branch of a group, else the unit itself."""
    if unit.kind != UnitKind.GROUP:
        return unit
    assert unit.parent is not None  # open_unit lets no group stand without a branch
    return unit.parent


def find_unit(text: str) -> Unit:
    """The unit that is meant by an id, a code, or a part of its name that no other unit has.

    Raises Refusal when none or several are meant.
    """
    text = text.strip()
    exact = Unit.objects.filter(code=text).first() or Unit.objects.filter(name=text).first()
    if exact:
        return exact
    if text.isdigit():
        by_id = Unit.objects.filter(pk=int(text)).first()
        if by_id:
            return by_id
    found = list(Unit.objects.filter(name__contains=text).order_by("path")[:3])
    if not found:
        raise Refusal("unit", f"没有名称含“{text}”的组织。")
    if len(found) > 1:
        raise Refusal("unit", f"“{text}”对应多个组织：{'、'.join(unit.name for unit in found)}，请写全称或代码。")
    return found[0]


def version(unit: Unit, year: int) -> int:
    """The present version of a unit-year; 0 when nothing ever happened in it."""
    return UnitYear.objects.filter(unit=unit, year=year).values_list("version", flat=True).first() or 0


def home_unit() -> Unit:
    """The branch a data folder is at home in: the first one opened in it. Raises Refusal when there is none."""
    branch = Unit.objects.branches().order_by("pk").first()
    if branch is None:
        raise Refusal("unit", "数据目录里还没有党支部。")
    return branch
