"""免于要求: nothing is demanded of the old and the ill (《党员教育管理工作条例》 23). Kept as a mark on a roster, without a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.figures.presence import Presence
from youju.figures.values import Material
from youju.people.listed import Listed
from youju.records.models import Session
from youju.records.talks.queries import exempt_years


def exempt_of(materials: Mapping[int, Material], presence: Presence) -> dict[int, dict[int, tuple[date, ...]]]:
    """By unit and member the days on which a roster excused him, whichever unit wrote it."""
    days = _days(frozenset[int]().union(*presence.exempt.values()), materials)
    return {
        unit_id: {
            person.member_id: tuple(sorted(days[session_id] for session_id in presence.exempt[person.member_id]))
            for person in material.people
            if person.member_id in presence.exempt
        }
        for unit_id, material in materials.items()
    }


def through_of(materials: Mapping[int, Material], presence: Presence) -> dict[int, dict[int, frozenset[int]]]:
    """By unit and member the years through which he was excused: of those no talk is owed."""
    found = exempt_years(presence.exempt.keys(), presence.period)
    return {
        unit_id: {one.member_id: found[one.member_id] for one in material.people if one.member_id in found}
        for unit_id, material in materials.items()
    }


def _days(ids: frozenset[int], materials: Mapping[int, Material]) -> dict[int, date]:
    """When these sessions were held: most are among the materials."""
    if not ids:
        return {}
    known = {fact.id: fact.held_on for material in materials.values() for fact in material.activities if fact.id in ids}
    others = ids - known.keys()
    rows = Session.objects.filter(pk__in=Listed(others)).values_list("pk", "held_on") if others else ()
    return known | dict(rows)
