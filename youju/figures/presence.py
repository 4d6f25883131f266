"""Who came to which sessions and who was excused, of many members at once: the longest table, read once for all that asks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from youju.figures.values import Material
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.activities.values import CAME, HAPPENED, Attendance
from youju.records.models import RosterRow


@dataclass(frozen=True)
class Presence:
    """Of sessions held in the period, whichever unit held them and whatever their kinds."""

    period: Period
    came: Mapping[int, list[int]]  # member → the sessions he came to
    exempt: Mapping[int, list[int]]  # member → the sessions of which he was 免于要求


def presence_of(materials: Iterable[Material], period: Period) -> Presence:
    """Of all members of these materials, in one query."""
    came: defaultdict[int, list[int]] = defaultdict(list)
    exempt: defaultdict[int, list[int]] = defaultdict(list)
    members = {person.member_id for material in materials for person in material.people}
    if members:
        for member_id, session_id, attendance in _roster(Listed(sorted(members)), period.start, period.end):
            (exempt if attendance == Attendance.EXEMPT else came)[member_id].append(session_id)
    return Presence(period, came, exempt)


@written_once
def _roster(members: Listed, start: date, end: date) -> Rows:
    rows = RosterRow.objects.filter(
        member_id__in=members,
        attendance__in=(*CAME, Attendance.EXEMPT),
        session__status__in=HAPPENED,
        session__held_on__gte=start,
        session__held_on__lte=end,
    )
    return rows.order_by().values_list("member_id", "session_id", "attendance")
