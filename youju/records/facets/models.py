"""The facets of sessions: one row a value."""

from __future__ import annotations

from django.db import models

from youju.records.activities.models import Session
from youju.records.facets.values import Facet


class SessionFacet(models.Model):
    """A form or a group by its id, a topic or a business matter by its words."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField("哪一面", max_length=10, choices=[(f.value, f.zh) for f in Facet])
    value = models.CharField("内容", max_length=30)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "形式、专题、面向"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["session", "facet", "value"], name="session_facet_once")]
        indexes = [models.Index(fields=["facet", "value", "session"], name="sessions_of_facet")]

    def __str__(self) -> str:
        return self.value
