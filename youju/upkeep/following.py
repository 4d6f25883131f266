"""What follows the ledger is brought up to it: scores of this year and of those the overview still shows."""

from __future__ import annotations

from datetime import date

from youju.duties.scores.actions import follow
from youju.duties.scores.queries import YEARS


def follow_up(*, on: date, most: int | None = None) -> int:
    """This year first. Returns how many scores were computed; ``most`` leaves the rest for the next time."""
    done = 0
    for year in range(on.year, on.year - YEARS, -1):
        done += follow(year=year, most=None if most is None else max(0, most - done))
    return done
