"""Sessions and all that is written with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Member, Unit
from youju.people.units.values import UnitKind, after_subtree
from youju.records.activities.rules import TALK_KINDS, is_talk, talk_title
from youju.records.activities.values import CAME, HAPPENED, Attendance, GuestKind, ItemKind, LeaveCategory, Status
from youju.store.models import StoredFile


class NumberSeries(models.Model):
    """The last serial given in one ledger, year and code; numbers are given once and never reused."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    code = models.CharField(max_length=12)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        constraints = [models.UniqueConstraint(fields=["ledger", "year", "code"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.code} {self.last}"


class SessionSet(models.QuerySet["Session"]):
    def happened(self) -> SessionSet:
        """Activities: held or filed. Only these count."""
        return self.filter(status__in=HAPPENED)

    def held_in(self, period: Period) -> SessionSet:
        """By the day it was held (``held_on``)."""
        return self.filter(held_on__gte=period.start, held_on__lte=period.end)

    def of_kinds(self, kinds: tuple[str, ...]) -> SessionSet:
        return self.filter(pk__in=SessionKind.objects.filter(kind__in=kinds).values("session_id"))

    def named(self, words: str) -> SessionSet:
        """With these words in title or number."""
        return self.filter(Q(title__icontains=words) | Q(number__icontains=words))

    def beside_talks(self) -> SessionSet:
        """Without those that are a talk and nothing else, which prove nothing to others: see ``is_talk``."""
        other = SessionKind.objects.filter(session=OuterRef("pk")).exclude(kind__in=TALK_KINDS)
        return self.filter(Exists(other))

    def kept_by(self, unit: Unit) -> SessionSet:
        """In the ledgers of the unit and everything under it; a session joined from outside is not in them."""
        return self.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))

    def joined_by(self, ledgers: Listed) -> Iterator[SessionSet]:
        """What these units, or groups of theirs, took part in as guests, with whose ledger it is as ``joined``.

        Of a group its branch keeps the ledger; what a branch joins is none of its committee's. Asked twice: both in one
        would go down no index.
        """
        yield self.filter(joining__in=ledgers).annotate(joined=F("joining"))
        by_group = self.filter(joining__parent__in=ledgers, joining__kind=UnitKind.GROUP)
        yield by_group.annotate(joined=F("joining__parent"))


class Session(models.Model):
    """场次: planned 排期 → held 已开 → filed 归档, or cancelled 取消."""

    ledger = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ledger_sessions", verbose_name="台账")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sessions", verbose_name="主办组织")
    number = models.CharField("编号", max_length=40)
    status = models.CharField("状态", max_length=12, choices=[(s.value, s.zh) for s in Status])
    title = models.CharField("主题", max_length=120)
    held_on = models.DateField("日期")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束", null=True)
    for_year = models.PositiveIntegerField("所属年度")
    place = models.CharField("地点", max_length=80, blank=True)
    chair = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="记录人")
    lecturer = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="授课人")
    outcome = models.TextField("成效", blank=True)
    transcribed_from = models.CharField("转录自", max_length=80, blank=True)
    entered_at = models.DateTimeField("录入时间")
    filed_at = models.DateTimeField("归档时间", null=True)
    revision = models.PositiveIntegerField("修订", default=1)
    form_key = models.CharField("表单号", max_length=32, null=True, unique=True)  # one form sent twice records once
    joining = models.ManyToManyField(Unit, related_name="joined_sessions", verbose_name="参加组织")

    objects = SessionSet.as_manager()

    class Meta:
        verbose_name = "场次"
        indexes = [
            models.Index(fields=["ledger", "held_on"], name="session_of_ledger"),
            models.Index(fields=["unit", "held_on"], name="session_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="session_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="session_has_title"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PLANNED) | Q(status=Status.CANCELLED) | Q(entered_at__gte=F("starts_at")),
                name="no_record_before_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def head_title(self) -> str:
        """The title for all who read along: that of a talk may say with whom, so its kind stands for it."""
        kinds = [row.kind for row in self.kind_rows.all()]
        return talk_title(kinds) if is_talk(kinds) else self.title


class SessionKind(models.Model):
    """One of the kinds of a session; position 0 is the kind its number is made from."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="kind_rows")
    kind = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "类型"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["session", "kind"], name="session_kind_once")]
        indexes = [models.Index(fields=["kind", "session"], name="sessions_of_kind")]

    def __str__(self) -> str:
        return self.kind


class RosterRow(models.Model):
    """应到名单: written with the record and never recomputed, so a past meeting keeps the roster of its day."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="roster")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="roster_rows")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    attendance = models.CharField("到会", max_length=10, choices=[(a.value, a.zh) for a in Attendance])
    leave_category = models.CharField(
        "请假类别", max_length=10, blank=True, choices=[(c.value, c.zh) for c in LeaveCategory]
    )
    expected = models.BooleanField("计入应到")
    votes = models.BooleanField("有表决权")
    led = models.BooleanField("领学", default=False)
    spoke = models.BooleanField("发言", default=False)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = "应到名单"
        ordering = ["position"]
        # A member's years are read from this index alone: a busy branch has tens of thousands of these rows.
        indexes = [models.Index(fields=["member", "attendance", "session"], name="roster_of_member")]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="roster_once"),
            models.CheckConstraint(
                condition=Q(leave_category="") | Q(attendance=Attendance.LEAVE), name="category_only_with_leave"
            ),
            models.CheckConstraint(
                condition=Q(led=False, spoke=False) | Q(attendance__in=CAME), name="who_led_or_spoke_came"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.get_attendance_display()}"


class Guest(models.Model):
    """列席、特邀、团员、群众: who took part outside 应到, in words or in number. No key to a member, so no rate counts it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("身份", max_length=12, choices=[(k.value, k.zh) for k in GuestKind])
    name = models.CharField("姓名", max_length=40, blank=True)
    unit_words = models.CharField("单位", max_length=60, blank=True)
    count = models.PositiveIntegerField("人数", default=1)
    lectured = models.BooleanField("授课", default=False)

    class Meta:
        verbose_name = "列席和来宾"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="guest_position_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="guest_is_somebody"),
            models.CheckConstraint(condition=Q(lectured=False) | Q(count=1), name="one_guest_lectures"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.count}"


class AgendaItem(models.Model):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("类型", max_length=12, choices=[(k.value, k.zh) for k in ItemKind])
    title = models.CharField("议题", max_length=200)
    note = models.TextField("情况", blank=True)

    class Meta:
        verbose_name = "议题"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="agenda_position_once")]

    def __str__(self) -> str:
        return self.title


class Resolution(models.Model):
    """决议: what was decided, with its tally. ``yes`` null means no tally was taken down."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="resolutions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField("决议")
    rule = models.CharField("表决规则", max_length=20)
    votes_expected = models.PositiveIntegerField()
    votes_present = models.PositiveIntegerField()
    yes = models.PositiveIntegerField("赞成", null=True)
    no = models.PositiveIntegerField("反对", default=0)
    abstain = models.PositiveIntegerField("弃权", default=0)
    written_yes = models.PositiveIntegerField("书面赞成", default=0)
    carried = models.BooleanField("通过", null=True)

    class Meta:
        verbose_name = "决议"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text


class Evidence(models.Model):
    """佐证: a stored file that shows a session took place."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("说明", max_length=80, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "佐证"
        constraints = [models.UniqueConstraint(fields=["session", "file"], name="evidence_once")]

    def __str__(self) -> str:
        return self.caption or str(self.file_id)
