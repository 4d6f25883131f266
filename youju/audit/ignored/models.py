"""Ignored findings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Unit


class IgnoredFinding(models.Model):
    """A finding that a branch ignores in its reports of a year, and why. Nobody above reads it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ignored_findings", verbose_name="组织")
    year = models.PositiveIntegerField("年度")
    check_id = models.CharField("哪项检查", max_length=40)
    quote = models.CharField("原文", max_length=400)
    digest = models.CharField(max_length=64)
    reason = models.CharField("原因", max_length=200)
    ignored_at = models.DateTimeField("忽略时间")

    class Meta:
        verbose_name = "忽略的发现"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "digest"], name="finding_ignored_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="ignored_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.check_id} {self.quote}"
