"""Stored files."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file's bytes. The same bytes are kept once; an erased file keeps its row and digest."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=80)
    stored_at = models.DateTimeField("存入时间")
    taken_at = models.DateTimeField("拍摄时间", null=True)
    erased_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.media_type}"
