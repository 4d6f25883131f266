"""Which items a unit looks at. Where a unit has no row, the unit above it is asked."""

from __future__ import annotations

from django.db import models

from youju.people.models import Unit


class ChecklistChoice(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="组织")
    item = models.CharField("检查项", max_length=20)
    on = models.BooleanField("要看")

    class Meta:
        verbose_name = "材料检查设置"
        constraints = [models.UniqueConstraint(fields=["unit", "item"], name="checklist_item_once")]

    def __str__(self) -> str:
        return f"{self.item} {'看' if self.on else '不看'}"
