"""What sessions say beside their kinds (形式、专题、面向, guests) and who came, of many scopes in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Sum

from youju.figures.presence import Presence, presence_of
from youju.figures.values import Material, Told
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.models import Guest, SessionFacet


def told_by(materials: Mapping[int, Material], period: Period, presence: Presence | None = None) -> dict[int, Told]:
    """By the key of the material. Guests are the host's: who only joins counts none of them."""
    ids = Listed(sorted({fact.id for material in materials.values() for fact in material.activities}))
    facets: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for session_id, facet, value in (
        SessionFacet.objects.filter(session_id__in=ids).order_by().values_list("session_id", "facet", "value")
    ):
        facets[session_id].add((facet, value))
    rows = Guest.objects.filter(session_id__in=ids).order_by().values_list("session_id", "session__unit__path")
    guests = {(pk, path): many for pk, path, many in rows.annotate(many=Sum("count"))}
    found = presence or presence_of(materials.values(), period)
    said = {pk: frozenset(values) for pk, values in facets.items()}
    came = {pk: frozenset(sessions) for pk, sessions in found.came.items()}
    excused = {pk: frozenset(sessions) for pk, sessions in found.exempt.items()}
    asked = {material.unit_id for material in materials.values()}
    paths = dict(Unit.objects.filter(pk__in=asked).values_list("pk", "path"))
    return {
        key: Told(
            said,
            {pk: many for (pk, path), many in guests.items() if path.startswith(paths[material.unit_id])},
            came,
            excused,
        )
        for key, material in materials.items()
    }
