"""Plain values of replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LONGEST_KEY = 80
#: Verbs of dues that a named record settles; what a rule asks is counted, and a measure has its own proof.
ANSWERED = frozenset({"answer_notice", "answer_plan", "answer_task"})


@dataclass(frozen=True)
class Reply:
    """A record that answers a due: the head of it, as a list shows it."""

    unit_id: int
    key: str
    session_id: int
    number: str
    title: str
    held_on: date
    for_year: int
    kinds: tuple[str, ...]
    ledger_id: int
    entered_on: date
