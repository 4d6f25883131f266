"""Whom a session reached."""

from __future__ import annotations

from django.db import models

from youju.records.activities.models import Session
from youju.records.registers.models import Subject


class Coverage(models.Model):
    """A session went to somebody on a register."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="coverage")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="coverage")

    class Meta:
        verbose_name = "走到的对象"
        constraints = [models.UniqueConstraint(fields=["session", "subject"], name="covered_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.subject_id}"
