"""The little that is kept of duties: which rules a unit turned on or off, and what was waived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.duties.notices.models import Notice, NoticeReach
from youju.duties.plans.models import Plan, PlanLine
from youju.duties.replies.models import DueRecord
from youju.duties.workdays.models import DayOverride
from youju.people.models import Unit

__all__ = ["DayOverride", "DueRecord", "Notice", "NoticeReach", "Plan", "PlanLine", "RuleChoice", "Waiver"]


class RuleChoice(models.Model):
    """A unit's word on a rule, in force from ``since``; earlier words stay, so the past keeps the rules of its day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rule_choices", verbose_name="组织")
    rule_id = models.CharField("规则", max_length=60)
    on = models.BooleanField("启用")
    basis = models.CharField("依据", max_length=120)
    since = models.DateField("自")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "规则选择"
        constraints = [
            models.UniqueConstraint(fields=["unit", "rule_id", "since"], name="rule_choice_once_a_day"),
            models.CheckConstraint(condition=~Q(basis=""), name="rule_choice_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule_id} {'启用' if self.on else '停用'}"


class Waiver(models.Model):
    """豁免 of one due. A withdrawn one stays, and counts no more."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="waivers", verbose_name="组织")
    rule_id = models.CharField("规则", max_length=60)
    period_start = models.DateField("所属期")
    reason = models.CharField("原因", max_length=200)
    basis = models.CharField("依据", max_length=120)
    made_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "豁免"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "rule_id", "period_start"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_waiver_a_due",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(basis=""), name="waiver_has_reason_and_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule_id} {self.period_start}"
