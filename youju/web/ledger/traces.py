"""修改痕迹 of a record: what was done to it, when, by whom and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from youju.accounts.models import User
from youju.journal.queries import lines_of
from youju.journal.values import Owner
from youju.records.activities.models import Session
from youju.records.joining.actions import OF_OTHERS


@dataclass(frozen=True)
class Trace:
    """One line of 修改痕迹."""

    verb: str
    who: str
    at: datetime
    reason: str


def traces_of(session: Session, reasons: Mapping[datetime, str]) -> tuple[Trace, ...]:
    lines = lines_of(Owner("records", "session", session.pk))
    accounts = {line.by_id for line in lines if line.by_id}
    names = dict(User.objects.filter(pk__in=accounts).values_list("pk", "name"))
    return tuple(
        Trace(
            line.verb,
            # What a unit that joins did is signed by the unit: its people's names are not the host's to read.
            "参加组织" if line.verb in OF_OTHERS else names.get(line.by_id or 0, "系统"),
            line.at,
            reasons.get(line.at, ""),
        )
        for line in lines
    )
