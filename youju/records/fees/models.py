"""One sheet a month, one mark a member."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Member, Unit
from youju.records.fees.values import FeeState


class FeeMonth(models.Model):
    """党费登记 of one ledger and month."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    year = models.PositiveIntegerField("年")
    month = models.PositiveSmallIntegerField("月")
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "党费登记"
        ordering = ["year", "month"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "month"], name="fee_month_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="fee_month_is_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


class FeeMark(models.Model):
    sheet = models.ForeignKey(FeeMonth, on_delete=models.PROTECT, related_name="marks")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="党员")
    state = models.CharField("交纳", max_length=8, choices=[(s.value, s.zh) for s in FeeState])

    class Meta:
        verbose_name = "党费交纳"
        ordering = ["member_id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "member"], name="fee_mark_once")]

    def __str__(self) -> str:
        return self.get_state_display()
