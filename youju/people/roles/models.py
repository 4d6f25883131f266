"""Who holds which role where."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from youju.people.dated import DatedSet
from youju.people.roles.rules import ROLES_ZH
from youju.people.units.models import Unit


class GrantSet(DatedSet["Grant"]):
    """Who may do what, dated."""


class Grant(models.Model):
    """权限: a role over a unit and everything under it, from ``since`` up to, not including, ``until``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField("权限", max_length=20, choices=[(role.value, zh) for role, zh in ROLES_ZH.items()])
    since = models.DateField("自")
    until = models.DateField("至", null=True)

    objects = GrantSet.as_manager()

    class Meta:
        verbose_name = "权限"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="grant_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"], condition=Q(until__isnull=True), name="grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_role_display()}"
