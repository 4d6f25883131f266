"""Plain values of invitations."""

from __future__ import annotations

from enum import StrEnum

DAYS = 7  # how long an invitation stands open


class State(StrEnum):
    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"

    @property
    def zh(self) -> str:
        return {"open": "待打开", "used": "已打开", "revoked": "已收回", "expired": "已过期"}[self]
