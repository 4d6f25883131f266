"""Which records answer which dues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from youju.duties.replies.models import DueRecord
from youju.duties.replies.values import Reply
from youju.kit.zone import local_day
from youju.people.models import Unit
from youju.records.activities.models import Session, SessionSet
from youju.records.activities.values import HAPPENED

MOST_OFFERED = 60
LOOKS_BACK = timedelta(days=400)


def records_for(keys: Collection[str]) -> dict[str, tuple[Reply, ...]]:
    """The records behind each due, oldest first; a removed one is none. For keys that name one unit's due alone."""
    found: dict[str, list[Reply]] = defaultdict(list)
    for reply in _replies(DueRecord.objects.filter(key__in=keys)):
        found[reply.key].append(reply)
    return {key: tuple(replies) for key, replies in found.items()}


def records_in(unit_ids: Collection[int], keys: Collection[str]) -> dict[tuple[int, str], tuple[Reply, ...]]:
    """The same for dues that many units owe under one key: (unit id, key) → records. Two queries for any number."""
    found: dict[tuple[int, str], list[Reply]] = defaultdict(list)
    for reply in _replies(DueRecord.objects.filter(key__in=keys, unit_id__in=unit_ids)):
        found[reply.unit_id, reply.key].append(reply)
    return {place: tuple(replies) for place, replies in found.items()}


def _replies(rows: QuerySet[DueRecord]) -> list[Reply]:
    # Who no longer joins the session has not answered with it.
    own = Q(session__ledger=F("unit")) | Q(
        Exists(Session.joining.through.objects.filter(session=OuterRef("session"), unit=OuterRef("unit")))
    )
    counted = rows.filter(own, session__status__in=HAPPENED).select_related("session")
    return [
        _reply(row) for row in counted.order_by("session__held_on", "session_id").prefetch_related("session__kind_rows")
    ]


def _reply(row: DueRecord) -> Reply:
    session = row.session
    return Reply(
        unit_id=row.unit_id,
        key=row.key,
        session_id=session.pk,
        number=session.number,
        title=session.title,
        held_on=session.held_on,
        for_year=session.for_year,
        kinds=tuple(kind.kind for kind in session.kind_rows.all()),
        ledger_id=session.ledger_id,
        entered_on=local_day(session.entered_at),
    )


def may_answer(unit: Unit, kinds: Collection[str]) -> SessionSet:
    """Records that may answer a due of the unit: of its own ledger or joined by it, of one of these kinds if any is named."""
    own = Session.objects.happened().filter(Q(ledger=unit) | Q(pk__in=unit.joined_sessions.values("pk")))
    return own.of_kinds(tuple(kinds)) if kinds else own


def offered(unit: Unit, kinds: Collection[str], *, key: str, since: date, on: date) -> list[Session]:
    """The newest records one may choose as the answer, those not chosen yet: not older than the due by more than a year."""
    taken = DueRecord.objects.filter(unit=unit, key=key).values("session_id")
    rows = may_answer(unit, kinds).filter(held_on__gte=since - LOOKS_BACK, held_on__lte=on).exclude(pk__in=taken)
    return list(rows.order_by("-held_on", "-pk")[:MOST_OFFERED])
