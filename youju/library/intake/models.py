"""Runs of the intake and what became of each file."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from youju.library.documents.models import Document
from youju.library.documents.values import ORIGINS_ZH, Origin
from youju.library.intake.values import STATES_ZH, WAYS_ZH, Counts, State, Way
from youju.people.models import Unit

PATH_CHARACTERS = 1000
SENTENCE_CHARACTERS = 300


class Intake(models.Model):
    """入库批: one run. A run that was killed has no ``finished_at``, and the same things given again go on with it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="经手人"
    )
    at = models.DateTimeField("开始时间")
    way = models.CharField("方式", max_length=10, choices=[(one.value, zh) for one, zh in WAYS_ZH.items()])
    given = models.TextField("给了什么")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="intakes", null=True, verbose_name="范围")
    origin = models.CharField(
        "来源", max_length=20, choices=[(one.value, zh) for one, zh in ORIGINS_ZH.items()], default=Origin.WEB.value
    )
    token = models.CharField("提交的那一页", max_length=40, unique=True, null=True)
    passed_over = models.PositiveIntegerField("略过的隐藏文件和系统文件", default=0)
    added = models.PositiveIntegerField("入库", default=0)
    copies = models.PositiveIntegerField("同文", default=0)
    known = models.PositiveIntegerField("已入过", default=0)
    refused = models.PositiveIntegerField("没有入库", default=0)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "入库批"
        indexes = [models.Index(fields=["at"], name="intake_at")]

    def __str__(self) -> str:
        return f"{Way(self.way).zh} {self.at:%Y-%m-%d}"

    @property
    def kept_counts(self) -> Counts:
        """The counts of a finished run; its rows may have been let go since."""
        return Counts(added=self.added, copies=self.copies, known=self.known, refused=self.refused)


class IntakeRow(models.Model):
    """One file of a run."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    path = models.CharField("路径", max_length=PATH_CHARACTERS)
    size = models.PositiveBigIntegerField("字节数")
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    state = models.CharField(
        "结果", max_length=10, choices=[(one.value, zh) for one, zh in STATES_ZH.items()], default=State.WAITING.value
    )
    sentence = models.CharField("说明", max_length=SENTENCE_CHARACTERS, blank=True)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, related_name="+", null=True, verbose_name="素材")

    class Meta:
        verbose_name = "入库文件"
        indexes = [models.Index(fields=["intake", "state"], name="intake_row_state")]

    def __str__(self) -> str:
        return f"{self.path} {State(self.state).zh}"
