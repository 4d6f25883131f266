"""Writing the facets of a session, within the change of the record they stand in: it keeps the revision and the journal."""

from __future__ import annotations

from collections.abc import Sequence

from youju.records.activities.models import Session
from youju.records.facets.models import SessionFacet
from youju.records.facets.values import Facets


def write_facets(*, session: Session, facets: Facets, fresh: bool) -> Sequence[SessionFacet]:
    """The facets of a record as they now are; ``fresh``: it had none before."""
    if not fresh:
        SessionFacet.objects.filter(session=session).delete()
    if not facets:
        return ()
    return SessionFacet.objects.bulk_create(
        SessionFacet(session=session, facet=facet, value=value, position=position)
        for position, (facet, value) in enumerate(facets.pairs())
    )
