"""Members and their dated membership."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from youju.people.dated import DatedSet
from youju.people.members.values import Standing
from youju.people.units.models import Unit
from youju.people.units.values import after_subtree


class Member(models.Model):
    """党员. ``rank`` is the order in which a roster lists people (组织排序), not a valuation."""

    name = models.CharField("姓名", max_length=40)
    rank = models.PositiveIntegerField("名册顺序", default=1000)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="member", verbose_name="登录账号"
    )
    forgotten_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        verbose_name = "党员"
        ordering = ["rank", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="member_has_name")]

    def __str__(self) -> str:
        return self.name


class MembershipSet(DatedSet["Membership"]):
    def in_unit(self, unit: Unit) -> MembershipSet:
        """Of the unit and everything under it: a branch's members include those of its groups."""
        return self.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))


class Membership(models.Model):
    """组织关系: from ``since`` up to, not including, ``until``."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    standing = models.CharField("类别", max_length=20, choices=[(s.value, s.zh) for s in Standing])
    since = models.DateField("转入日期")
    until = models.DateField("转出日期", null=True)

    objects = MembershipSet.as_manager()

    class Meta:
        verbose_name = "组织关系"
        indexes = [models.Index(fields=["unit", "since"], name="membership_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(fields=["member"], condition=Q(until__isnull=True), name="one_open_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} 在 {self.unit_id}"
