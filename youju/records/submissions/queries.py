"""Questions about what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from youju.journal import queries as journal
from youju.people.units.models import UnitSet
from youju.records.submissions.models import Submission


def submissions_in(units: UnitSet, *, year: int | None = None) -> list[Submission]:
    """What these units handed in, newest first; of one year only when it is given."""
    rows = Submission.objects.filter(unit__in=units).select_related("unit", "to", "file")
    if year is not None:
        rows = rows.filter(year=year)
    return list(rows.order_by("-submitted_at", "-pk"))


def submission(pk: int, units: Iterable[int] | UnitSet) -> Submission | None:
    """One of them, if one of these units handed it in."""
    return Submission.objects.filter(pk=pk, unit__in=units).select_related("unit", "to", "file").first()


def body_of(row: Submission) -> tuple[dict[str, Any], dict[str, str]]:
    """What its revision holds."""
    body = {
        "number": row.number, "unit": row.unit_id, "to": row.to_id, "year": row.year, "digest": row.digest,
        "seal": row.seal, "submitted_on": row.submitted_on,
    }  # fmt: skip
    return body, {"title": row.title, "text": row.text}


def torn() -> Iterator[str]:
    """Submissions that no longer read as they were handed in."""
    kept = journal.newest(room="records", noun="submission")
    for row in Submission.objects.order_by("pk").iterator(chunk_size=200):
        written = kept.pop(row.pk, None)
        if written is None:
            yield f"{row.number} 没有修订记录。"
        elif written.number != row.revision or written.unlike(*body_of(row)):
            yield f"{row.number} 与报送时不一致。"
    yield from ("一份报送只剩下修订记录。" for _ in kept)
