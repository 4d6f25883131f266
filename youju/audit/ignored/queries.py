"""Questions about what was ignored."""

from __future__ import annotations

from youju.audit.ignored.models import IgnoredFinding
from youju.people.models import Unit


def ignored_in(unit: Unit, year: int) -> dict[str, IgnoredFinding]:
    """What the unit ignores in its reports of a year, by the digest of its key."""
    return {row.digest: row for row in IgnoredFinding.objects.filter(unit=unit, year=year).order_by("pk")}
