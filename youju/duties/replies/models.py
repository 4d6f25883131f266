"""Which record answers which due."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.duties.replies.values import LONGEST_KEY
from youju.people.models import Unit
from youju.records.models import Session


class DueRecord(models.Model):
    """回应: a record of ``unit``'s ledger answers the due ``key`` (notice/12). Several may; a removed one counts no more."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="组织")
    key = models.CharField("应做", max_length=LONGEST_KEY)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="answers", verbose_name="记录")
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "应做的回应"
        constraints = [
            models.UniqueConstraint(fields=["unit", "key", "session"], name="due_record_once"),
            models.CheckConstraint(condition=~Q(key=""), name="due_record_names_its_due"),
        ]
        indexes = [models.Index(fields=["key", "unit"], name="due_record_of_due")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.key} {self.session_id}"
