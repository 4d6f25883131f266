"""Pure judgement about a campaign: how it stands on a day."""

from __future__ import annotations

from datetime import date

from youju.records.campaigns.values import Stage
from youju.records.steps.values import Pace


def stage(*, since: date, until: date, closed_on: date | None, tasks: Pace, on: date) -> Stage:
    if closed_on is not None and closed_on <= on:
        return Stage.CLOSED
    if tasks.late:
        return Stage.LATE
    if on < since:
        return Stage.COMING
    return Stage.OVER if until < on else Stage.GOING
