"""Texts of reports handed in, kept for one purpose: passages that another text shares with them are found."""

from __future__ import annotations

from django.db import models

from youju.people.models import Unit


class HandedText(models.Model):
    """报送的文本. ``submission`` is the plain number of the record that the reports room made of it; this room does not
    know that table. It is never found by searching 素材库."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="handed_texts", verbose_name="报送组织")
    submission = models.PositiveBigIntegerField("报送记录", unique=True)
    year = models.PositiveIntegerField("年度")
    title = models.CharField("标题", max_length=300)
    handed_on = models.DateField("报送日期")
    text = models.TextField("正文")
    changed = models.PositiveBigIntegerField("变更序号", db_index=True)
    removed_at = models.DateTimeField("移出时间", null=True)

    class Meta:
        verbose_name = "报送的文本"

    def __str__(self) -> str:
        return self.title
