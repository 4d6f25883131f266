"""How an ignored finding is known again when the text is read the next time."""

from __future__ import annotations

from dataclasses import dataclass

from youju.kit.digests import sha256_hex


@dataclass(frozen=True)
class Key:
    """Which finding: the check that says it and the words it is about. Offsets move with every edit and say nothing."""

    check: str
    quote: str

    @property
    def digest(self) -> str:
        return sha256_hex(f"{self.check}\n{self.quote}".encode())
