"""The only ways to add to the journal. Callers run them inside their own transaction, so no change stands without its line."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from youju.journal.models import Line, Revision, RevisionText, Seal
from youju.journal.queries import digest_since
from youju.journal.values import Actor, Owner
from youju.kit.digests import canonical, salted_digest, sha256_hex


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
    return Line.objects.create(
        at=at,
        by_id=by.pk if by else None,
        verb=verb,
        room=room,
        noun=noun,
        object_id=object_id,
        unit_id=unit_id,
        summary=summary,
    )


def write_revision(
    *, owner: Owner, body: Mapping[str, Any], texts: Mapping[str, str], by: Actor | None, at: datetime, reason: str = ""
) -> Revision:
    """A new version of ``owner``.

    ``body`` is plain data with persons as ids; ``texts`` are its free texts by key, kept apart under a salt so that they
    can be erased later while the digest stays.
    """
    salted = {key: (secrets.token_hex(16), text) for key, text in texts.items() if text}
    whole = {**body, "texts": {key: salted_digest(text, salt) for key, (salt, text) in salted.items()}}
    data = canonical(whole)
    last = Revision.objects.of(owner).aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        room=owner.room, noun=owner.noun, object_id=owner.id, number=last + 1,
        at=at, by_id=by.pk if by else None, reason=reason, body=data, digest=sha256_hex(data),
    )  # fmt: skip
    RevisionText.objects.bulk_create(
        RevisionText(revision=revision, key=key, salt=salt, text=text) for key, (salt, text) in salted.items()
    )
    return revision


def seal(*, at: datetime, occasion: str) -> Seal | None:
    """封存 all that came since the last seal; None when nothing came. Two at once seal one after the other."""
    with transaction.atomic():
        _wait_for_writers()
        before = Seal.objects.order_by("-pk").first()
        reached = (before.last_line, before.last_revision) if before else (0, 0)
        # Never back behind the last seal: where sealed rows are gone, the break must show there and not be sealed over.
        last_line = max(reached[0], Line.objects.aggregate(last=Max("pk"))["last"] or 0)
        last_revision = max(reached[1], Revision.objects.aggregate(last=Max("pk"))["last"] or 0)
        if (last_line, last_revision) == reached:
            return None
        digest = digest_since(before, last_line=last_line, last_revision=last_revision)
        return Seal.objects.create(
            at=at, occasion=occasion, last_line=last_line, last_revision=last_revision, digest=digest
        )


def _wait_for_writers() -> None:
    """On PostgreSQL a writer may hold an earlier id and commit later; the seal waits so that no row slips in behind it.

    The seals' own table comes first, so that of two that seal at once the second sees what the first has sealed.
    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE journal_seal IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("LOCK TABLE journal_line, journal_revision IN SHARE MODE")


def erase_texts(*, owner: Owner, keys: tuple[str, ...]) -> int:
    """Removes texts and salts of every revision of ``owner``; the digests, and so the seals, stay whole. Returns how many."""
    erased, _ = RevisionText.objects.filter(
        revision__room=owner.room, revision__noun=owner.noun, revision__object_id=owner.id, key__in=keys
    ).delete()
    return erased
