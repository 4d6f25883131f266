"""Pure judgement about a problem: how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    OVERDUE = "overdue"
    GOING = "going"
    CLOSED = "closed"

    @property
    def zh(self) -> str:
        return {"overdue": "逾期", "going": "进行中", "closed": "已销号"}[self]


@dataclass(frozen=True)
class Pace:
    """How a problem stands: its stage, and the day by which the next measure is due."""

    stage: Stage
    next_due: date | None
    to_do: int
    total: int

    @property
    def all_done(self) -> bool:
        """Every measure was carried out, and there is one: it may be asked to be closed."""
        return self.stage is not Stage.CLOSED and self.total > 0 and self.to_do == 0


@dataclass(frozen=True)
class Proof:
    """What shows that one measure was carried out, beside the words."""

    file: bool
    record: bool


def proved(proofs: Iterable[Proof]) -> bool:
    """Whether there is more than words: somebody who looks before it is closed must have something to look at."""
    return any(proof.file or proof.record for proof in proofs)


def pace(*, closed_on: date | None, measures: Iterable[tuple[date | None, date | None]], on: date) -> Pace:
    """From (due, done) of each measure. A day that is due today is not yet overdue."""
    rows = list(measures)
    waiting = [due for due, done in rows if done is None or done > on]
    dues = sorted(due for due in waiting if due is not None)
    if closed_on is not None and closed_on <= on:
        return Pace(Stage.CLOSED, None, len(waiting), len(rows))
    stage = Stage.OVERDUE if dues and dues[0] < on else Stage.GOING
    return Pace(stage, dues[0] if dues else None, len(waiting), len(rows))
