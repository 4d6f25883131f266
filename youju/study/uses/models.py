"""One use a row: a material, where it was put to use, and what came of it. Withdrawn, never deleted."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.problems.models import Problem
from youju.records.projects.models import Project
from youju.records.sources.models import Source, SourcePart
from youju.store.models import StoredFile
from youju.study.uses.values import Place


def of_one_place() -> Q:
    """Exactly one of the three; a record has its own day, the others are given one."""
    none = Q(project__isnull=True, problem__isnull=True, session__isnull=True)
    project = Q(project__isnull=False, problem__isnull=True, session__isnull=True, used_on__isnull=False)
    problem = Q(project__isnull=True, problem__isnull=False, session__isnull=True, used_on__isnull=False)
    record = Q(project__isnull=True, problem__isnull=True, session__isnull=False, used_on__isnull=True)
    return ~none & (project | problem | record)


class UseSet(models.QuerySet["Use"]):
    def standing(self) -> UseSet:
        """Not withdrawn, and resting on nothing that was taken out of the ledger."""
        kept = Q(session__isnull=True) | Q(session__status__in=HAPPENED)
        return self.filter(kept, withdrawn_at__isnull=True)


class Use(models.Model):
    """学以致用."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    number = models.CharField("编号", max_length=40)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses", verbose_name="学习材料")
    part = models.ForeignKey(SourcePart, on_delete=models.PROTECT, null=True, related_name="uses", verbose_name="篇目")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="uses", verbose_name="项目")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, null=True, related_name="uses", verbose_name="问题")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="uses", verbose_name="记录")
    used_on = models.DateField("日期", null=True)
    outcome = models.CharField("成效", max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="佐证")
    entered_at = models.DateTimeField("录入时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    reason = models.CharField("撤回原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = UseSet.as_manager()

    class Meta:
        verbose_name = "学以致用"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="use_number_once"),
            models.CheckConstraint(condition=of_one_place(), name="use_in_one_place"),
            models.CheckConstraint(condition=~Q(outcome=""), name="use_has_outcome"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_at__gte=F("entered_at")) & ~Q(reason="")),
                name="use_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> Place:
        return Place.PROJECT if self.project_id else Place.PROBLEM if self.problem_id else Place.RECORD

    @property
    def day(self) -> date:
        """The day of the record; else the one that was given."""
        day = self.session.held_on if self.session is not None else self.used_on
        assert day is not None  # the table holds it
        return day

    @property
    def work(self) -> Project | Problem | Session:
        """What it was put to use in."""
        work = self.project or self.problem or self.session
        assert work is not None  # the table holds it
        return work

    @property
    def shown_file(self) -> StoredFile | None:
        """The file that shows it, unless its content was erased."""
        return self.file if self.file is not None and self.file.erased_at is None else None

    @property
    def studied(self) -> str:
        """《title》part."""
        return f"《{self.source.title}》{self.part.title if self.part else ''}"
