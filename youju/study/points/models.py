"""One point of study a row. Withdrawn with a reason, never deleted: units of study below point to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Unit
from youju.study.points.values import (
    LONGEST_BASIS,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
)


class StudyPointSet(models.QuerySet["StudyPoint"]):
    def standing(self) -> StudyPointSet:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class StudyPoint(models.Model):
    """学习重点 of a unit above, for everything under it. One row a point: it is read downward from who states it."""

    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="study_points", verbose_name="提出的组织")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("学什么", max_length=LONGEST_TITLE)
    starts_on = models.DateField("从")
    ends_on = models.DateField("到")
    topic = models.CharField("专题", max_length=LONGEST_TOPIC, blank=True)
    text = models.CharField("学习材料", max_length=LONGEST_TEXT, blank=True)
    basis = models.CharField("文号或依据", max_length=LONGEST_BASIS, blank=True)
    note = models.CharField("要求", max_length=LONGEST_NOTE, blank=True)
    stated_at = models.DateTimeField("提出时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    reason = models.CharField("撤回原因", max_length=LONGEST_REASON, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = StudyPointSet.as_manager()

    class Meta:
        verbose_name = "学习重点"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["sender", "year"], name="study_point_of_sender")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="study_point_has_title"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="study_point_ends_after_start"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="study_point_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title
