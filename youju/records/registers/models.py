"""What stands on a register."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.records.registers.kinds import REGISTERS


class SubjectSet(models.QuerySet["Subject"]):
    def standing(self, first: date, last: date | None = None) -> SubjectSet:
        """On the register on some day from ``first`` to ``last``."""
        return self.filter(since__lte=last or first).filter(Q(until__isnull=True) | Q(until__gt=first))


class Subject(models.Model):
    """对象: a village, a household, a body the unit serves. ``until`` is the first day it is no longer on the register.

    Of a household there is a code and at most a family name: nothing by which a stranger could call or find a person.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="subjects", verbose_name="台账")
    kind = models.CharField("名册", max_length=20, choices=[(kind.id, kind.zh) for kind in REGISTERS.values()])
    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=40, blank=True)
    place = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="inside", verbose_name="所在")
    since = models.DateField("列入日期")
    until = models.DateField("移出日期", null=True)
    partner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="结对党员")
    paired_words = models.CharField("结对单位", max_length=60, blank=True)
    paired_since = models.DateField("结对日期", null=True)
    paired_until = models.DateField("结对至", null=True)
    note = models.CharField("备注", max_length=200, blank=True)
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    objects = SubjectSet.as_manager()

    class Meta:
        verbose_name = "名册对象"
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "code"], name="subject_code_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="subject_leaves_after_it_came"
            ),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """河湾村 1-03 李户: what it is called among its like."""
        where = f"{self.place.name or self.place.code} " if self.place else ""
        return f"{where}{self.own}"

    @property
    def own(self) -> str:
        if not self.name:
            return self.code
        return f"{self.code} {self.name}" if self.kind == "household" else self.name
