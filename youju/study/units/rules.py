"""Pure judgement: what fulfils a unit, how it stands, who owes it, and how a year is drafted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from youju.kit.periods import Period
from youju.study.units.values import IN_TURN, Asked, Learned, MadeUp, Pace, Seat, Stage, UnitDraft, Wanted

ALONG = re.compile(r"随同?|跟随|列席|参加|旁听|应邀")


def speaks_of(asked: Asked, learned: Learned) -> bool:
    """Whether it was about a material or the topic of the unit.

    Of a unit that names its materials another material of the topic is not enough: the units of a topic share them out.
    """
    if not asked.source_ids.isdisjoint(learned.source_ids) or not asked.topic_ids.isdisjoint(learned.topic_ids):
        return True
    return not asked.source_ids and not asked.topic_ids.isdisjoint(learned.placed_ids)


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
    asked: Asked, seats: Iterable[Seat], learned: Mapping[int, Sequence[Learned]], *, by: date
) -> tuple[MadeUp, ...]:
    """Who was expected at a session of the unit and came to none of them, and when he caught up.

    He does so by another session on it to which he came, by reading a material of it himself, or by having it brought
    to him, after the first of them from which he was away and within the unit's own year. Who has caught up stays so,
    though he comes to a later one of them as well: what was counted on a day is counted on every day after it.
    """
    away: dict[int, date] = {}
    came: dict[int, date] = {}
    for seat in seats:
        if seat.came:
            came[seat.member_id] = min(seat.day, came.get(seat.member_id, seat.day))
        elif seat.expected:
            away[seat.member_id] = min(seat.day, away.get(seat.member_id, seat.day))
    last = min(by, date(asked.ends_on.year, 12, 31))
    found = []
    for member_id, first in away.items():
        before = came.get(member_id, date.max)
        days = (one.day for one in learned.get(member_id, ()) if first <= one.day <= last and speaks_of(asked, one))
        made = min((day for day in days if day < before), default=None)
        if made is not None or member_id not in came:
            found.append(MadeUp(member_id, made))
    return tuple(found)


def of_committees(title: str) -> bool:
    """Whether it is 中心组学习, which is a 党委's or 党组's own; a branch says whom it went along with."""
    return "中心组" in title and not ALONG.search(title)


def drafted(
    spans: Sequence[Period],
    topics: Sequence[tuple[int, str, tuple[int, ...]]],
    leaders: Sequence[int],
    turns: Sequence[tuple[str, str]] = IN_TURN[Pace.MONTHLY],
    wanted: Sequence[Wanted] = (),
) -> list[UnitDraft]:
    """One unit a span, each with one topic (id, title, materials), taking turns with kinds, forms and leaders.

    What is wanted from above has the first free span of its days. The topics are spread over the others in their order;
    where there are fewer they come round again, and then each round takes its share of a topic's materials.
    """
    asked = _placed(spans, wanted)
    free = [index for index in range(len(spans)) if index not in asked]
    many, found = len(free), []
    for index, span in enumerate(spans):
        if (one := asked.get(index)) is not None:
            days, now = one.days.overlap(span) or span, 0
            draft = UnitDraft(
                one.title, days.start, days.end, topic_id=one.topic_id, source_ids=one.source_ids, above_id=one.point_id
            )
        elif topics:
            # More topics than spans: those in between are left for the clerk to place.
            at = free.index(index)
            place = at * len(topics) // many if len(topics) >= many else at % len(topics)
            topic_id, title, sources = topics[place]
            rounds, now = (1, 0) if len(topics) >= many else (_rounds(place, len(topics), many), at // len(topics))
            draft = UnitDraft(
                title if title.startswith("学习") else f"学习{title}",
                span.start,
                span.end,
                topic_id=topic_id,
                source_ids=_share(sources, now, rounds),
            )
        else:
            continue
        kind, form = turns[_turn(index, now, len(topics), len(turns))]
        leader = leaders[_turn(index, now, len(topics), len(leaders))] if leaders else None
        found.append(replace(draft, kind=kind, form=form, leader_id=leader))
    return found


def _placed(spans: Sequence[Period], wanted: Sequence[Wanted]) -> dict[int, Wanted]:
    """Span → what is wanted in it; what finds none free is left for the clerk to place."""
    found: dict[int, Wanted] = {}
    for one in sorted(wanted, key=lambda one: (one.days.end, one.days.start, one.point_id)):
        near = (index for index, span in enumerate(spans) if index not in found and span.overlap(one.days))
        if (index := next(near, None)) is not None:
            found[index] = one
    return found


def _turn(index: int, now: int, topics: int, turns: int) -> int:
    """Whose turn it is. Where a round of topics is whole turns, each round begins one later: no topic keeps its turn."""
    return (index + (now if topics % turns == 0 else 0)) % turns


def _rounds(place: int, topics: int, spans: int) -> int:
    """How often a topic comes round."""
    return (spans - place - 1) // topics + 1


def _share(sources: tuple[int, ...], now: int, rounds: int) -> tuple[int, ...]:
    """Every material has its round, and no round goes without while there is one."""
    if not sources:
        return ()
    return sources[now::rounds] or (sources[now % len(sources)],)
