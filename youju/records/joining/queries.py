"""Questions about joining: who may be asked, who was, what an asked unit reads, and who counts of its own people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q

from youju.kit.zone import SHANGHAI
from youju.people.units.models import Unit, UnitSet
from youju.people.units.queries import ledger_unit
from youju.people.units.values import SEGMENT, after_subtree
from youju.people.written_once import Rows, written_once
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import RosterRow, Session
from youju.records.activities.queries import Written, roster_of
from youju.records.activities.rules import TALK_KINDS, talk_title
from youju.records.activities.values import HAPPENED, Expected
from youju.records.joining.models import Invitation, InvitationSet
from youju.records.joining.values import Head, State, Waiting

#: Units that one search shows; who finds more of them writes more of the name.
MOST_FOUND = 20


def invitable(host: Unit, day: date) -> UnitSet:
    """The branches that may be asked: under the same root and there on that day, without the host's own."""
    home = ledger_unit(host)
    near = Unit.objects.branches().filter(path__startswith=home.path[:SEGMENT]).open_on(day)
    return near.exclude(path__gte=home.path, path__lt=after_subtree(home.path)).order_by("path")


def named(words: str, units: UnitSet) -> list[Unit]:
    """Those with each of these words in their name or code; none where nothing is asked for."""
    parts = "".join(sign if sign.isprintable() else " " for sign in words[:80]).split()
    if not parts:
        return []
    for part in parts:
        units = units.filter(Q(name__icontains=part) | Q(short_name__icontains=part) | Q(code__iexact=part))
    return list(units[:MOST_FOUND])


def invitations_of(session: Session) -> list[Invitation]:
    """Who was asked to join a record and does not stand in it (any more), in the order of asking."""
    rows = Invitation.objects.filter(session=session).exclude(state=State.RECALLED).select_related("unit")
    return list(rows.exclude(unit__in=session.joining.all()).order_by("asked_at", "pk"))


def asked_of(unit: Unit) -> InvitationSet:
    """联合活动 that a unit was asked to join, the latest first; what waits for an answer comes before the rest."""
    rows = Invitation.objects.filter(unit=unit).standing()
    answered = Q(state=State.ASKED)
    parts = rows.select_related("session__unit", "session__ledger", "unit").prefetch_related("session__kind_rows")
    return parts.annotate(waits=Count("pk", filter=answered)).order_by("-waits", "-session__starts_at", "-pk")


def waiting_of(unit: Unit) -> Waiting:
    """How many invitations wait for a unit, in one question."""
    states = [state for (state,) in _states(unit.pk)]
    return Waiting(states.count(State.ASKED), len(states))


@written_once
def _states(unit: int) -> Rows:
    return Invitation.objects.filter(unit_id=unit).standing().values_list("state")


def kinds_of(session: Session) -> tuple[str, ...]:
    return tuple(row.kind for row in session.kind_rows.all())


def head_of(session: Session) -> Head:
    """The head as an asked unit reads it. The title of a talk may say with whom."""
    kinds = kinds_of(session)
    start, end = session.starts_at.astimezone(SHANGHAI), session.ends_at
    return Head(
        number=session.number,
        kinds="、".join(KINDS[kind].zh for kind in kinds),
        title=talk_title(kinds) if set(kinds) <= TALK_KINDS else session.title,
        day=session.held_on,
        hours=f"{start:%H:%M}" + (f"—{end.astimezone(SHANGHAI):%H:%M}" if end else ""),
        place=session.place,
        host=session.unit.name,
    )


def joins(session: Session, unit: Unit) -> bool:
    """Whether a unit stands in a record as one that joined."""
    return session.status in HAPPENED and session.joining.filter(pk=unit.pk).exists()


def rows_of(session: Session, unit: Unit) -> list[RosterRow]:
    """The roster of a record as far as it is this unit's."""
    rows = session.roster.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))
    return list(rows.select_related("member", "unit"))


def part_of(session: Session, unit: Unit, *, listed: Iterable[int]) -> dict[int, Expected]:
    """How each person of a joining unit counts who is listed: nobody has a vote at the host's meeting.

    As with any roster, everybody expected is named, and what was written once is not computed again. Who stands in the
    record already for another unit is left where he is. Raises Refusal on ``roster``.
    """
    rows, kinds = rows_of(session, unit), kinds_of(session)
    kept = {
        row.member_id: Expected(row.member_id, row.member.name, row.unit_id, "", False, False, row.expected)
        for row in rows
    }
    written = Written(kinds, frozenset(), kept) if kept else None
    people = roster_of(unit, (), kinds, session.held_on, listed=set(listed), written=written)
    elsewhere = set(session.roster.values_list("member_id", flat=True)) - kept.keys()
    return {pk: replace(person, votes=False) for pk, person in people.items() if pk not in elsewhere}
