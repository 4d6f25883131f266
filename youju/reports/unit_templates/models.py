"""A unit's template."""

from __future__ import annotations

from django.db import models

from youju.people.models import Unit
from youju.store.models import StoredFile


class ReportTemplate(models.Model):
    """本单位模板. A unit has one; a new one takes its place, and the old bytes stay in the store."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="report_template", verbose_name="组织")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=120)
    kept_at = models.DateTimeField("存入时间")

    class Meta:
        verbose_name = "报告模板"

    def __str__(self) -> str:
        return self.name
