"""What a unit's own tables call their columns."""

from __future__ import annotations

from django.db import models

from youju.people.imports.values import Table
from youju.people.units.models import Unit


class Batch(models.Model):
    """导入批: a table whose import was confirmed, and how far it has come.

    It is written part by part, so that nobody else waits for the whole of it and a broken connection loses nothing. What
    has been written is let go with the last part; rows with faults stay for a day, to be fetched and mended.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    table = models.CharField("表", max_length=12, choices=[(t.value, t.value) for t in Table])
    token = models.CharField("确认的那一页", max_length=40, unique=True)
    at = models.DateTimeField("确认的时间")
    name = models.CharField("文件", max_length=80, blank=True)
    packed = models.BinaryField("行")
    total = models.PositiveIntegerField("共几行")
    reached = models.PositiveIntegerField("到第几行", default=0)
    kept = models.PositiveIntegerField("导入", default=0)
    skipped = models.PositiveIntegerField("跳过", default=0)
    faults = models.JSONField("有问题的行", default=list)

    class Meta:
        verbose_name = "导入批"
        constraints = [
            models.CheckConstraint(condition=models.Q(reached__lte=models.F("total")), name="batch_within_its_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.table} {self.reached}/{self.total}"

    @property
    def finished(self) -> bool:
        return self.reached >= self.total

    @property
    def reached_of(self) -> str:
        return f"{self.reached:,}/{self.total:,}"


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
