"""学时 of members, in a fixed number of queries; a member's hours follow him wherever he attended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate, localtime

from youju.figures.conversion import HOURS
from youju.figures.values import Attended, Material
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.records.activities.values import CAME, HAPPENED
from youju.records.models import RosterRow, Session, SessionKind

COUNTING = frozenset(HOURS.kinds)


def attended_by(materials: Mapping[int, Material], period: Period) -> dict[int, tuple[Attended, ...]]:
    """What the members of each material attended that counts as 学时, by the key of the material, earliest first."""
    members = {key: {person.member_id for person in material.people} for key, material in materials.items()}
    pairs = _attendances(sorted(frozenset[int]().union(*members.values())), period)
    sessions = _sessions({session_id for _, session_id in pairs})
    came: defaultdict[int, list[int]] = defaultdict(list)  # member → the sessions he came to
    for member_id, session_id in pairs:
        if session_id in sessions:
            came[member_id].append(session_id)
    return {key: _of_these(sorted(people), came, sessions) for key, people in members.items()}


def _of_these(
    people: list[int], came: Mapping[int, list[int]], sessions: Mapping[int, Attended]
) -> tuple[Attended, ...]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for member_id in people:
        for session_id in came.get(member_id, ()):
            found[session_id].append(member_id)
    rows = (replace(sessions[session_id], members=tuple(ids)) for session_id, ids in found.items())
    return tuple(sorted(rows, key=lambda row: (row.held_on, row.id)))


def _attendances(members: list[int], period: Period) -> list[tuple[int, int]]:
    """(member, session) of all who came, whichever unit held the session and whether it counts or not.

    Nearly all do: to ask the kinds of each attendance costs more than to drop the few that do not count afterwards.
    """
    rows = RosterRow.objects.filter(
        member_id__in=Listed(members),
        attendance__in=CAME,
        session__status__in=HAPPENED,
        session__held_on__gte=period.start,
        session__held_on__lte=period.end,
    )
    return list(rows.order_by().values_list("member_id", "session_id")) if members else []


def _sessions(ids: set[int]) -> dict[int, Attended]:
    """Those of the sessions that count as 学时."""
    kinds = _kinds(ids)
    fields = ("pk", "number", "title", "held_on", "unit_id", "entered_at", "starts_at", "ends_at")
    heads = Session.objects.filter(pk__in=Listed(kinds)).values_list(*fields) if kinds else ()
    return {head[0]: _session(head, tuple(kinds[head[0]])) for head in heads}


def _kinds(ids: set[int]) -> dict[int, list[str]]:
    """The kinds of each session that has one of those that count."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = SessionKind.objects.filter(session_id__in=Listed(sorted(ids))).order_by("position")
    for session_id, kind in rows.values_list("session_id", "kind") if ids else ():
        found[session_id].append(kind)
    return {pk: kinds for pk, kinds in found.items() if not COUNTING.isdisjoint(kinds)}


def _session(head: tuple[Any, ...], kinds: tuple[str, ...]) -> Attended:
    pk, number, title, held_on, unit_id, entered_at, starts_at, ends_at = head
    by_day = HOURS.of_session(localtime(starts_at), localtime(ends_at) if ends_at else None)
    return Attended(
        id=pk,
        number=number,
        title=title,
        held_on=held_on,
        unit_id=unit_id,
        kinds=kinds,
        entered_on=localdate(entered_at),
        by_day=None if by_day is None else tuple(sorted(by_day.items())),
    )
