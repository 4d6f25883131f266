"""Requests and how they were dealt with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.records.activities.models import Session
from youju.records.registers.models import Subject


class Request(models.Model):
    """诉求. Of who asked there is the entry on a register and nothing else; the words can be erased, the number stays."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="requests", verbose_name="台账")
    number = models.CharField("编号", max_length=40)
    text = models.CharField("诉求", max_length=300, blank=True)
    raised_on = models.DateField("提出日期")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, related_name="requests", verbose_name="走访"
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="requests", verbose_name="对象"
    )
    plan = models.CharField("办理措施", max_length=300, blank=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    due_on = models.DateField("时限", null=True)
    reply = models.TextField("答复", blank=True)
    replied_on = models.DateField("答复日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    entered_at = models.DateTimeField("录入时间")
    erased_at = models.DateTimeField("清除时间", null=True)
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "诉求"
        indexes = [models.Index(fields=["unit", "due_on"], name="request_due_in_unit")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("raised_on")),
                name="request_answered_after_it",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(replied_on__isnull=False), name="request_closes_with_a_reply"
            ),
            models.CheckConstraint(condition=~Q(text="") | Q(erased_at__isnull=False), name="request_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.said}"

    @property
    def said(self) -> str:
        return "（内容已清除）" if self.erased_at else self.text
