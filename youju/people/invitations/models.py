"""Invitations, each under the digest of its code: who reads the table cannot open one."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from youju.people.invitations.rules import state_of
from youju.people.invitations.values import State
from youju.people.members.models import Member
from youju.people.units.models import Unit


class Invitation(models.Model):
    """邀请 of one member to his own pages, given out by a unit."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("有效至")
    used_at = models.DateTimeField("打开时间", null=True)
    revoked_at = models.DateTimeField("收回时间", null=True)

    class Meta:
        verbose_name = "邀请"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_after_making"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_used_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"邀请 {self.pk}"

    def state(self, at: datetime) -> State:
        return state_of(expires_at=self.expires_at, used_at=self.used_at, revoked_at=self.revoked_at, at=at)
