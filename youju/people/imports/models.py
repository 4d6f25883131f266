"""What a unit's own tables call their columns."""

from __future__ import annotations

from django.db import models

from youju.people.imports.values import Table
from youju.people.units.models import Unit


class Headings(models.Model):
    """表头对照: for one unit and table, heading → id of the column; "" for a heading that is not to be read."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    table = models.CharField("表", max_length=12, choices=[(t.value, t.value) for t in Table])
    meant = models.JSONField("对照", default=dict)

    class Meta:
        verbose_name = "表头对照"
        constraints = [models.UniqueConstraint(fields=["unit", "table"], name="headings_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.table}"
