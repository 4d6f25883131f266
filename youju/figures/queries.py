"""Asking: one figure, or many at the cost of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from youju.figures import rules
from youju.figures.catalogue import FIGURES
from youju.figures.figure import Figure
from youju.figures.material import load
from youju.figures.values import Answer, Material
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import Unit


def ask(figure: str | Figure, unit: Unit, period: Period, *, as_of: date, material: Material | None = None) -> Answer:
    """The answer of one figure over a unit (with all under it). Raises Refusal when no such figure exists.

    ``material`` saves the loading when several figures are asked of the same unit and a period within it.
    """
    return rules.answer(named(figure), material or load(unit, period), period, as_of)


def ask_many(figures: Iterable[str | Figure], unit: Unit, period: Period, *, as_of: date) -> dict[str, Answer]:
    """Answers by figure id, from one loading."""
    material = load(unit, period)
    return {found.id: rules.answer(found, material, period, as_of) for found in map(named, figures)}


def named(figure: str | Figure) -> Figure:
    if isinstance(figure, Figure):
        return figure
    try:
        return FIGURES[figure]
    except KeyError as error:
        raise Refusal("figure", f"没有“{figure}”这个指标。") from error
