"""The question bank of a ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Unit
from youju.records.sources.models import Source
from youju.study.questions.values import QuestionKind


class QuestionSet(models.QuerySet["Question"]):
    def in_use(self) -> QuestionSet:
        """Not retired: what a new test may take up, and what is still refreshed."""
        return self.filter(retired_at__isnull=True)


class Question(models.Model):
    """题目. ``choices`` are texts in their order, ``correct`` the places of the right ones.

    Kind and number of choices stay as they were first written, so that an answer given once always means the same choice.
    """

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="学习材料")
    topic = models.CharField("专题", max_length=40, blank=True)
    kind = models.CharField("题型", max_length=10, choices=[(kind.value, kind.zh) for kind in QuestionKind])
    stem = models.CharField("题干", max_length=400)
    choices = models.JSONField("选项")
    correct = models.JSONField("答案")
    explanation = models.CharField("解析", max_length=1000, blank=True)
    entered_at = models.DateTimeField("录入时间")
    retired_at = models.DateTimeField("停用时间", null=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = QuestionSet.as_manager()

    class Meta:
        verbose_name = "题目"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "stem"], condition=Q(retired_at__isnull=True), name="question_stem_once"
            ),
            models.CheckConstraint(condition=~Q(stem=""), name="question_has_stem"),
        ]

    def __str__(self) -> str:
        return self.stem
