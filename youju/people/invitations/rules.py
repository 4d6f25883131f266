"""How an invitation stands at a moment."""

from __future__ import annotations

from datetime import datetime

from youju.people.invitations.values import State


def state_of(*, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, at: datetime) -> State:
    """Used before revoked: what was opened stays told, also when it was taken back afterwards."""
    if used_at is not None:
        return State.USED
    if revoked_at is not None:
        return State.REVOKED
    return State.OPEN if at < expires_at else State.EXPIRED
