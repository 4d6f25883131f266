"""Questions about facets: which topics a ledger knows."""

from __future__ import annotations

from youju.people.models import Unit
from youju.records.facets.models import SessionFacet
from youju.records.facets.values import LISTS, Facet

MOST_OWN = 60


def known_words(ledger: Unit, facet: Facet) -> list[str]:
    """Words that may be meant: those of the list, then the ledger's own, lately used first."""
    rows = SessionFacet.objects.filter(session__ledger=ledger, facet=facet).order_by("-session_id")
    own = rows.values_list("value", flat=True)[: MOST_OWN * 4]
    return list(dict.fromkeys([*(LISTS.topics if facet is Facet.TOPIC else ()), *own]))[:MOST_OWN]
