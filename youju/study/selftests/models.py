"""Self-tests, and what a member keeps of them for himself."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.study.questions.models import Question
from youju.study.selftests.rules import stage
from youju.study.selftests.values import Missed, Stage


class SelfTestSet(models.QuerySet["SelfTest"]):
    def shown(self) -> SelfTestSet:
        """What members may see: published and not taken off again."""
        return self.filter(published_at__isnull=False, dropped_at__isnull=True)


class SelfTest(models.Model):
    """自测 of one ledger. Once published, its questions and its first day stay."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="台账")
    title = models.CharField("名称", max_length=60)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    questions: models.ManyToManyField[Question, AskedIn] = models.ManyToManyField(Question, through="AskedIn")
    entered_at = models.DateTimeField("录入时间")
    published_at = models.DateTimeField("发布时间", null=True)
    dropped_at = models.DateTimeField("撤下时间", null=True)
    settled_on = models.DateField("数常错题的日期", null=True)
    revision = models.PositiveIntegerField("修订", default=1)

    objects = SelfTestSet.as_manager()

    class Meta:
        verbose_name = "自测"
        ordering = ["-opens_on", "-pk"]
        indexes = [models.Index(fields=["ledger", "opens_on"], name="selftest_of_ledger")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="selftest_has_title"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="selftest_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.title

    def stage_on(self, day: date) -> Stage:
        return stage(
            published=self.published_at is not None, dropped=self.dropped_at is not None, opens_on=self.opens_on,
            closes_on=self.closes_on, on=day,
        )  # fmt: skip


class AskedIn(models.Model):
    """A question in its place in a test. ``missed``: how many got it wrong, counted once, after the end; none where that is
    not to be told."""

    test = models.ForeignKey(SelfTest, on_delete=models.CASCADE, related_name="asked")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    missed = models.CharField("常错", max_length=10, null=True, choices=[(one.value, one.zh) for one in Missed])

    class Meta:
        verbose_name = "自测里的题"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["test", "question"], name="asked_once_in_a_test"),
            models.UniqueConstraint(fields=["test", "position"], name="asked_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.test_id}/{self.position}"


class Sitting(models.Model):
    """作答: that a member has begun a test, and the day on which he was through with it.

    Of one who is forgotten the tick stays without him, so that the number who took part stays.
    """

    test = models.ForeignKey(SelfTest, on_delete=models.PROTECT, related_name="sittings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="党员")
    finished_on = models.DateField("答完的日期", null=True)

    class Meta:
        verbose_name = "作答"
        constraints = [models.UniqueConstraint(fields=["test", "member"], name="sitting_once")]

    def __str__(self) -> str:
        return f"{self.test_id}"


class Picked(models.Model):
    """What he picked of one question; the first answer stays. Whether it is right is judged when asked."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="picked")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    picks = models.JSONField("选了")
    picked_on = models.DateField("日期")

    class Meta:
        verbose_name = "自测作答"
        constraints = [models.UniqueConstraint(fields=["sitting", "question"], name="picked_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.question_id}"


class Recall(models.Model):
    """温故: how well a question sits with a member, and when he may be asked again; ``picks`` is his last answer."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="党员")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    stability = models.FloatField()
    difficulty = models.FloatField()
    due_on = models.DateField("下次")
    last_on = models.DateField("上次")
    picks = models.JSONField("上次选了")

    class Meta:
        verbose_name = "温故"
        indexes = [models.Index(fields=["member", "due_on"], name="recall_of_member")]
        constraints = [models.UniqueConstraint(fields=["member", "question"], name="recall_once")]

    def __str__(self) -> str:
        return f"{self.question_id}"


class Reminder(models.Model):
    """提醒: that those who had not finished were reminded. Whom, is worked out for each reader by himself and kept nowhere."""

    test = models.ForeignKey(SelfTest, on_delete=models.CASCADE, related_name="reminders")
    on = models.DateField("日期")
    count = models.PositiveIntegerField("人数")

    class Meta:
        verbose_name = "自测提醒"
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["test", "on"], name="reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.test_id} {self.on}"
