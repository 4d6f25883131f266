"""Asking: one figure, or many at the cost of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from youju.figures import rules
from youju.figures.catalogue import FIGURES
from youju.figures.figure import Figure
from youju.figures.hours import attended_by
from youju.figures.material import load
from youju.figures.values import Answer, Material
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.terms.queries import terms_below


def ask(figure: str | Figure, unit: Unit, period: Period, *, as_of: date, material: Material | None = None) -> Answer:
    """The answer of one figure over a unit (with all under it). Raises Refusal when no such figure exists.

    ``material`` saves the loading when several figures are asked of the same unit and a period within it.
    """
    found = named(figure)
    return rules.answer(found, completed(material or load(unit, period), unit, (found,)), period, as_of)


def ask_many(figures: Iterable[str | Figure], unit: Unit, period: Period, *, as_of: date) -> dict[str, Answer]:
    """Answers by figure id, from one loading."""
    wanted = [named(figure) for figure in figures]
    material = completed(load(unit, period), unit, wanted)
    return {found.id: rules.answer(found, material, period, as_of) for found in wanted}


def whole(unit: Unit, period: Period) -> Material:
    """The material with all that any figure may ask, for who does not know beforehand which will be asked."""
    return completed(load(unit, period), unit, FIGURES.values())


def completed(material: Material, unit: Unit, figures: Iterable[Figure]) -> Material:
    """The material with what only some figures ask: hours and terms are not loaded for nothing."""
    asked = {figure.of for figure in figures}
    if "hours" in asked and material.attended is None:
        attended = attended_by({unit.pk: material}, material.period)[unit.pk]
        material = replace(material, attended=attended)
    if "term" in asked and material.terms is None:
        material = replace(material, terms=terms_below(unit))
    return material


def named(figure: str | Figure) -> Figure:
    if isinstance(figure, Figure):
        return figure
    try:
        return FIGURES[figure]
    except KeyError as error:
        raise Refusal("figure", f"没有“{figure}”这个指标。") from error
