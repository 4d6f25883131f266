"""学时 of members, in a fixed number of queries; a member's hours follow him wherever he attended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.timezone import localdate, localtime

from youju.figures.conversion import HOURS
from youju.figures.presence import Presence, presence_of
from youju.figures.rules import whole_of
from youju.figures.values import Attended, Material
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import Session, SessionKind

COUNTING = frozenset(HOURS.kinds)


def attended_by(
    materials: Mapping[int, Material], period: Period, presence: Presence | None = None
) -> dict[int, tuple[Attended, ...]]:
    """What the members of each material attended that counts as 学时, by the key of the material, earliest first.

    ``presence``: who came to what in the period, where that is known already.
    """
    members = {key: {person.member_id for person in material.people} for key, material in materials.items()}
    came = (presence or presence_of(materials.values(), period)).came
    known = {fact.id: fact.kinds for material in materials.values() for fact in material.activities}
    sessions = _sessions(frozenset[int]().union(*came.values()), known)
    return {key: _of_these(sorted(people), came, sessions) for key, people in members.items()}


def _of_these(
    people: list[int], came: Mapping[int, list[int]], sessions: Mapping[int, Attended]
) -> tuple[Attended, ...]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for member_id in people:
        for session_id in came.get(member_id, ()):
            if session_id in sessions:
                found[session_id].append(member_id)
    rows = (replace(sessions[session_id], members=tuple(ids)) for session_id, ids in found.items())
    return tuple(sorted(rows, key=lambda row: (row.held_on, row.id)))


def lengths_of(material: Material, seen: Period) -> list[Fraction]:
    """学时 that each session of the material gives who attends nothing else on its days, whether or not anybody came.

    Sessions that count nothing, since nobody wrote down when they ended, are left out.
    """
    facts = {fact.id: fact.kinds for fact in material.held_in(HOURS.kinds, seen)}
    known = {session.id: session for session in material.attended or () if session.id in facts}
    sessions = known | _sessions(facts.keys() - known.keys(), facts)
    return [hours for session in sessions.values() if (hours := whole_of(session))]


def _sessions(ids: Set[int], known: Mapping[int, tuple[str, ...]]) -> dict[int, Attended]:
    """Those of the sessions that count as 学时; ``known`` are the kinds of most of them."""
    kinds = {pk: known[pk] for pk in ids & known.keys()} | _kinds(ids - known.keys())
    counting = {pk: of for pk, of in kinds.items() if not COUNTING.isdisjoint(of)}
    heads = _heads(Listed(counting)) if counting else ()
    return {head[0]: _session(head, counting[head[0]]) for head in heads}


@written_once
def _heads(sessions: Listed) -> Rows:
    fields = ("pk", "number", "title", "held_on", "unit_id", "entered_at", "starts_at", "ends_at")
    return Session.objects.filter(pk__in=sessions).values_list(*fields)


def _kinds(ids: Set[int]) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for session_id, kind in _kind_rows(Listed(ids)) if ids else ():
        found[session_id].append(kind)
    return {pk: tuple(kinds) for pk, kinds in found.items()}


@written_once
def _kind_rows(sessions: Listed) -> Rows:
    return SessionKind.objects.filter(session_id__in=sessions).order_by("position").values_list("session_id", "kind")


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
