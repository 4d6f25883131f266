"""What this site says of single days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from youju.duties.workdays.values import LONGEST_BASIS, LONGEST_NAME


class DayOverride(models.Model):
    """A day that is worked, or off, other than the published arrangement says; for the whole site, with its basis."""

    day = models.DateField("日期", unique=True)
    off = models.BooleanField("放假")
    name = models.CharField("名称", max_length=LONGEST_NAME, blank=True)
    basis = models.CharField("依据", max_length=LONGEST_BASIS)
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "工作日调整"
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="day_override_has_basis")]

    def __str__(self) -> str:
        return f"{self.day} {'放假' if self.off else '上班'}"
