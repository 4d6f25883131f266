"""Pure judgement about steps: how they stand together on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from youju.records.followups.rules import stage
from youju.records.followups.values import Stage
from youju.records.steps.values import Pace


def pace(steps: Iterable[tuple[date | None, date | None]], *, on: date) -> Pace:
    """From (due, done) of each step. What is due today is not late yet."""
    rows = list(steps)
    stages = [stage(due_on=due, done_on=done, on=on) for due, done in rows]
    waiting = [due for (due, _), how in zip(rows, stages, strict=True) if due is not None and how is not Stage.DONE]
    return Pace(
        total=len(rows),
        done=stages.count(Stage.DONE),
        late=stages.count(Stage.LATE),
        next_due=min(waiting, default=None),
    )
