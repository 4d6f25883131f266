"""Kept runs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from youju.people.models import Unit


class Run(models.Model):
    """留存的核对: the text as it was judged, and what was found that day. Deleting it is all that erases it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kept_audits", verbose_name="组织")
    name = models.CharField("名称", max_length=80)
    year = models.PositiveIntegerField("年度")
    as_of = models.DateField("算到")
    text = models.TextField("正文")
    digest = models.CharField("正文摘要", max_length=64)
    counts = models.JSONField("各结论几处")
    verdicts = models.JSONField("逐处结论")
    findings = models.PositiveIntegerField("要补要改几处")
    kept_at = models.DateTimeField("留存时间")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "留存的核对"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "as_of", "digest"], name="audit_kept_once"),
            models.CheckConstraint(condition=~Q(text=""), name="kept_audit_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {self.name}"
