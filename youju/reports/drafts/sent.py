"""What went out of a stored draft, found again by the ids in the tags of a document that came back."""

from __future__ import annotations

import re

from youju.paper.reading import ReadText
from youju.people.models import Unit
from youju.reports.back import Sent
from youju.reports.drafts.models import Citation

_TAG = re.compile(r"(yj-c(\d{1,18}))-[0-9a-f]+\Z")


def sent_of(document: ReadText, unit: Unit) -> tuple[Sent, ...]:
    """The unit's own citations that the tags name, with what is shown for them now; of other units nothing is said."""
    keys = {int(tag[2]): tag[1] for span in document.tags if (tag := _TAG.match(span.tag))}
    rows = Citation.objects.filter(pk__in=keys, passage__draft__unit=unit).order_by("pk")
    return tuple(Sent(keys[row.pk], row.figure, row.shown) for row in rows)
