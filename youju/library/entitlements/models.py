"""Codes that open restricted spans, and what they opened."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from youju.library.documents.models import Document


class Code(models.Model):
    """口令: lets who enters it open ``quota`` documents whole, until a day. Only its digest is kept.

    It belongs to the first account that enters it.
    """

    digest = models.CharField("口令摘要", max_length=64, unique=True)
    note = models.CharField("用途", max_length=60, blank=True)
    quota = models.PositiveIntegerField("可打开篇数")
    used = models.PositiveIntegerField("已打开篇数", default=0)
    until = models.DateField("有效至")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="library_codes",
        null=True,
        verbose_name="使用人",
    )
    entered_at = models.DateTimeField("启用时间", null=True)
    issued_at = models.DateTimeField("签发时间")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="签发人"
    )
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "素材口令"
        constraints = [
            models.CheckConstraint(condition=Q(quota__gt=0), name="code_opens_something"),
            models.CheckConstraint(condition=Q(used__lte=F("quota")), name="code_within_quota"),
        ]

    def __str__(self) -> str:
        return f"{self.note or '口令'} {self.used}/{self.quota}"

    @property
    def left(self) -> int:
        """How many documents it still opens."""
        return self.quota - self.used


class Opening(models.Model):
    """A document that was opened whole with a code. It stays open for its reader until the code ends."""

    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="openings")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField("打开时间")

    class Meta:
        verbose_name = "打开全文"
        constraints = [models.UniqueConstraint(fields=["code", "document"], name="opening_once")]

    def __str__(self) -> str:
        return f"{self.document_id}"
