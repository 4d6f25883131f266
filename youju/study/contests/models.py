"""One contest a row, with the questions that were drawn. Dropped with a reason, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.sources.models import Source
from youju.study.contests.values import LONGEST_TITLE, Stage
from youju.study.questions.models import Question


class Contest(models.Model):
    """知识竞赛 of one ledger. ``session`` is the record that it was held: who came, and how the teams did, stand there.

    ``topic`` is the word of what it drew from, as it was called then; ``pool_size`` how many questions there were.
    """

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    title = models.CharField("名称", max_length=LONGEST_TITLE)
    day = models.DateField("竞赛日期")
    topic = models.CharField("专题", max_length=40, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="学习材料")
    seed = models.CharField("种子", max_length=8)
    size = models.PositiveSmallIntegerField("抽几道")
    pool_size = models.PositiveIntegerField("题库题数")
    pool_digest = models.CharField("题库摘要", max_length=64)
    drawn_on = models.DateField("抽题日期")
    questions: models.ManyToManyField[Question, ContestQuestion] = models.ManyToManyField(
        Question, through="ContestQuestion", related_name="contests"
    )
    entered_at = models.DateTimeField("录入时间")
    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, null=True, related_name="contest", verbose_name="竞赛记录"
    )
    dropped_at = models.DateTimeField("作废时间", null=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "知识竞赛"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "day", "title"], condition=Q(dropped_at__isnull=True), name="contest_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="contest_has_title"),
            models.CheckConstraint(condition=Q(size__gte=1), name="contest_has_questions"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(reason=""), name="contest_dropped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self) -> Session | None:
        """The record that it was held, as long as it stands in the ledger."""
        return self.session if self.session is not None and self.session.status in HAPPENED else None

    @property
    def stage(self) -> Stage:
        if self.dropped_at:
            return Stage.DROPPED
        return Stage.HELD if self.record else Stage.DRAWN

    @property
    def drawn_from(self) -> str:
        """What was drawn from, in words."""
        said = [f"专题“{self.topic}”" if self.topic else "", f"《{self.source.title}》" if self.source else ""]
        return "、".join(filter(None, said)) or "全部题目"


class ContestQuestion(models.Model):
    """A question in its place in a contest, with its number in the list that was drawn from."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="asked")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("第几题")
    number = models.PositiveIntegerField("号")

    class Meta:
        verbose_name = "竞赛里的题"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "question"], name="contest_question_once"),
            models.UniqueConstraint(fields=["contest", "position"], name="contest_position_once"),
            models.UniqueConstraint(fields=["contest", "number"], name="contest_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}/{self.position}"
