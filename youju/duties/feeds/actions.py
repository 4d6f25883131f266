"""Opening an address for a calendar and closing it."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from youju.accounts.models import User
from youju.duties.feeds.models import Feed
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.people.models import Unit


def open_feed(*, user: User, unit: Unit, by: Actor | None, at: datetime) -> tuple[Feed, str]:
    """开通 and the token, which is told this once; the address before it is closed."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two windows at once open one after the other
        for before in Feed.objects.filter(user=user, unit=unit, revoked_at__isnull=True):
            _close(before, by=by, at=at)
        row = Feed.objects.create(user=user, unit=unit, digest=sha256_hex(token.encode()), made_at=at)
        _note(row, "开通日历订阅", by=by, at=at)
    return row, token


def close_feed(*, user: User, unit: Unit, by: Actor | None, at: datetime) -> None:
    """停用: the address answers nothing from now on. Raises Refusal when there is none."""
    with transaction.atomic():
        row = Feed.objects.select_for_update().filter(user=user, unit=unit, revoked_at__isnull=True).first()
        if row is None:
            raise Refusal("", "没有在用的日历订阅。")
        _close(row, by=by, at=at)


def _close(row: Feed, *, by: Actor | None, at: datetime) -> None:
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _note(row, "停用日历订阅", by=by, at=at)


def _note(row: Feed, verb: str, *, by: Actor | None, at: datetime) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun="feed", object_id=row.pk, unit_id=row.unit_id,
        summary=f"订阅 {row.pk}",
    )  # fmt: skip
