"""What the room changes: its nouns' own verbs, and what it does when a member must be forgotten."""

from __future__ import annotations

from datetime import datetime

from youju.duties.choices.actions import choose_rule as choose_rule
from youju.duties.choices.actions import waive as waive
from youju.duties.choices.actions import withdraw_waiver as withdraw_waiver
from youju.duties.choices.values import LONGEST_BASIS as LONGEST_BASIS
from youju.duties.choices.values import LONGEST_REASON as LONGEST_REASON
from youju.duties.plans import actions as plans
from youju.journal.values import Actor
from youju.people.models import Member


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Lines of plans keep an id of their owner; the name goes with the member."""
    plans.forget(member=member, by=by, at=at)
