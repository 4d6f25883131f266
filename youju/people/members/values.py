"""Plain values of members."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """正式党员 or 预备党员."""

    FORMAL = "formal"
    PROBATIONARY = "probationary"

    @property
    def zh(self) -> str:
        return "正式党员" if self is Standing.FORMAL else "预备党员"
