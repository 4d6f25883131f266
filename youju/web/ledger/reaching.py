"""走到了谁那里, as words one a line in the form of a record."""

from __future__ import annotations

from datetime import datetime

from youju.journal.values import Actor
from youju.records.activities.models import Session
from youju.records.visits.actions import cover
from youju.records.visits.queries import covered_by, meant


def reached_words(session: Session) -> str:
    return "\n".join(row.said for row in covered_by(session))


def write_reached(session: Session, words: str, *, revision: int | None, by: Actor | None, at: datetime) -> int:
    """Exactly these from now on; how many. ``revision`` is the one of the coverage that the editor saw. Raises Refusal on ``reached``."""
    found = meant(session.ledger, words, on=session.held_on, field="reached", kept=covered_by(session))
    cover(session=session, subject_ids=[row.pk for row in found], revision=revision, by=by, at=at)
    return len(found)
