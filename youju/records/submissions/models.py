"""Submissions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Unit
from youju.people.units.values import after_subtree
from youju.store.models import StoredFile


class SubmissionSet(models.QuerySet["Submission"]):
    def of(self, unit: Unit) -> SubmissionSet:
        """By the unit and all under it."""
        return self.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))


class Submission(models.Model):
    """报送. ``to`` is the unit above on that day; ``digest`` is of the file as it was handed over."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions", verbose_name="报送组织")
    to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="报送给")
    number = models.CharField("编号", max_length=40)
    year = models.PositiveIntegerField("年度")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="文件")
    digest = models.CharField("文件摘要", max_length=64)
    seal = models.CharField("封存", max_length=8, blank=True)
    submitted_on = models.DateField("报送日期")
    submitted_at = models.DateTimeField("报送时间")
    revision = models.PositiveIntegerField("修订", default=1)

    objects = SubmissionSet.as_manager()

    class Meta:
        verbose_name = "报送"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="submission_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="submission_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
