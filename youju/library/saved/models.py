"""Saved searches."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedSearch(models.Model):
    """常用搜索: one reader's own. ``address`` is the query of its page, in one canonical order;
    ``seen`` the number of the last document there was when it was last looked at."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField("名称", max_length=60)
    address = models.CharField("条件", max_length=500)
    seen = models.PositiveBigIntegerField("上次看到")

    class Meta:
        verbose_name = "常用搜索"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name
