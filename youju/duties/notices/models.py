"""Notices and whom they were sent to. One row a notice, never one a branch: it is read downward from its sender."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.duties.notices.values import LONGEST_BASIS, LONGEST_REASON, LONGEST_TITLE
from youju.people.models import Unit
from youju.people.units.values import ancestors


class NoticeSet(models.QuerySet["Notice"]):
    def standing(self) -> NoticeSet:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def wide_over(self, path: str) -> NoticeSet:
        """To all branches below a unit that stands over this path."""
        return self.filter(wide=True, sender__path__in=ancestors(path)[:-1])


class Notice(models.Model):
    """通知: ``wide`` to every branch below the sender, else to the units of ``reach``. Its day may be corrected, with a revision."""

    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices", verbose_name="发出组织")
    title = models.CharField("标题", max_length=LONGEST_TITLE)
    text = models.TextField("内容", blank=True)
    basis = models.CharField("文号或依据", max_length=LONGEST_BASIS, blank=True)
    kinds = models.CharField("要求的类型", max_length=200, blank=True)  # ids of kinds with commas
    due_on = models.DateField("期限")
    wide = models.BooleanField("发给全部下属党支部")
    sent_on = models.DateField("发出日期")
    sent_at = models.DateTimeField("发出时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=LONGEST_REASON, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)
    form_key = models.CharField("表单号", max_length=32, null=True, unique=True)  # one form sent twice sends once

    objects = NoticeSet.as_manager()

    class Meta:
        verbose_name = "通知"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="notice_has_title"),
            models.CheckConstraint(condition=Q(due_on__gte=F("sent_on")), name="notice_due_not_before_sent"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="notice_withdrawn_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["sender", "due_on"], name="notice_of_sender")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """As the due that it makes is called."""
        return f"notice/{self.pk}"

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(filter(None, self.kinds.split(",")))


class NoticeReach(models.Model):
    """One chosen unit of a notice that is not for all."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reach")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "通知对象"
        constraints = [models.UniqueConstraint(fields=["notice", "unit"], name="notice_reaches_once")]
        indexes = [models.Index(fields=["unit", "notice"], name="notices_of_unit")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.unit_id}"
