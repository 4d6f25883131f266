"""One unit of study a row. Dropped with a reason, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.prose.vocabulary import KINDS
from youju.records.facets.values import LISTS, Facet
from youju.records.sources.models import Source
from youju.study.curriculum.models import Topic
from youju.study.points.models import StudyPoint


class StudyUnitSet(models.QuerySet["StudyUnit"]):
    def standing(self) -> StudyUnitSet:
        return self.filter(dropped_at__isnull=True)


class StudyUnit(models.Model):
    """学习单元: from when to when what is studied, as what kind of session, and who leads (领学人)."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("学什么", max_length=60)
    starts_on = models.DateField("从")
    ends_on = models.DateField("到")
    kind = models.CharField("类型", max_length=40)
    form = models.CharField("活动形式", max_length=20, blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="units", verbose_name="专题")
    sources = models.ManyToManyField(Source, related_name="units", verbose_name="学习材料")
    leader = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="领学人")
    above = models.ForeignKey(
        StudyPoint, on_delete=models.PROTECT, null=True, related_name="units", verbose_name="上级要求的"
    )
    entered_at = models.DateTimeField("录入时间")
    dropped_at = models.DateTimeField("取消时间", null=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = StudyUnitSet.as_manager()

    class Meta:
        verbose_name = "学习单元"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["ledger", "year"], name="study_unit_of_ledger")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="study_unit_has_title"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="study_unit_ends_after_start"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(reason=""), name="study_unit_dropped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_zh(self) -> str:
        return KINDS[self.kind].zh

    @property
    def how(self) -> str:
        return said_how(self.kind, self.form)

    @property
    def form_zh(self) -> str:
        return LISTS.zh(Facet.FORM, self.form) if self.form else ""


def said_how(kind: str, form: str) -> str:
    """集中学习·观看影像; a form that says no more than the kind is not said again."""
    words = (KINDS[kind].zh, LISTS.zh(Facet.FORM, form) if form else "")
    return "·".join(dict.fromkeys(filter(None, words)))
