"""Invitations: one row for a unit and a record, and how it was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.joining.values import State


class InvitationSet(models.QuerySet["Invitation"]):
    def waiting(self) -> InvitationSet:
        """Asked and not answered. A record that was removed asks nobody any more."""
        return self.filter(state=State.ASKED, session__status__in=HAPPENED)

    def standing(self) -> InvitationSet:
        """What the asked unit may still look at: of a record that counts, unless the host took it back."""
        return self.filter(session__status__in=HAPPENED).exclude(state=State.RECALLED)


class Invitation(models.Model):
    """邀请参加. Whether the unit's people count is said by the record (``Session.joining``), never by this row."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="invitations", verbose_name="场次")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="参加组织")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.zh) for s in State], default=State.ASKED.value)
    asked_at = models.DateTimeField("邀请时间")
    answered_at = models.DateTimeField("答复时间", null=True)
    word = models.CharField("答复", max_length=100, blank=True)

    objects = InvitationSet.as_manager()

    class Meta:
        verbose_name = "邀请参加"
        indexes = [models.Index(fields=["unit", "state"], name="invitations_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["session", "unit"], name="unit_asked_once"),
            models.CheckConstraint(
                condition=Q(state=State.ASKED.value, answered_at__isnull=True)
                | (~Q(state=State.ASKED.value) & Q(answered_at__isnull=False)),
                name="invitation_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.unit_id} {self.get_state_display()}"
