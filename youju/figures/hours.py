"""学时 of members, in a fixed number of queries; a member's hours follow him wherever he attended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from django.utils.timezone import localdate, localtime

from youju.figures.conversion import HOURS
from youju.figures.values import Attended, Material
from youju.kit.periods import Period
from youju.records.activities.values import CAME, HAPPENED
from youju.records.models import RosterRow, Session, SessionKind

AT_ONCE = 20_000  # so many numbers a database takes in one question


def attended_by(materials: Mapping[int, Material], period: Period) -> dict[int, tuple[Attended, ...]]:
    """What the members of each material attended that counts as 学时, by the key of the material, earliest first."""
    members = {key: {person.member_id for person in material.people} for key, material in materials.items()}
    pairs = _attendances(sorted(frozenset[int]().union(*members.values())), period)
    sessions = _sessions({session_id for _, session_id in pairs})
    came: defaultdict[int, list[int]] = defaultdict(list)  # member → the sessions he came to
    for member_id, session_id in pairs:
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
    """(member, session) of all who came; without regard to the unit that held the session."""
    counting = SessionKind.objects.filter(kind__in=HOURS.kinds).values("session_id")
    pairs: list[tuple[int, int]] = []
    for at in range(0, len(members), AT_ONCE):
        rows = RosterRow.objects.filter(
            member_id__in=members[at : at + AT_ONCE],
            attendance__in=CAME,
            session__status__in=HAPPENED,
            session__held_on__gte=period.start,
            session__held_on__lte=period.end,
            session_id__in=counting,
        )
        pairs += rows.values_list("member_id", "session_id")
    return pairs


def _sessions(ids: set[int]) -> dict[int, Attended]:
    wanted = sorted(ids)
    heads: dict[int, Attended] = {}
    kinds: defaultdict[int, list[str]] = defaultdict(list)
    fields = ("pk", "number", "title", "held_on", "unit_id", "entered_at", "starts_at", "ends_at")
    for at in range(0, len(wanted), AT_ONCE):
        part = wanted[at : at + AT_ONCE]
        rows = SessionKind.objects.filter(session_id__in=part).order_by("position")
        for session_id, kind in rows.values_list("session_id", "kind"):
            kinds[session_id].append(kind)
        for head in Session.objects.filter(pk__in=part).values_list(*fields):
            pk, number, title, held_on, unit_id, entered_at, starts_at, ends_at = head
            by_day = HOURS.of_session(localtime(starts_at), localtime(ends_at) if ends_at else None)
            heads[pk] = Attended(
                id=pk,
                number=number,
                title=title,
                held_on=held_on,
                unit_id=unit_id,
                kinds=tuple(kinds[pk]),
                entered_on=localdate(entered_at),
                by_day=None if by_day is None else tuple(sorted(by_day.items())),
            )
    return heads
