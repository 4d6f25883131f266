"""What follows is brought up to what it follows: scores to the ledger, of this year and of those the overview still
shows; the indexes to the library."""

from __future__ import annotations

from datetime import date

from youju.duties.scores.actions import follow
from youju.duties.scores.queries import YEARS
from youju.library.documents.queries import last_serial
from youju.library.passages import following as passages
from youju.library.search import following as search


def follow_up(*, on: date, most: int | None = None) -> int:
    """This year first. Returns how many scores were computed; ``most`` leaves the rest for the next time."""
    done = 0
    for year in range(on.year, on.year - YEARS, -1):
        done += follow(year=year, most=None if most is None else max(0, most - done))
    return done


def follow_library(*, most: int | None = None, at_once: bool = False) -> int:
    """Search, copied passages, and with them groups of near-duplicates, which wait for the night (``at_once``) unless much
    has changed; by night passages also let go of what was taken out. Returns how many texts came into an index; a library
    to which nothing ever came gets no index."""
    if not last_serial():
        return 0
    done = max(search.follow(most=most), passages.follow(most=most))  # of one text that came into both it is told once
    passages.follow_groups(at_once=at_once)
    if at_once:
        passages.compact()
    return done
