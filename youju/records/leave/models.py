"""Leave asked for. A row is never rewritten: another category is another request, the one before it withdrawn."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member
from youju.records.activities.models import Session
from youju.records.activities.values import LeaveCategory


class LeaveSet(models.QuerySet["LeaveRequest"]):
    def standing(self) -> LeaveSet:
        """Asked for and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class LeaveRequest(models.Model):
    """请假 of one member from one planned session. There is no column for a reason, so nobody can be asked for one."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="leave_requests", verbose_name="场次")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="leave_requests", verbose_name="党员")
    category = models.CharField("请假类别", max_length=10, choices=[(c.value, c.zh) for c in LeaveCategory])
    asked_at = models.DateTimeField("请假时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    entered_by = models.BigIntegerField("录入账号", null=True)

    objects = LeaveSet.as_manager()

    class Meta:
        verbose_name = "请假"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "member"], condition=Q(withdrawn_at__isnull=True), name="leave_asked_once"
            ),
            models.CheckConstraint(condition=~Q(category=""), name="leave_has_category"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("asked_at")),
                name="leave_withdrawn_after_asking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.get_category_display()}"
