"""Asking for a report."""

from __future__ import annotations

from datetime import date

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.reports.compose import compose
from youju.reports.material import load
from youju.reports.outline import DEFAULT_OUTLINE, OUTLINES, day_of
from youju.reports.values import Report

__all__ = ["DEFAULT_OUTLINE", "report_of"]


def report_of(unit: Unit, year: int, *, as_of: date, outline: str = DEFAULT_OUTLINE) -> Report:
    """The unit's report of a year, composed from the ledger as it stood on ``as_of``.

    Raises Refusal on ``unit`` (only a branch's secretary reports in this form), ``year`` (not begun) or ``outline``.
    """
    if unit.kind == UnitKind.GROUP:
        raise Refusal("unit", "党小组不单独述职，请选所在党支部。")
    if unit.kind != UnitKind.BRANCH:
        raise Refusal("unit", f"这份提纲写党支部书记的述职，{unit.name}不是党支部，请选一个支部。")
    if as_of < date(year, 1, 1):
        raise Refusal("year", f"{year}年还没有开始，没有可写的记录。")
    if outline not in OUTLINES:
        raise Refusal("outline", f"没有“{outline}”这份提纲。")
    chosen = OUTLINES[outline]
    return compose(chosen, load(unit, year, day_of(chosen, year, as_of), chosen))
