"""Campaigns with their tasks and the sessions that belong to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.people.units.values import after_subtree
from youju.records.activities.models import Session
from youju.records.campaigns.kinds import CAMPAIGN_KINDS, CampaignKind
from youju.records.steps.models import Step, has_proof_when_done


class CampaignSet(models.QuerySet["Campaign"]):
    def kept_by(self, unit: Unit) -> CampaignSet:
        return self.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))


class Campaign(models.Model):
    """专项活动, or a plan of tasks."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    number = models.CharField("编号", max_length=40)
    kind = models.CharField("种类", max_length=20)
    title = models.CharField("名称", max_length=120)
    requirement = models.TextField("要求", blank=True)
    since = models.DateField("开始日期")
    until = models.DateField("结束日期")
    summary = models.TextField("小结", blank=True)
    closed_on = models.DateField("小结日期", null=True)
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    objects = CampaignSet.as_manager()

    class Meta:
        verbose_name = "专项活动"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="campaign_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="campaign_has_title"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="campaign_ends_after_start"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(summary=""), name="campaign_closed_with_summary"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def known(self) -> CampaignKind | None:
        return CAMPAIGN_KINDS.get(self.kind)

    @property
    def kind_zh(self) -> str:
        return self.known.zh if self.known else self.kind


class CampaignTask(Step):
    """任务 with owner, day and proof; in a joint plan with the work of the office beside it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="tasks")
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    business = models.CharField("对应业务工作", max_length=200, blank=True)
    deployed = models.CharField("部署", max_length=200, blank=True)
    assessed = models.CharField("考核", max_length=200, blank=True)

    class Meta(Step.Meta):
        verbose_name = "专项任务"
        indexes = [models.Index(fields=["due_on"], name="campaign_task_due")]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="campaign_task_position_once"),
            models.CheckConstraint(condition=has_proof_when_done(), name="campaign_task_done_with_proof"),
        ]


class CampaignSession(models.Model):
    """A session, planned or held, that belongs to a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="tagged")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="campaign_tags")

    class Meta:
        verbose_name = "专项场次"
        constraints = [models.UniqueConstraint(fields=["campaign", "session"], name="campaign_session_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.session_id}"
