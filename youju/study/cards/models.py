"""One row a card: the use it tells of and the document that holds its words."""

from __future__ import annotations

from django.db import models

from youju.library.documents.models import Document
from youju.study.uses.models import Use


class Card(models.Model):
    """经验卡. ``digest`` is of the words as they were written."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="cards", verbose_name="学以致用")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="素材")
    digest = models.CharField("文字摘要", max_length=64)
    made_at = models.DateTimeField("写成时间")

    class Meta:
        verbose_name = "经验卡"
        constraints = [models.UniqueConstraint(fields=["use", "document"], name="card_once_a_document")]

    def __str__(self) -> str:
        return f"{self.use_id}"
