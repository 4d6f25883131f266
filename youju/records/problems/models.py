"""Problems and the measures against them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from youju.accounts.models import User
from youju.people.models import Member, Unit
from youju.people.units.values import after_subtree
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.problems.values import Source
from youju.store.models import StoredFile


class ProblemSet(models.QuerySet["Problem"]):
    def kept_by(self, unit: Unit) -> ProblemSet:
        return self.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))

    def open_on(self, day: date) -> ProblemSet:
        return self.filter(found_on__lte=day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Problem(models.Model):
    """问题. ``for_year`` is the year whose work it speaks of; ``found_on`` the day it was named."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="problems")
    number = models.CharField("编号", max_length=40)
    title = models.CharField("问题", max_length=200)
    source = models.CharField("来源", max_length=20, choices=[(s.value, s.zh) for s in Source])
    source_note = models.CharField("来源说明", max_length=120, blank=True)
    cause = models.TextField("原因", blank=True)
    found_on = models.DateField("发现日期")
    for_year = models.PositiveIntegerField("所属年度")
    entered_at = models.DateTimeField("录入时间")
    closed_on = models.DateField("销号日期", null=True)
    # 销号 takes two: who says that all is done, and another who has looked.
    asked_on = models.DateField("申请销号日期", null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="申请人")
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    returned = models.CharField("退回原因", max_length=200, blank=True)  # of the last asking, until it is asked again
    revision = models.PositiveIntegerField("修订", default=1)

    objects = ProblemSet.as_manager()

    class Meta:
        verbose_name = "问题"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="problem_number_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("found_on")), name="problem_closes_after_found"
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(closed_by=F("asked_by")),
                name="problem_closed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Measure(models.Model):
    """整改措施 with owner, date and proof: words, and a file or a record of the ledger that shows it."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("措施", max_length=300)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    due_on = models.DateField("时限", null=True)
    done_on = models.DateField("完成日期", null=True)
    proof = models.TextField("落实情况", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="佐证")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="关联记录")

    class Meta:
        verbose_name = "整改措施"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["problem", "position"], name="measure_position_once")]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_file(self) -> StoredFile | None:
        """The file that proves it, unless its content was erased."""
        return self.file if self.file is not None and self.file.erased_at is None else None

    @property
    def shown_record(self) -> Session | None:
        """The record that proves it, as long as it stands in the ledger."""
        return self.session if self.session is not None and self.session.status in HAPPENED else None
