"""Rows that hold from ``since`` up to, not including, ``until`` (null: still): memberships, posts and grants alike."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

M = TypeVar("M", bound=models.Model)


class DatedSet(models.QuerySet[M]):
    """Adds the one question all dated rows answer."""

    def on(self, day: date) -> Self:
        """The rows that hold on the day."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
