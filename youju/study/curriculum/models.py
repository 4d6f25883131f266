"""The topics of a ledger, and where its materials stand among them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Unit
from youju.records.models import Source
from youju.study.curriculum.rules import read_words
from youju.study.curriculum.values import Node


class TopicSet(models.QuerySet["Topic"]):
    def in_use(self) -> TopicSet:
        return self.filter(archived_at__isnull=True)


class Topic(models.Model):
    """专题. ``words`` are what records call it beside its title, joined by 、."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="topics", verbose_name="台账")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", verbose_name="上级专题"
    )
    title = models.CharField("专题名称", max_length=40)
    words = models.CharField("别的叫法", max_length=900, blank=True)
    position = models.PositiveIntegerField("次序", default=0)
    entered_at = models.DateTimeField("录入时间")
    archived_at = models.DateTimeField("停用时间", null=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = TopicSet.as_manager()

    class Meta:
        verbose_name = "专题"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "title"], condition=Q(archived_at__isnull=True), name="topic_title_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_title"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="topic_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def node(self) -> Node:
        return Node(self.pk, self.parent_id, self.title, read_words(self.words), self.position)


class Placement(models.Model):
    """That a material stands at a topic. It may stand at several."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="placements", verbose_name="专题")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="placements", verbose_name="学习材料")

    class Meta:
        verbose_name = "材料的位置"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "source"], name="placement_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.source_id}"
