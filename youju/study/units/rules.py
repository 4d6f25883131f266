"""Pure judgement: what fulfils a unit, how it stands, who owes it, and how a year is drafted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from youju.kit.periods import Period
from youju.study.units.values import IN_TURN, Asked, Learned, MadeUp, Seat, Stage, UnitDraft


def speaks_of(asked: Asked, learned: Learned) -> bool:
    """Whether it was about a material or the topic of the unit."""
    return not asked.source_ids.isdisjoint(learned.source_ids) or not asked.topic_ids.isdisjoint(learned.topic_ids)


def fulfils(asked: Asked, learned: Learned) -> bool:
    return asked.starts_on <= learned.day <= asked.ends_on and speaks_of(asked, learned)


def stage(asked: Asked, *, fulfilled: bool, on: date) -> Stage:
    """What ends today is not late yet."""
    if fulfilled:
        return Stage.DONE
    if on < asked.starts_on:
        return Stage.AHEAD
    return Stage.NOW if on <= asked.ends_on else Stage.LATE


def to_make_up(
    asked: Asked, seats: Iterable[Seat], first: date, learned: Mapping[int, Sequence[Learned]], *, by: date
) -> tuple[MadeUp, ...]:
    """Who was expected at a session of the unit and came to none of them, and when he caught up.

    He does so by another session on it to which he came, or by reading a material of it himself, after the first of
    them and within the unit's own year.
    """
    expected: dict[int, bool] = {}
    for seat in seats:
        if seat.expected or seat.came:
            expected[seat.member_id] = expected.get(seat.member_id, False) or seat.came
    last = min(by, date(asked.ends_on.year, 12, 31))
    return tuple(
        MadeUp(
            member_id,
            min((one.day for one in learned.get(member_id, ()) if first <= one.day <= last and speaks_of(asked, one)), default=None),
        )
        for member_id, came in expected.items()
        if not came
    )  # fmt: skip


def drafted(year: int, topics: Sequence[tuple[int, str, tuple[int, ...]]], leaders: Sequence[int]) -> list[UnitDraft]:
    """Twelve months, each with one topic (id, title, materials), taking turns with kinds and leaders.

    The topics are spread over the year in their order; where there are fewer than months they come round again.
    """
    if not topics:
        return []
    found = []
    for index, month in enumerate(Period.year(year).months()):
        # More topics than months: those in between are left for the clerk to place.
        place = index * len(topics) // 12 if len(topics) >= 12 else index % len(topics)
        topic_id, title, sources = topics[place]
        leader = leaders[index % len(leaders)] if leaders else None
        found.append(
            UnitDraft(f"学习{title}", month.start, month.end, IN_TURN[index % len(IN_TURN)], topic_id, sources, leader)
        )
    return found
