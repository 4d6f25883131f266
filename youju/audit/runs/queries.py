"""Questions about kept runs."""

from __future__ import annotations

from youju.audit.runs.models import Run
from youju.people.models import Unit


def kept_of(unit: Unit) -> list[Run]:
    """What the unit keeps, the newest first, without the texts."""
    return list(Run.objects.filter(unit=unit).defer("text", "verdicts").order_by("-kept_at", "-pk"))


def run_of(pk: int) -> Run | None:
    return Run.objects.select_related("unit").filter(pk=pk).first()
