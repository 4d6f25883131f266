"""What sessions say beside their kinds (形式、专题、面向, guests), who came, led and spoke, of many scopes in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, Sum

from youju.figures.presence import Presence, presence_of
from youju.figures.values import Material, Told
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.people.units.values import ancestors
from youju.records.models import Guest, RosterRow, SessionFacet

Counted = dict[str, Counter[int]]


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
    led, spoke = _voices(ids, paths.values())
    return {
        key: Told(
            said,
            {pk: many for (pk, path), many in guests.items() if path.startswith(paths[material.unit_id])},
            came,
            excused,
            led[paths[material.unit_id]],
            spoke[paths[material.unit_id]],
        )
        for key, material in materials.items()
    }


def _voices(ids: Listed, asked: Iterable[str]) -> tuple[Counted, Counted]:
    """How many led and how many spoke, by the path of the unit asked of and by session: who joins counts its own."""
    led: Counted = {path: Counter() for path in asked}
    spoke: Counted = {path: Counter() for path in led}
    rows = RosterRow.objects.filter(Q(led=True) | Q(spoke=True), session_id__in=ids).order_by()
    for session_id, own, he_led, he_spoke in rows.values_list("session_id", "unit__path", "led", "spoke"):
        for path in ancestors(own):
            if path in led:
                led[path][session_id] += he_led
                spoke[path][session_id] += he_spoke
    return led, spoke
