"""The register of texts and rules, their parts, and where they were studied."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.library.models import Document
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.sources.values import SOURCE_KINDS


class Source(models.Model):
    """学习材料 of one ledger: a speech, a book, a rule of the unit above."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    number = models.CharField("编号", max_length=40)
    title = models.CharField("材料名称", max_length=120)
    kind = models.CharField("种类", max_length=20, choices=[(kind.id, kind.zh) for kind in SOURCE_KINDS.values()])
    issued_on = models.DateField("发布日期", null=True)
    origin = models.CharField("来源", max_length=60, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="素材库里的原文"
    )
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "学习材料"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="source_number_once"),
            models.UniqueConstraint(fields=["ledger", "title"], name="source_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="source_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class SourcePart(models.Model):
    """学习篇目: one part of a text that is to be read."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    title = models.CharField("学习篇目", max_length=120)

    class Meta:
        verbose_name = "学习篇目"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["source", "title"], name="source_part_once")]

    def __str__(self) -> str:
        return self.title


class Studied(models.Model):
    """That a session studied a text, or a part of it. The words stay as they were written when a text is named anew."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="studied")
    position = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="studied")
    part = models.ForeignKey(SourcePart, on_delete=models.PROTECT, null=True, related_name="studied")
    title = models.CharField("材料名称", max_length=120)
    part_title = models.CharField("学习篇目", max_length=120, blank=True)

    class Meta:
        verbose_name = "学了什么"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="studied_position_once")]

    def __str__(self) -> str:
        return self.title
