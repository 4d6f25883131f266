"""Asking: one figure, or many at the cost of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from youju.figures import rules
from youju.figures.catalogue import FIGURES
from youju.figures.figure import ENTRIES, Figure
from youju.figures.hours import attended_by
from youju.figures.material import entries_in, load, load_many, terms_in
from youju.figures.told import told_by
from youju.figures.values import Answer, Attended, Material, Told
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import Unit


def ask(figure: str | Figure, unit: Unit, period: Period, *, as_of: date, material: Material | None = None) -> Answer:
    """The answer of one figure over a unit (with all under it). Raises Refusal when no such figure exists.

    ``material`` saves the loading when several figures are asked of the same unit and a period within it.
    """
    found = named(figure)
    return rules.answer(found, completed(material or load(unit, period), unit, (found,)), period, as_of)


def ask_many(figures: Iterable[str | Figure], unit: Unit, period: Period, *, as_of: date) -> dict[str, Answer]:
    """Answers by figure id, from one loading."""
    wanted = [named(figure) for figure in figures]
    material = material_for(unit, period, wanted)
    return {found.id: rules.answer(found, material, period, as_of) for found in wanted}


def ask_scopes(
    figures: Iterable[str | Figure], units: Iterable[Unit], period: Period, *, as_of: date
) -> dict[int, dict[str, Answer]]:
    """Answers of many units, by unit and figure: as many queries for a thousand units as for one."""
    wanted, units = [named(figure) for figure in figures], list(units)
    materials = completed_many(load_many(units, period), units, wanted)
    return {
        pk: {found.id: rules.answer(found, material, period, as_of) for found in wanted}
        for pk, material in materials.items()
    }


def material_for(unit: Unit, period: Period, figures: Iterable[str | Figure]) -> Material:
    """The material with what these figures ask."""
    return completed(load(unit, period), unit, [named(figure) for figure in figures])


def whole(unit: Unit, period: Period) -> Material:
    """The material with all that any figure may ask, for who does not know beforehand which will be asked."""
    return material_for(unit, period, FIGURES)


def completed(material: Material, unit: Unit, figures: Iterable[Figure]) -> Material:
    """The material with what only some figures ask: hours and terms are not loaded for nothing."""
    return completed_many({unit.pk: material}, (unit,), figures)[unit.pk]


def completed_many(
    materials: Mapping[int, Material], units: Iterable[Unit], figures: Iterable[Figure]
) -> dict[int, Material]:
    """As ``completed``, for all of them at once; they are of one period."""
    figures = list(figures)
    asked = {figure.of for figure in figures}
    found = dict(materials)
    if "hours" in asked:
        lacking = {pk: material for pk, material in found.items() if material.attended is None}
        for pk, attended in _attended(lacking).items():
            found[pk] = replace(found[pk], attended=attended)
    if "term" in asked:
        lacking = {pk: material for pk, material in found.items() if material.terms is None}
        for pk, terms in terms_in([unit for unit in units if unit.pk in lacking]).items():
            found[pk] = replace(found[pk], terms=terms)
    if any(figure.told for figure in figures):
        lacking = {pk: material for pk, material in found.items() if material.told is None}
        for pk, told in _told(lacking).items():
            found[pk] = replace(found[pk], told=told)
    kept = asked & ENTRIES
    lacking = {pk: material for pk, material in found.items() if kept - material.entries.keys()}
    if lacking:
        asked_of = [unit for unit in units if unit.pk in lacking]
        for pk, entries in entries_in(asked_of, _one_period(lacking), kept).items():
            found[pk] = replace(found[pk], entries={**found[pk].entries, **entries})
    return found


def _attended(materials: Mapping[int, Material]) -> Mapping[int, tuple[Attended, ...]]:
    return attended_by(materials, _one_period(materials)) if materials else {}


def _told(materials: Mapping[int, Material]) -> Mapping[int, Told]:
    return told_by(materials, _one_period(materials)) if materials else {}


def _one_period(materials: Mapping[int, Material]) -> Period:
    return next(iter(materials.values())).period


def named(figure: str | Figure) -> Figure:
    if isinstance(figure, Figure):
        return figure
    try:
        return FIGURES[figure]
    except KeyError as error:
        raise Refusal("figure", f"没有“{figure}”这个指标。") from error
