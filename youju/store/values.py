"""Bytes on their way into the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from youju.kit.digests import sha256_hex


@dataclass(frozen=True)
class Incoming:
    """One file of a batch. Whoever has read it knows its type from its bytes."""

    data: bytes
    media_type: str

    @cached_property
    def digest(self) -> str:
        return sha256_hex(self.data)
