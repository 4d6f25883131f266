"""One draw a row, with the roster it was drawn from. Dropped with a reason, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Member, Unit
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.study.spotchecks.values import Stage


class SpotCheck(models.Model):
    """自学抽查 of a quarter. ``session`` is the record that it was held: how many were met, and what came of it, stand there."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    seed = models.CharField("种子", max_length=8)
    size = models.PositiveSmallIntegerField("抽几人")
    drawn_on = models.DateField("抽样日期")
    roster_digest = models.CharField("名册摘要", max_length=64)
    entered_at = models.DateTimeField("录入时间")
    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, null=True, related_name="spot_check", verbose_name="抽查记录"
    )
    dropped_at = models.DateTimeField("作废时间", null=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "自学抽查"
        ordering = ["-year", "-quarter", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "year", "quarter"], condition=Q(dropped_at__isnull=True), name="spot_check_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4, size__gte=1), name="spot_check_of_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(reason=""), name="spot_check_dropped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度自学抽查"

    @property
    def record(self) -> Session | None:
        """The record that it was held, as long as it stands in the ledger."""
        return self.session if self.session is not None and self.session.status in HAPPENED else None

    @property
    def stage(self) -> Stage:
        if self.dropped_at:
            return Stage.DROPPED
        return Stage.HELD if self.record else Stage.DRAWN


class RosterPlace(models.Model):
    """One member's place on the roster a check was drawn from, and whether it was drawn."""

    spot_check = models.ForeignKey(SpotCheck, on_delete=models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField("序号")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="党员")
    picked = models.BooleanField("抽中")

    class Meta:
        verbose_name = "抽查名册"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["spot_check", "number"], name="spot_check_place_once"),
            models.UniqueConstraint(fields=["spot_check", "member"], name="spot_check_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
