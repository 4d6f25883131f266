"""Drafts, their passages with the alternatives of two who wrote at once, and the citations with their records."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.kit.periods import Period
from youju.people.models import Unit
from youju.records.models import Submission
from youju.reports.drafts.values import Status

SHARES = ("成绩", "问题", "打算")


class Draft(models.Model):
    """述职报告稿. ``version`` counts every change of anything in it and is the number of its newest revision."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drafts", verbose_name="组织")
    year = models.PositiveIntegerField("年度")
    outline = models.CharField("提纲", max_length=40)
    title = models.CharField("标题", max_length=120)
    byline = models.CharField("署名", max_length=120)
    signed_by = models.CharField("落款", max_length=80)
    status = models.CharField(
        "状态", max_length=10, choices=[(s.value, s.zh) for s in Status], default=Status.DRAFT.value
    )
    as_of = models.DateField("台账截至")
    version = models.PositiveIntegerField("版本", default=0)
    started_at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("改动时间")
    finalised_at = models.DateTimeField("定稿时间", null=True)
    seal = models.CharField("封存", max_length=8, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="drafts")

    class Meta:
        verbose_name = "述职报告稿"
        constraints = [
            # One is written on at a time: who presses 起草 twice, or two who press it at once, get the same one.
            models.UniqueConstraint(
                fields=["unit", "year", "outline"],
                condition=~Q(status=Status.HANDED_IN.value),
                name="one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.HANDED_IN.value, submission__isnull=False)
                | (~Q(status=Status.HANDED_IN.value) & Q(submission__isnull=True)),
                name="handed_in_with_its_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {self.title}"


class Passage(models.Model):
    """段落. ``version`` counts its texts and is what an editor says he saw; ``revision`` is its number in the journal.

    A passage that was deleted stays, ``removed``, so that who was writing in it loses nothing.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField("级别")
    share = models.CharField("部分", max_length=10, blank=True)
    text = models.TextField("文字", blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    revision = models.PositiveIntegerField("修订", default=0)
    removed = models.BooleanField("已删", default=False)

    class Meta:
        verbose_name = "段落"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=2), name="passage_level_to_two"),
            models.CheckConstraint(condition=Q(removed=True) | ~Q(text=""), name="passage_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Alternative(models.Model):
    """另一种写法: the text of who saved second, beside the first, until one is chosen."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="alternatives")
    text = models.TextField("文字")
    by_id = models.BigIntegerField("账号", null=True)
    written_at = models.DateTimeField("写的时间")

    class Meta:
        verbose_name = "另一种写法"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Citation(models.Model):
    """出处: a figure's place in a passage, with what was answered when it was asked. ``value`` None: nothing was known.

    ``digest`` is of all rows; up to 500 of them are kept as ``CitedRow``, and the printed ``numbers`` with them.
    """

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField()
    figure = models.CharField("指标", max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="范围")
    period_start = models.DateField("时段起")
    period_end = models.DateField("时段止")
    as_of = models.DateField("截至")
    shown = models.CharField("文中写作", max_length=120)
    value = models.FloatField("得数", null=True)
    rows = models.PositiveIntegerField("条数")
    digest = models.CharField(max_length=16)
    numbers = models.JSONField("记录编号", default=list)

    class Meta:
        verbose_name = "出处"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["passage", "position"], name="citation_position_once")]

    def __str__(self) -> str:
        return f"{self.figure} {self.shown}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def question(self) -> str:
        """The whole question in words, which answers for rows that are too many to be named."""
        return f"{self.figure}（{self.unit.name}，{self.period.label}，截至{self.as_of:%Y-%m-%d}）"

    @property
    def tag(self) -> str:
        """Its id in a docx; Word keeps 64 characters of it."""
        return f"yj-c{self.pk}-{self.digest}"


class CitedRow(models.Model):
    """One row behind a citation, or (``citation`` empty) behind words told from a record, with the record's revision.

    Plain ids: a record may be removed although a draft cites it; the draft then says so.
    """

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="cited")
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, null=True, related_name="cited")
    noun = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    session_id = models.BigIntegerField("场次", null=True, db_index=True)
    revision = models.PositiveIntegerField("修订", default=0)

    class Meta:
        verbose_name = "被引记录"

    def __str__(self) -> str:
        return f"{self.noun} {self.row_id}"
