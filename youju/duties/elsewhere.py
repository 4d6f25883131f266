"""When the members of a unit belonged to another one: a year's hours are owed by who has him last, for all of his days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from youju.duties.values import Days
from youju.figures.values import Material
from youju.people.listed import Listed
from youju.people.models import Membership


def elsewhere_of(materials: Mapping[int, Material]) -> dict[int, dict[int, tuple[Days, ...]]]:
    """By unit and member, in one query. Only who came or left within the period can have been elsewhere in it."""
    movers: dict[int, set[int]] = {}
    own: dict[int, set[int]] = {}
    for unit_id, material in materials.items():
        period = material.period
        through = {fact.member_id for fact in material.people if fact.on(period.start) and fact.on(period.end)}
        movers[unit_id] = {fact.member_id for fact in material.people} - through
        own[unit_id] = {fact.id for fact in material.people}
    wanted = sorted(frozenset[int]().union(*movers.values()))
    rows = Membership.objects.filter(member_id__in=Listed(wanted)).order_by("since") if wanted else ()
    spans: defaultdict[int, list[tuple[int, Days]]] = defaultdict(list)
    for row in rows:
        spans[row.member_id].append((row.pk, Days(row.since, row.until)))
    return {
        unit_id: {who: tuple(days for pk, days in spans[who] if pk not in own[unit_id]) for who in sorted(people)}
        for unit_id, people in movers.items()
    }
