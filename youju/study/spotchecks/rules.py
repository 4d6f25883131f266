"""Pure drawing: the same seed over the same roster always draws the same places, on any machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from youju.kit.digests import canonical, sha256_hex

SEED = re.compile(r"[0-9a-f]{8}")
DIGEST_SHOWN = 8


def drawn(seed: str, many: int, size: int) -> tuple[int, ...]:
    """Which places (1 to ``many``) of a roster are drawn: those whose SHA-256 of “seed:place” are smallest.

    Anybody can compute it again with the plainest tool: printf '3fa91c02:7' | sha256sum.
    """
    ranked = sorted(range(1, many + 1), key=lambda place: sha256_hex(f"{seed}:{place}".encode()))
    return tuple(sorted(ranked[:size]))


def roster_digest(member_ids: Sequence[int]) -> str:
    """What the roster was on the day of drawing, in its order; a changed roster has another one."""
    return sha256_hex(canonical(list(member_ids)))


def usual_size(many: int) -> int:
    """A fifth of the branch, at least three, never more than there are."""
    return min(many, max(3, -(-many // 5)))
