"""Items of lists with their further words, versions and checks."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.people.posts.values import Title
from youju.records.activities.models import Session
from youju.records.lists.kinds import LIST_KINDS, ListKind
from youju.records.lists.values import Rhythm
from youju.store.models import StoredFile


class ListItem(models.Model):
    """一项. ``until`` is the day from which it is no longer in force."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="list_items", verbose_name="组织")
    number = models.CharField("编号", max_length=40)
    kind = models.CharField("清单", max_length=20)
    title = models.CharField("事项", max_length=120)
    requirement = models.TextField("要求", blank=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    post = models.CharField("岗位", max_length=20, blank=True, choices=[(title.value, title.zh) for title in Title])
    rhythm = models.CharField("周期", max_length=20, choices=[(one.value, one.zh) for one in Rhythm])
    first_due = models.DateField("首次时限", null=True)
    since = models.DateField("列入日期")
    until = models.DateField("停用日期", null=True)
    reason = models.CharField("停用原因", max_length=200, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "清单事项"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="list_item_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="list_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | (Q(until__gte=F("since")) & ~Q(reason="")),
                name="list_item_ends_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(rhythm=Rhythm.ONCE) | Q(first_due__isnull=False), name="list_item_once_has_a_day"
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind"], name="list_item_of_a_list")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def of(self) -> ListKind:
        return LIST_KINDS[self.kind]

    @property
    def post_zh(self) -> str:
        return Title(self.post).zh if self.post else ""

    def ended_on(self, day: date) -> bool:
        return self.until is not None and self.until <= day


class ItemWord(models.Model):
    """A further word of an item: its 用途, its 地点."""

    item = models.ForeignKey(ListItem, on_delete=models.PROTECT, related_name="words")
    field = models.CharField("栏", max_length=20)
    text = models.CharField("内容", max_length=200)

    class Meta:
        verbose_name = "清单栏目"
        constraints = [models.UniqueConstraint(fields=["item", "field"], name="item_word_once")]

    def __str__(self) -> str:
        return self.text


class ItemVersion(models.Model):
    """版本 of a 制度: in force from its day until the next one is."""

    item = models.ForeignKey(ListItem, on_delete=models.PROTECT, related_name="versions")
    in_force = models.DateField("施行日期")
    change = models.CharField("修订说明", max_length=300, blank=True)
    text = models.TextField("正文", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "制度版本"
        ordering = ["in_force"]
        constraints = [
            models.UniqueConstraint(fields=["item", "in_force"], name="item_version_day_once"),
            models.CheckConstraint(condition=~Q(text="") | Q(file__isnull=False), name="item_version_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.in_force)


class ItemCheck(models.Model):
    """检查: the item was done or looked at on a day. Taken back by ``dropped_on``, never deleted: its file stays named."""

    item = models.ForeignKey(ListItem, on_delete=models.PROTECT, related_name="checks")
    done_on = models.DateField("检查日期")
    text = models.CharField("情况", max_length=500)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="佐证")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="关联记录")
    entered_at = models.DateTimeField("录入时间")
    dropped_on = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "清单检查"
        ordering = ["done_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="item_check_says_something")]

    def __str__(self) -> str:
        return self.text
