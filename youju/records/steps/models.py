"""The columns that every step has; who answers for it is a key of each table that has steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from youju.store.models import StoredFile


class Step(models.Model):
    """One step. It is taken out by ``dropped_on`` and never deleted: its place and its files stay named."""

    position = models.PositiveSmallIntegerField()
    text = models.CharField("内容", max_length=200)
    due_on = models.DateField("时限", null=True)
    done_on = models.DateField("完成日期", null=True)
    proof = models.TextField("落实情况", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="佐证")
    dropped_on = models.DateField("撤销日期", null=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.due_on, self.done_on


def has_proof_when_done() -> Q:
    return (Q(done_on__isnull=True) & Q(proof="")) | (Q(done_on__isnull=False) & ~Q(proof=""))


def body_of(step: Any) -> list[object]:
    """What a revision keeps of a step beside its texts."""
    sha = step.file.sha256 if step.file else None
    return [step.owner_id, step.due_on, step.done_on, sha, step.dropped_on]
