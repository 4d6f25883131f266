"""What members asked to be corrected, and what they were told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.corrections.values import MOST_SIGNS, Outcome
from youju.people.members.models import Member
from youju.people.units.models import Unit


class CorrectionSet(models.QuerySet["Correction"]):
    def open(self) -> CorrectionSet:
        """Those that wait for an answer. What a forgotten member asked is asked no more."""
        return self.filter(answered_at=None, member__forgotten_at=None)


class Correction(models.Model):
    """更正请求 to the unit that keeps what is wrong: about one record by its number, or (empty) about the member himself."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="corrections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    record = models.CharField("记录编号", max_length=40, blank=True)
    text = models.CharField("哪里不对", max_length=MOST_SIGNS, blank=True)  # empty once its member is forgotten
    asked_at = models.DateTimeField("提出时间")
    outcome = models.CharField("处理", max_length=10, blank=True, choices=[(one.value, one.zh) for one in Outcome])
    answer = models.CharField("答复", max_length=MOST_SIGNS, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = CorrectionSet.as_manager()

    class Meta:
        verbose_name = "更正请求"
        indexes = [models.Index(fields=["unit"], condition=Q(answered_at__isnull=True), name="correction_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="correction_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return f"更正请求 {self.pk}"
