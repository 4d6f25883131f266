"""Whom a notice reaches, and how it stands with a unit. Pure: days in, words out."""

from __future__ import annotations

from datetime import date

from youju.duties.values import Status


def reaches(opened_on: date | None, closed_on: date | None, *, due_on: date) -> bool:
    """A branch owes what falls due while it is open: one opened later too, if the day is still ahead of it."""
    return (opened_on is None or opened_on <= due_on) and (closed_on is None or closed_on > due_on)


def status_of(*, due_on: date, replied: bool, on: date) -> Status:
    if replied:
        return Status.DONE
    return Status.LATE if on > due_on else Status.OPEN
