"""What is kept of a forgetting: numbers and reasons, and never a name."""

from __future__ import annotations

from django.db import models

from youju.people.units.models import Unit


class Forgetting(models.Model):
    """遗忘报告. The member stands in it by his number only, as he does wherever he was."""

    member_number = models.BigIntegerField("党员编号", unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField("离开日期")
    at = models.DateTimeField("遗忘时间")
    removed = models.JSONField("清除的")  # [what, how many]
    stays = models.JSONField("留下的")  # [what, how many, why]
    by_hand = models.JSONField("要人工核对的")  # where a text named him when he was forgotten

    class Meta:
        verbose_name = "遗忘报告"

    def __str__(self) -> str:
        return f"遗忘报告 {self.member_number}"
