"""Scores computed from the ledger, in batches; nothing is stored here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from youju.duties.asking import END_OF_DAYS, Asked, asked_of
from youju.duties.queries import gathered
from youju.duties.scores.rules import Steps, score_of
from youju.duties.scores.values import Score
from youju.duties.scores.words import digest_over, words_over
from youju.duties.values import Standing
from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.values import Material
from youju.people.listed import Listed
from youju.people.models import Unit, UnitYear


@dataclass(frozen=True)
class Computed:
    """A score with what it was computed from."""

    score: Score
    version: int
    rules: str


def computed(unit_ids: Collection[int], year: int) -> dict[int, Computed]:
    """The scores of these units. Versions are read first: what changes meanwhile leaves a score that knows it is old."""
    versions = versions_of(unit_ids, year)
    units = list(Unit.objects.branches().filter(pk__in=Listed(unit_ids)))
    words = words_over((unit.path for unit in units), year)
    asked = asked_of(units, (year,), on=END_OF_DAYS, inside=False)
    standings = gathered(asked)
    return {
        unit.pk: Computed(
            score_of(
                unit.pk,
                unit.path,
                (unit.opened_on, unit.closed_on),
                year,
                standings[unit.pk],
                planned=asked.planned.get(unit.pk, ()),
                steps=_steps(asked, unit.pk, standings[unit.pk]),
            ),
            versions.get(unit.pk, 0),
            digest_over(unit.path, words),
        )
        for unit in units
    }


def versions_of(unit_ids: Collection[int], year: int) -> dict[int, int]:
    rows = UnitYear.objects.filter(unit_id__in=Listed(unit_ids), year=year)
    return dict(rows.values_list("unit_id", "version"))


def _steps(asked: Asked, unit_id: int, standings: Collection[Standing]) -> Steps:
    """Of a state, from which day how many: who is on the committee changes on days that are known beforehand."""
    return {
        one.due.key: _steps_of(one, asked.materials[unit_id])
        for one in standings
        if one.due.state and one.due.rule is not None
    }


def _steps_of(standing: Standing, material: Material) -> tuple[tuple[date, int], ...]:
    due = standing.due
    assert due.rule is not None
    turns = {day for fact in (*material.people, *material.committee) for day in (fact.since, fact.until)}
    days = sorted({due.period.start, *(day for day in turns if day is not None and day in due.period)})
    found: list[tuple[date, int]] = []
    for day in days:
        many = int(figures.answer(FIGURES[due.rule.figure], material, due.period, day).value)
        if not found or found[-1][1] != many:
            found.append((day, many))
    return tuple(found)
