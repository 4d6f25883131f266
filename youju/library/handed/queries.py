"""Which reports handed in a reader may have."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from youju.accounts.models import User
from youju.library.handed.models import HandedText
from youju.people.roles.queries import units_with
from youju.people.roles.rules import Right


def handed_to(user: User, *, on: date) -> QuerySet[HandedText]:
    """Those of the units in which he may read what was handed in."""
    units = units_with(user, Right.READ_HANDED_IN, on=on)
    return HandedText.objects.filter(removed_at__isnull=True, unit__in=units)
