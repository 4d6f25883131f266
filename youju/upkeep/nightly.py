"""The nightly order of work."""

from __future__ import annotations

from datetime import datetime

from youju.journal.actions import seal
from youju.journal.models import Seal


def night(*, at: datetime) -> Seal | None:
    """What is done once a night: everything since the last seal is sealed. None when nothing came."""
    return seal(at=at, occasion="每夜封存")
