"""Questions about facets: which topics a ledger knows."""

from __future__ import annotations

from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.facets.models import SessionFacet
from youju.records.facets.values import LISTS, Facet

MOST_OWN = 60
LATELY = 300  # sessions: of a ledger of ten years not every word ever used is offered


def known_words(ledger: Unit, facet: Facet) -> list[str]:
    """Words that may be meant: those of the list, then the ledger's own, lately used first."""
    lately = Session.objects.filter(ledger=ledger).order_by("-held_on", "-pk").values("pk")[:LATELY]
    rows = SessionFacet.objects.filter(session_id__in=lately, facet=facet)
    own = rows.order_by("-session_id").values_list("value", flat=True)
    return list(dict.fromkeys([*(LISTS.topics if facet is Facet.TOPIC else ()), *own]))[:MOST_OWN]
