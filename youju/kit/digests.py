"""Canonical bytes and their digests: the same values always give the same bytes, on every machine."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8. Dates in ISO form, decimals as strings; anything else raises TypeError."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False
    ).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):  # one moment has one form, whichever zone the value carries
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def salted_digest(text: str, salt: str) -> str:
    """Digest of a free text with its salt: once text and salt are erased, nobody can guess the text back from it."""
    return sha256_hex(f"{salt}\n{text}".encode())
