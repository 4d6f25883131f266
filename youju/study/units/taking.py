"""Who below has taken over what a unit above asks, and has learned it: units of study by number, and no person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from youju.people.models import Unit
from youju.study.points.models import StudyPoint
from youju.study.points.queries import reached_by
from youju.study.units.models import StudyUnit
from youju.study.units.queries import Standing, stood
from youju.study.units.values import Stage


@dataclass(frozen=True)
class Taking:
    """How one branch stands to a point: the units of its plan that point down at it."""

    unit: Unit
    standings: tuple[Standing, ...]

    @property
    def taken(self) -> bool:
        return bool(self.standings)

    @property
    def learned(self) -> bool:
        """One unit that is learned is what was asked; a second one is the branch's own affair."""
        return any(one.stage is Stage.DONE for one in self.standings)

    @property
    def sessions(self) -> int:
        return len({session.pk for one in self.standings for session in one.sessions})


@dataclass(frozen=True)
class Reach:
    """A point with every branch it is asked of."""

    point: StudyPoint
    takings: tuple[Taking, ...]

    @property
    def taken(self) -> int:
        return sum(one.taken for one in self.takings)

    @property
    def learned(self) -> int:
        return sum(one.learned for one in self.takings)


def reach_of(points: Sequence[StudyPoint], *, on: date) -> list[Reach]:
    """As of a day, of many points at the cost of one. A branch that stands under somebody else by now is in no number."""
    found: defaultdict[tuple[int, int], list[Standing]] = defaultdict(list)
    rows = StudyUnit.objects.standing().filter(above__in=[point.pk for point in points])
    units = list(rows.select_related("topic", "ledger").prefetch_related("sources"))
    for standing in stood(units, on=on):
        found[standing.unit.above_id or 0, standing.unit.ledger_id].append(standing)
    branches = reached_by(points)
    return [
        Reach(point, tuple(Taking(unit, tuple(found.get((point.pk, unit.pk), ()))) for unit in branches[point.pk]))
        for point in points
    ]
