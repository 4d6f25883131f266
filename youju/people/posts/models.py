"""Dated offices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.dated import DatedSet
from youju.people.members.models import Member
from youju.people.posts.values import COMMITTEE_TITLES, TITLES_ZH, Title
from youju.people.units.models import Unit


class PostSet(DatedSet["Post"]):
    def of_committee(self) -> PostSet:
        return self.filter(title__in=COMMITTEE_TITLES)


class Post(models.Model):
    """职务: held from ``since`` up to, not including, ``until``."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=20, choices=[(title.value, zh) for title, zh in TITLES_ZH.items()])
    since = models.DateField("任职日期")
    until = models.DateField("免职日期", null=True)

    objects = PostSet.as_manager()

    class Meta:
        verbose_name = "职务"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="post_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until__isnull=True, title=Title.SECRETARY.value),
                name="one_secretary_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.get_title_display()}"
