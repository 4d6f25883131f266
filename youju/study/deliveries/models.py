"""One delivery a row: one member, one day, and what was brought. Withdrawn, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.records.sources.models import Source
from youju.study.deliveries.values import Way, said_of


class DeliverySet(models.QuerySet["Delivery"]):
    def standing(self) -> DeliverySet:
        return self.filter(withdrawn_at__isnull=True)


class Delivery(models.Model):
    """送学上门. There is no field for a reason, a place or a state of health, and none is to come."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    number = models.CharField("编号", max_length=40)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="送给谁")
    brought_on = models.DateField("日期")
    sources = models.ManyToManyField(Source, related_name="deliveries", verbose_name="学习材料")
    text = models.CharField("别的内容", max_length=120, blank=True)
    way = models.CharField("怎么送", max_length=10, choices=[(way.value, way.zh) for way in Way])
    bringer = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="谁送的")
    bringer_words = models.CharField("谁送的（文字）", max_length=40, blank=True)
    note = models.CharField("说明", max_length=100, blank=True)
    entered_at = models.DateTimeField("录入时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    reason = models.CharField("撤回原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = DeliverySet.as_manager()

    class Meta:
        verbose_name = "送学上门"
        ordering = ["-brought_on", "-pk"]
        indexes = [models.Index(fields=["ledger", "brought_on"], name="delivery_of_ledger")]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="delivery_number_once"),
            models.CheckConstraint(
                condition=Q(bringer__isnull=False) | ~Q(bringer_words=""), name="delivery_has_bringer"
            ),
            models.CheckConstraint(
                condition=Q(bringer__isnull=True) | ~Q(bringer=F("member")), name="delivery_to_another"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_at__gte=F("entered_at")) & ~Q(reason="")),
                name="delivery_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def way_zh(self) -> str:
        return Way(self.way).zh

    @property
    def studied(self) -> str:
        """《one》、《other》、words; its texts being loaded."""
        return said_of((source.title for source in self.sources.all()), self.text)

    @property
    def brought_by(self) -> str:
        return "、".join(filter(None, (self.bringer.name if self.bringer else "", self.bringer_words)))
