"""What a unit chose about sign-in, and which sessions have a list."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.signin.values import LATE_AFTER, MOST_LATE_AFTER


class SignInChoice(models.Model):
    """Phones may sign in here. Without a row they may not: paper comes first."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="signin_choice", verbose_name="组织")
    on = models.BooleanField("手机签到")
    late_after = models.PositiveSmallIntegerField("开始几分钟后算迟到", default=LATE_AFTER)

    class Meta:
        verbose_name = "签到设置"
        constraints = [
            models.CheckConstraint(condition=Q(late_after__lte=MOST_LATE_AFTER), name="late_after_within_bounds")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {'开' if self.on else '关'}"


class SignInSheet(models.Model):
    """签到簿 of one session, from opening to closing. What was signed are the slips in the journal."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="signin", verbose_name="场次")
    late_after = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField("开始签到")
    closed_at = models.DateTimeField("结束签到", null=True)

    class Meta:
        verbose_name = "签到簿"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="sheet_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return str(self.session_id)
