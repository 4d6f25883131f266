"""免于要求: nothing is demanded of the old and the ill (《党员教育管理工作条例》 23). Kept as a mark on a roster, without a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from youju.figures.values import Material
from youju.people.listed import Listed
from youju.records.activities.values import HAPPENED, Attendance
from youju.records.models import RosterRow


def exempt_of(materials: Mapping[int, Material]) -> dict[int, dict[int, tuple[date, ...]]]:
    """By unit and member the days on which a roster excused him, whichever unit wrote it; in one query."""
    people = {unit_id: {fact.member_id for fact in material.people} for unit_id, material in materials.items()}
    periods = [material.period for material in materials.values()]
    wanted = sorted(frozenset[int]().union(*people.values()))
    if not wanted:
        return {}
    rows = RosterRow.objects.filter(
        member_id__in=Listed(wanted),
        attendance=Attendance.EXEMPT,
        session__status__in=HAPPENED,
        session__held_on__gte=min(period.start for period in periods),
        session__held_on__lte=max(period.end for period in periods),
    )
    days: defaultdict[int, list[date]] = defaultdict(list)
    for member_id, day in rows.order_by().values_list("member_id", "session__held_on"):
        days[member_id].append(day)
    return {
        unit_id: {who: tuple(sorted(days[who])) for who in members & days.keys()} for unit_id, members in people.items()
    }
