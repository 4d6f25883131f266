"""Addresses given out for calendars, each under the digest of its token: who reads the table cannot open one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.accounts.models import User
from youju.people.models import Unit


class Feed(models.Model):
    """订阅 of one person to one unit. A revoked one stays, and answers nothing."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("开通时间")
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "日历订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person_and_unit"
            )
        ]

    def __str__(self) -> str:
        return f"订阅 {self.pk}"
