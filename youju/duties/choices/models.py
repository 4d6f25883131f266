"""What is kept of rules: which a unit turned on or off, which it made itself, and what was waived."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.duties.choices.values import rule_of
from youju.duties.rulebook import UnitRule
from youju.duties.values import Days, Version
from youju.people.models import Unit


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
    period_start = models.DateField("所属期起")
    period_end = models.DateField("所属期止", null=True)  # none of a state or a term, whose last day may still move
    reason = models.CharField("原因", max_length=200)
    basis = models.CharField("依据", max_length=120)
    made_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "豁免"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "rule_id", "period_start", "period_end"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_waiver_a_period",
            ),
            models.UniqueConstraint(  # two without an end are not alike to a database
                fields=["unit", "rule_id", "period_start"],
                condition=Q(withdrawn_at__isnull=True, period_end__isnull=True),
                name="one_waiver_without_end",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(basis=""), name="waiver_has_reason_and_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule_id} {self.period_start}"


class LocalRule(models.Model):
    """本地规定 as it stood from ``since`` up to, not including, ``ended_on``. Rows of one ``rule_id`` are its versions.

    A withdrawn row was a slip, put right on its own day; it counts no more and stays.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="local_rules", verbose_name="组织")
    rule_id = models.CharField("规则", max_length=60)
    body = models.JSONField("内容")
    basis = models.CharField("依据", max_length=120)
    since = models.DateField("自")
    ended_on = models.DateField("至", null=True)
    ending_basis = models.CharField("停用依据", max_length=120, blank=True)
    made_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "本地规定"
        ordering = ["rule_id", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_id", "since"], condition=Q(withdrawn_at__isnull=True), name="local_rule_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="local_rule_has_basis"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("since")), name="local_rule_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule_id}"

    @property
    def rule(self) -> UnitRule:
        return rule_of(self.rule_id, self.body, self.basis)

    @property
    def version(self) -> Version:
        return Version(self.rule, Days(self.since, self.ended_on), self.unit_id)
