"""The only ways to add to the journal. Callers run them inside their own transaction, so no change stands without its line."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Set
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from youju.journal.models import Line, Revision, RevisionText, Seal, Slip
from youju.journal.queries import digest_since, last_numbers, reach_of, superseded_naming
from youju.journal.values import NOBODY, Actor, Means, Owner, Reach
from youju.kit.digests import canonical, salted_digest, sha256_hex
from youju.kit.turns import turn


def write_line(
    *,
    by: Actor | None,
    at: datetime,
    verb: str,
    room: str,
    noun: str,
    object_id: int,
    unit_id: int | None = None,
    summary: str = "",
) -> Line:
    """One line of 留痕. ``summary`` must not name a person."""
    (line,) = write_lines(
        by=by, at=at, verb=verb, room=room, noun=noun, unit_id=unit_id, summaries={object_id: summary}
    )
    return line


def write_lines(
    *,
    by: Actor | None,
    at: datetime,
    verb: str,
    room: str,
    noun: str,
    unit_id: int | None = None,
    summaries: Mapping[int, str],
) -> list[Line]:
    """The same done to several things, by their ids: a line of each, at the cost of one."""
    actor = by.pk if by else None
    return Line.objects.bulk_create(
        Line(at=at, by_id=actor, verb=verb, room=room, noun=noun, object_id=pk, unit_id=unit_id, summary=summary)
        for pk, summary in summaries.items()
    )


def write_revision(
    *, owner: Owner, body: Mapping[str, Any], texts: Mapping[str, str], by: Actor | None, at: datetime, reason: str = ""
) -> Revision:
    """A new version of ``owner``.

    ``body`` is plain data with persons as ids; ``texts`` are its free texts by key, kept apart under a salt so that they
    can be erased later while the digest stays.
    """
    versions = {owner.id: (body, texts)}
    (revision,) = write_revisions(room=owner.room, noun=owner.noun, versions=versions, by=by, at=at, reason=reason)
    return revision


Version = tuple[Mapping[str, Any], Mapping[str, str]]  # body and texts


def write_revisions(
    *, room: str, noun: str, versions: Mapping[int, Version], by: Actor | None, at: datetime, reason: str = ""
) -> list[Revision]:
    """A new version of each of several things of one noun, by their ids and in their order, at the cost of one."""
    last, actor = last_numbers(room=room, noun=noun, ids=versions), by.pk if by else None
    made: list[Revision] = []
    beside: list[RevisionText] = []
    for pk, (body, texts) in versions.items():
        salted = {key: (secrets.token_hex(16), text) for key, text in texts.items() if text}
        data = canonical({**body, "texts": {key: salted_digest(text, salt) for key, (salt, text) in salted.items()}})
        revision = Revision(
            room=room, noun=noun, object_id=pk, number=last.get(pk, 0) + 1, at=at, by_id=actor, reason=reason, body=data,
            digest=sha256_hex(data),
        )  # fmt: skip
        made.append(revision)
        beside += [
            RevisionText(revision=revision, key=key, salt=salt, text=text) for key, (salt, text) in salted.items()
        ]
    Revision.objects.bulk_create(made)
    RevisionText.objects.bulk_create(beside)
    return made


def seal(*, at: datetime, occasion: str) -> Seal | None:
    """封存 all that came since the last seal; None when nothing came. Two at once seal one after the other."""
    with transaction.atomic():
        _wait_for_writers()
        before = Seal.objects.order_by("-pk").first()
        reached = reach_of(before)
        # Never back behind the last seal: where sealed rows are gone, the break must show there and not be sealed over.
        until = Reach(
            line=max(reached.line, _last(Line)),
            revision=max(reached.revision, _last(Revision)),
            slip=max(reached.slip, _last(Slip)),
        )
        if until == reached:
            return None
        return Seal.objects.create(
            at=at, occasion=occasion, last_line=until.line, last_revision=until.revision, last_slip=until.slip,
            digest=digest_since(before, until=until),
        )  # fmt: skip


def _last(rows: type[Line] | type[Revision] | type[Slip]) -> int:
    return rows._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _wait_for_writers() -> None:
    """On PostgreSQL a writer may hold an earlier id and commit later; the seal waits so that no row slips in behind it.

    The seals' own table comes first, so that of two that seal at once the second sees what the first has sealed.
    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE journal_seal IN SHARE ROW EXCLUSIVE MODE")
            # Slips first: who draws the line under a list holds them while he writes his own journal line.
            cursor.execute("LOCK TABLE journal_slip, journal_line, journal_revision IN SHARE MODE")


#: One statement, so that it is its own transaction and nothing can come between looking and writing. It writes nothing
#: where the member or this place of the phone has its slip already, or where the line under the list is drawn.
WRITE_SLIP = """
    INSERT INTO journal_slip (session_id, member_id, at, by_device, place, means)
    SELECT %s, %s, %s, %s, %s, %s
    WHERE NOT EXISTS (SELECT 1 FROM journal_slip WHERE session_id = %s AND member_id = %s)
    ON CONFLICT DO NOTHING
"""


def write_slip(*, session_id: int, member_id: int, device: str, place: int, means: Means, at: datetime) -> bool:
    """签到: the slip is the change and its own journal line in one. True when it is written, durably, by this call."""
    database = connections[DEFAULT_DB_ALIAS]  # looked up once: each use of ``connection`` looks it up anew
    moment = database.ops.adapt_datetimefield_value(at)
    with _own_turn(database), database.cursor() as cursor:
        cursor.execute(WRITE_SLIP, [session_id, member_id, moment, device, place, means.value, session_id, NOBODY])
        return bool(cursor.rowcount == 1)


def _own_turn(database: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    """SQLite has one writer, and who finds it busy sleeps a millisecond and more before he looks again, while a slip takes a
    fifth of one; so slips queue, and the next comes at once. Who is in a transaction may be that writer, and never waits.
    """
    if database.vendor != "sqlite" or database.in_atomic_block:
        return nullcontext()
    return turn(f"{database.settings_dict['NAME']}-turn")


def end_slips(*, session_id: int, at: datetime) -> bool:
    """Draws the line under a session's list. What was written before it is there to be read in the same transaction."""
    with transaction.atomic():
        if connection.vendor == "postgresql":  # whoever is writing a slip comes in before the line or not at all
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE journal_slip IN SHARE ROW EXCLUSIVE MODE")
        return write_slip(session_id=session_id, member_id=NOBODY, device="", place=0, means=Means.END, at=at)


def erase_superseded(*, name: str) -> int:
    """Removes, with their salts, the texts of older revisions in which a name stands; what a record says now is left to
    whoever corrects it, and the digests, and so the seals, stay whole. Returns how many."""
    erased, _ = superseded_naming(name).delete()
    return erased


def erase_texts(*, owner: Owner, keys: tuple[str, ...]) -> int:
    """Removes texts and salts of every revision of ``owner``; the digests, and so the seals, stay whole. Returns how many."""
    erased, _ = RevisionText.objects.filter(
        revision__room=owner.room, revision__noun=owner.noun, revision__object_id=owner.id, key__in=keys
    ).delete()
    return erased


def erase_words(*, owner: Owner, family: str, words: Set[str]) -> int:
    """Removes, with their salts, the texts of ``owner`` that say exactly one of these words, in every revision, under the
    keys that begin with ``family``; the digests, and so the seals, stay whole. Returns how many."""
    erased, _ = RevisionText.objects.filter(
        revision__room=owner.room, revision__noun=owner.noun, revision__object_id=owner.id,
        key__startswith=family, text__in=words,
    ).delete()  # fmt: skip
    return erased
