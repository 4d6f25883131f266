"""One reading a row; withdrawn, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.records.sources.models import Source


class ReadingSet(models.QuerySet["Reading"]):
    def standing(self) -> ReadingSet:
        return self.filter(withdrawn_at__isnull=True)


class Reading(models.Model):
    """自学登记. ``source`` is the text of the register that is called so, if there is one."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="党员")
    read_on = models.DateField("日期")
    title = models.CharField("学习内容", max_length=120)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="学习材料")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.PositiveBigIntegerField(null=True)  # an id of an account; plain, as in the journal
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    objects = ReadingSet.as_manager()

    class Meta:
        verbose_name = "自学登记"
        ordering = ["-read_on", "-pk"]
        indexes = [models.Index(fields=["ledger", "read_on"], name="reading_of_ledger")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "read_on", "title"], condition=Q(withdrawn_at__isnull=True), name="reading_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="reading_has_title"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("entered_at")),
                name="reading_withdrawn_after_entered",
            ),
        ]

    def __str__(self) -> str:
        return self.title
