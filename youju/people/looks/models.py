"""Who looked: rows are added, and purged when their time is over; nothing changes one."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from youju.people.looks.values import PLACES_ZH
from youju.people.members.models import Member
from youju.people.roles.rules import ROLES_ZH
from youju.people.units.models import Unit


class Look(models.Model):
    """谁看过: once a viewer, member, day and place. ``role`` and ``unit`` are as what he looked, on that day."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="looks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("权限", max_length=20, choices=[(role.value, zh) for role, zh in ROLES_ZH.items()])
    place = models.CharField("看了什么", max_length=10, choices=[(place.value, zh) for place, zh in PLACES_ZH.items()])
    day = models.DateField("日期", db_index=True)

    class Meta:
        verbose_name = "查看记录"
        constraints = [models.UniqueConstraint(fields=["member", "viewer", "day", "place"], name="look_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.get_place_display()}"
