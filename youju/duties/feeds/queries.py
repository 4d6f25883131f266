"""Whose address it is."""

from __future__ import annotations

from youju.accounts.models import User
from youju.duties.feeds.models import Feed
from youju.kit.digests import sha256_hex
from youju.people.models import Unit


def feed_of(user: User, unit: Unit) -> Feed | None:
    """The person's own address for a unit, while it is in use."""
    return Feed.objects.filter(user=user, unit=unit, revoked_at__isnull=True).first()


def feed_at(token: str) -> Feed | None:
    """The feed an address names; a revoked one, or one of an account that may not sign in, is none."""
    rows = Feed.objects.filter(digest=sha256_hex(token.encode()), revoked_at__isnull=True, user__is_active=True)
    return rows.select_related("user", "unit").first()
