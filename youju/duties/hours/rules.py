"""Pure judgement: what each member has, how he stands, and how long a session of the year usually is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from statistics import median

from youju.duties.hours.values import Line, Reached, Stands, Typical
from youju.duties.values import Dated, Days, Standing, Status
from youju.figures.values import Row

MOST_PARTS = 3600  # an hour is not divided further
A_SHADE = 1e-6  # of an hour: thirds come as floats, and this is no shortfall
ENOUGH_TO_SAY = 3  # sessions of a year before one says how long they usually are


def tallied(people: Iterable[Dated], each: int, rows: Iterable[Row]) -> dict[int, Reached]:
    """学时 of each of these people beside what he owes: ``each``, or the target that is his own.

    The only place where hours of a member are added up: the due, the page and what he reads of himself come from here.
    """
    owed = {person.id: each if person.target is None else person.target for person in people}
    counted = dict.fromkeys(owed, 0.0)
    full_on: dict[int, date] = {}
    for row in sorted(rows, key=lambda row: row.day):
        for who, hours in row.shares:
            if who in counted:
                counted[who] += hours
                if counted[who] >= owed[who] - A_SHADE:
                    full_on.setdefault(who, row.day)
    return {
        who: Reached(owed[who], Fraction(hours).limit_denominator(MOST_PARTS), full_on.get(who))
        for who, hours in counted.items()
    }


def lines_of(
    members: Sequence[Dated],
    standings: Sequence[Standing],
    rows: Collection[Row],
    elsewhere: Mapping[int, tuple[Days, ...]],
    *,
    last: date,
) -> tuple[Line, ...]:
    """Everybody of the year in the order of the roster, each by the due that asks most of him.

    Of a due the answer's own rows tell what he has; of whom none asks, ``rows`` do. ``last`` is the last day looked at.
    """
    asked: dict[int, tuple[Dated, Standing, Reached]] = {}
    for standing in standings:
        due = standing.due
        found = tallied(due.parts, due.each, standing.answer.rows if standing.answer else ())
        for part in due.parts:
            if part.id not in asked or found[part.id].owed > asked[part.id][2].owed:
                asked[part.id] = (part, standing, found[part.id])
    unasked = [replace(person, target=0) for person in members if person.id not in asked]
    free = tallied(unasked, 0, rows if unasked else ())
    lines = []
    for person in members:
        if person.id in asked:
            part, standing, reached = asked[person.id]
            lines.append(Line(part, _asked(reached, standing.status), reached, standing))
        elif any(span.since is None or span.since <= last for span in person.days):  # who is still to come is not here
            lines.append(Line(person, _unasked(person, elsewhere, last), free[person.id], None))
    return tuple(lines)


def _asked(reached: Reached, status: Status) -> Stands:
    if not reached.owed:
        return Stands.EXEMPT
    if not reached.lacks:
        return Stands.ENOUGH
    return {Status.WAIVED: Stands.WAIVED, Status.UNKNOWN: Stands.UNSAID}.get(status, Stands.SHORT)


def _unasked(person: Dated, elsewhere: Mapping[int, tuple[Days, ...]], last: date) -> Stands:
    if person.on(last):
        return Stands.FREE
    return Stands.ELSEWHERE if any(span.on(last) for span in elsewhere.get(person.id, ())) else Stands.GONE


def typical_of(lengths: Collection[Fraction]) -> Typical | None:
    """The median of what the sessions of a year give; None of too few."""
    if len(lengths) < ENOUGH_TO_SAY:
        return None
    return Typical(median(lengths).limit_denominator(MOST_PARTS), len(lengths))
