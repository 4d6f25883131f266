"""A plan and its lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.duties.plans.values import Rhythm, Source, Status
from youju.people.models import Member, Unit
from youju.records.activities.values import HAPPENED
from youju.records.models import Problem, Session


class PlanSet(models.QuerySet["Plan"]):
    def in_force(self) -> PlanSet:
        """Adopted, and the record of the meeting that adopted it still stands."""
        return self.filter(status=Status.ADOPTED, adopted_by__status__in=HAPPENED)


class Plan(models.Model):
    """年度计划 of one unit and year. ``revision`` is the number of its newest version in the journal."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="组织")
    year = models.PositiveIntegerField("年度")
    status = models.CharField(
        "状态", max_length=12, choices=[(s.value, s.zh) for s in Status], default=Status.DRAFT.value
    )
    adopted_by = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, related_name="adopted_plans", verbose_name="通过的会议"
    )
    adopted_on = models.DateField("通过日期", null=True)
    begun_at = models.DateTimeField("起草时间")
    revision = models.PositiveIntegerField("修订", default=0)

    objects = PlanSet.as_manager()

    class Meta:
        verbose_name = "年度计划"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_plan_a_year"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, adopted_by__isnull=True, adopted_on__isnull=True)
                | Q(status=Status.ADOPTED, adopted_by__isnull=False, adopted_on__isnull=False),
                name="plan_is_adopted_by_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class PlanLineSet(models.QuerySet["PlanLine"]):
    def present(self) -> PlanLineSet:
        """Those that still stand in their plan, in its order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class PlanLine(models.Model):
    """One thing the plan sets. A removed line keeps its row: what answered it, and who took it up below, point to it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("次序")
    heading = models.CharField("类别", max_length=40, blank=True)
    title = models.CharField("事项", max_length=120)
    source = models.CharField("来源", max_length=12, choices=[(s.value, s.zh) for s in Source])
    source_note = models.CharField("来源说明", max_length=160, blank=True)
    rule_id = models.CharField("规则", max_length=60, blank=True)
    problem = models.ForeignKey(
        Problem, on_delete=models.PROTECT, null=True, related_name="plan_lines", verbose_name="接续的问题"
    )
    above = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_up", verbose_name="上级要点"
    )
    figure = models.CharField("指标", max_length=40, blank=True)
    target = models.PositiveSmallIntegerField("次数", null=True)
    rhythm = models.CharField("频次", max_length=12, choices=[(r.value, r.zh) for r in Rhythm])
    months = models.CharField("月份", max_length=40, blank=True)  # 3,6,9
    by_day = models.DateField("期限", null=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    note = models.CharField("备注", max_length=300, blank=True)
    for_below = models.BooleanField("下发", default=False)
    removed_at = models.DateTimeField("移出时间", null=True)

    objects = PlanLineSet.as_manager()

    class Meta:
        verbose_name = "计划事项"
        indexes = [models.Index(fields=["plan", "position"], name="line_of_plan")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="plan_line_has_title"),
            models.CheckConstraint(
                condition=Q(figure="", target__isnull=True) | (~Q(figure="") & Q(target__gte=1)),
                name="plan_figure_has_target",
            ),
            models.CheckConstraint(condition=~Q(rhythm=Rhythm.MONTHS) | ~Q(months=""), name="plan_months_are_named"),
            models.CheckConstraint(condition=~Q(rhythm=Rhythm.DAY) | Q(by_day__isnull=False), name="plan_day_is_named"),
        ]

    def __str__(self) -> str:
        return self.title
