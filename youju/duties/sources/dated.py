"""What measures, tasks and steps have in common as dues: a day of their own, done or not."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def asked_for(first: date, last: date, *, carried: bool) -> Q:
    """Due in these years; carried, also what is due in others and open or done since."""
    in_years = Q(due_on__gte=first, due_on__lte=last)
    return (
        Q(due_on__isnull=False) & (in_years | Q(done_on__isnull=True) | Q(done_on__gte=first)) if carried else in_years
    )
