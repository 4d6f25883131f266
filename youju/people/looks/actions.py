"""Writing down who looked, and letting it go when its time is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.people.looks.models import Look
from youju.people.looks.values import Place
from youju.people.members.models import Member
from youju.people.roles.rules import Role
from youju.people.units.models import Unit

#: One statement, its own transaction, however many members a list names. One's own look at oneself is none, and a
#: second one on the same day writes nothing. The row is its own line of journal, as a slip is.
WRITE_LOOKS = """
    INSERT INTO people_look (viewer_id, member_id, unit_id, role, place, day)
    SELECT %s, id, %s, %s, %s, %s FROM people_member
    WHERE id IN ({marks}) AND (user_id IS NULL OR user_id <> %s) AND forgotten_at IS NULL
    ON CONFLICT DO NOTHING
"""


def note_looks(*, viewer: User, member_ids: Collection[int], unit: Unit, role: Role, place: Place, on: date) -> int:
    """``viewer`` saw these members at ``place`` on a day, as ``role`` of ``unit``. Returns how many rows came of it."""
    if not member_ids:
        return 0
    statement = WRITE_LOOKS.format(marks=", ".join(["%s"] * len(member_ids)))
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(statement, [viewer.pk, unit.pk, role.value, place.value, day, *member_ids, viewer.pk])
        return max(int(cursor.rowcount), 0)


def purge(*, before: date, by: Actor | None, at: datetime) -> int:
    """Lets go of what was seen before a day. Returns how many rows; a night without any leaves no line."""
    with transaction.atomic():
        gone, _ = Look.objects.filter(day__lt=before).delete()
        if gone:
            journal.write_line(
                by=by, at=at, verb="清理查看记录", room="people", noun="look", object_id=0, summary=f"{gone} 条"
            )
    return gone


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Who looked at him is told to nobody any more."""
    Look.objects.filter(member=member).delete()
