"""Pure judgement of a spot check: how many are usually drawn."""

from __future__ import annotations


def usual_size(many: int) -> int:
    """A fifth of the branch, at least three, never more than there are."""
    return min(many, max(3, -(-many // 5)))
