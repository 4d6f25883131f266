"""Drawing by a seed: the same seed over the same list always draws the same places, on any machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from youju.kit.digests import canonical, sha256_hex

SEED = re.compile(r"[0-9a-f]{8}")
DIGEST_SHOWN = 8


def drawn(seed: str, many: int, size: int) -> tuple[int, ...]:
    """Which places (1 to ``many``) of a list are drawn: those whose SHA-256 of “seed:place” are smallest.

    Anybody can compute it again with the plainest tool: printf '3fa91c02:7' | sha256sum.
    """
    ranked = sorted(range(1, many + 1), key=lambda place: sha256_hex(f"{seed}:{place}".encode()))
    return tuple(sorted(ranked[:size]))


def digest_of(ids: Sequence[int]) -> str:
    """What the list was on the day of drawing, in its order; a changed list has another one."""
    return sha256_hex(canonical(list(ids)))
