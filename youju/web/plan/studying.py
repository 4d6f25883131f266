"""The units of study that a line of the plan points down to: those of its year held as one of the kinds it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from youju.duties.plans.values import Line
from youju.figures.catalogue import FIGURES
from youju.people.models import Unit
from youju.study.units.queries import Standing, standings
from youju.study.units.values import UNIT_KINDS, Stage
from youju.web.shared.stages import MARKS


@dataclass(frozen=True)
class Studying:
    """How the plan of study stands to one line. What is learned is asked of the units and counted nowhere else."""

    standings: tuple[Standing, ...]

    @property
    def learned(self) -> int:
        return sum(one.stage is Stage.DONE for one in self.standings)

    @property
    def sentence(self) -> str:
        return f"学习安排学了 {self.learned} / {len(self.standings)} 个单元"

    @property
    def rows(self) -> list[tuple[Standing, str, str]]:
        """(unit, shape, address)."""
        return [
            (one, MARKS[one.stage], reverse("study:unit", args=[one.unit.ledger_id, one.unit.pk]))
            for one in self.standings
        ]


def studying_of(unit: Unit, lines: Sequence[Line], year: int, *, on: date) -> Mapping[int, Studying]:
    """Line → its units, of the lines that have any; asked once, however many lines there are."""
    kinds = {line.id: frozenset(FIGURES[line.figure].kinds) & frozenset(UNIT_KINDS) for line in lines if line.figure}
    if not any(kinds.values()):
        return {}
    found = standings(unit, year=year, on=on)
    pointed = {pk: tuple(one for one in found if one.unit.kind in wanted) for pk, wanted in kinds.items()}
    return {pk: Studying(units) for pk, units in pointed.items() if units}
