"""Plain values of replies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from youju.records.activities.rules import TALK_KINDS, talk_title

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

    def as_head(self) -> Reply:
        """For who reads heads only: the title of a talk may say with whom."""
        talk = set(self.kinds) <= TALK_KINDS
        return replace(self, title=talk_title(self.kinds)) if talk else self
