"""Pure judgement about items: when each is to be looked at, and how that stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from youju.kit.periods import Period
from youju.records.lists.values import Owed, Rhythm, Stage


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The calendar month, quarter, half or year a day lies in."""
    match rhythm:
        case Rhythm.MONTHLY:
            return Period.month(day.year, day.month)
        case Rhythm.QUARTERLY:
            return Period.quarter(day.year, (day.month + 2) // 3)
        case Rhythm.HALF_YEARLY:
            return Period.half(day.year, 1 if day.month <= 6 else 2)
        case _:
            return Period.year(day.year)


def owed(
    *, rhythm: Rhythm, since: date, first: date | None, until: date | None, checks: Sequence[date], asked: Period
) -> list[Owed]:
    """Each time it is owed by a day of ``asked``, with the first check that answers it.

    What comes again is owed from the period of its first day on. What is done once is owed by its day and answered by
    its first check, early or late. An item that was ended is owed nothing from then on: the period it was ended in and all
    after it are not asked for; what was owed by a day before and was not done stays missed, and what was done stays done.
    """
    if rhythm is Rhythm.NONE:
        return []
    begins = first or since
    if rhythm is Rhythm.ONCE:
        done = min(checks, default=None)
        if first is None or not (first in asked or (done and done in asked)):
            return []
        whole = Owed(Period(min(since, first), first), first, done)
        return [whole] if _stays(whole, until) else []
    found, period = [], period_of(rhythm, max(begins, asked.start))
    while period.end <= asked.end and (until is None or period.start < until):
        found.append(Owed(period, period.end, min((day for day in checks if day in period), default=None)))
        period = period_of(rhythm, period.day_after)
    return [one for one in found if _stays(one, until)]


def _stays(one: Owed, until: date | None) -> bool:
    return until is None or one.done_on is not None or one.owed_by < until


def stage(*, times: Iterable[Owed], ended: bool, on: date) -> Stage:
    """From what was owed up to the end of the period of the day: what is owed today is not late yet."""
    if ended:
        return Stage.ENDED
    rows = list(times)
    open_ = [one for one in rows if one.done_on is None or one.done_on > on]
    if any(one.owed_by < on for one in open_):
        return Stage.LATE
    if any(one.period.start <= on for one in open_):
        return Stage.OPEN
    return Stage.DONE if any(one.done_on is not None and one.done_on <= on for one in rows) else Stage.QUIET


def current(days: Iterable[date], on: date) -> date | None:
    """Of the days from which versions are in force, that of the one in force on a day."""
    return max((day for day in days if day <= on), default=None)
