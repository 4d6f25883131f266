"""Tasks of resolutions. Agenda and resolutions are written anew by a correction; a task stays and says where it stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Member
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED


class TaskSet(models.QuerySet["Task"]):
    def owed(self) -> TaskSet:
        """Not dropped, and of a session that stands: nothing is owed of a removed one."""
        return self.filter(dropped_on__isnull=True, session__status__in=HAPPENED)


class Task(models.Model):
    """落实事项."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="tasks")
    item = models.PositiveSmallIntegerField("议题序号", null=True)
    resolution = models.PositiveSmallIntegerField("决议序号", null=True)
    text = models.CharField("落实事项", max_length=300)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    due_on = models.DateField("期限", null=True)
    done_on = models.DateField("落实日期", null=True)
    word = models.TextField("落实情况", blank=True)
    record = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="佐证记录")
    dropped_on = models.DateField("撤销日期", null=True)
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    objects = TaskSet.as_manager()

    class Meta:
        verbose_name = "落实事项"
        indexes = [models.Index(fields=["due_on"], name="task_due")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="task_has_words"),
            models.CheckConstraint(
                condition=(Q(done_on__isnull=True) & Q(word="")) | (Q(done_on__isnull=False) & ~Q(word="")),
                name="task_done_with_a_word",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True, resolution__isnull=True)
                | Q(item__isnull=False, resolution__isnull=False),
                name="task_place_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text
