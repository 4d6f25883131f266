"""Tables of the journal. Rows are only ever added; erasing a person removes texts and salts, never a digest."""

from __future__ import annotations

from django.db import models

from youju.journal.values import MOST_PROXIES, Means, Owner


class Line(models.Model):
    """One change: who did what to which thing, when. ``summary`` holds numbers and kinds, never a person's name."""

    at = models.DateTimeField("时间")
    by_id = models.BigIntegerField("账号", null=True)
    verb = models.CharField("做了什么", max_length=40)
    room = models.CharField(max_length=20)
    noun = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    unit_id = models.BigIntegerField("组织", null=True)
    summary = models.CharField("摘要", max_length=200, blank=True)

    class Meta:
        verbose_name = "留痕"
        indexes = [
            models.Index(fields=["room", "noun", "object_id"], name="line_of_object"),
            models.Index(fields=["unit_id", "at"], name="line_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.summary}"


class RevisionSet(models.QuerySet["Revision"]):
    def of(self, owner: Owner) -> RevisionSet:
        return self.filter(room=owner.room, noun=owner.noun, object_id=owner.id)


class Revision(models.Model):
    """修订: a whole version of one thing. ``body`` is canonical JSON; free texts stand in it as salted digests."""

    room = models.CharField(max_length=20)
    noun = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    number = models.PositiveIntegerField("第几次修订")
    at = models.DateTimeField("时间")
    by_id = models.BigIntegerField("账号", null=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)

    objects = RevisionSet.as_manager()

    class Meta:
        verbose_name = "修订"
        constraints = [
            models.UniqueConstraint(fields=["room", "noun", "object_id", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.room}.{self.noun} {self.object_id} 第{self.number}次修订"


class RevisionText(models.Model):
    """The free text behind a digest of a revision, with its salt; deleted together when a text must be forgotten."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="texts")
    key = models.CharField(max_length=80)
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        verbose_name = "修订文字"
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="revision_text_once")]

    def __str__(self) -> str:
        return f"{self.revision} {self.key}"


class Slip(models.Model):
    """签到条: a sign-in, and its own journal line. Once a member and session, whatever is tapped how often.

    ``place`` is which of a phone's few signatures this is: 0 its owner's own, then one for each 代签; the constraint
    makes the limit hold without counting. The last slip of a session bears no member: it is the line drawn under the
    list, and nothing comes after it.
    """

    session_id = models.BigIntegerField("场次")
    member_id = models.BigIntegerField("党员")  # NOBODY for the line under the list
    at = models.DateTimeField("时间")
    by_device = models.CharField("手机", max_length=24)
    place = models.PositiveSmallIntegerField("第几次")
    means = models.CharField("方式", max_length=8, choices=[(means.value, means.zh) for means in Means])

    class Meta:
        verbose_name = "签到条"
        constraints = [
            models.UniqueConstraint(fields=["session_id", "member_id"], name="slip_once"),
            models.UniqueConstraint(fields=["session_id", "by_device", "place"], name="slip_of_device_once"),
            models.CheckConstraint(
                condition=models.Q(place=0, means__in=[Means.SCAN.value, Means.END.value])
                | models.Q(place__gte=1, place__lte=MOST_PROXIES, means=Means.PROXY.value),
                name="slip_place_by_means",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.get_means_display()}"


class Seal(models.Model):
    """封存: a digest over every line, revision and slip since the seal before, and over that seal."""

    at = models.DateTimeField("时间")
    occasion = models.CharField("何时封存", max_length=40)
    last_line = models.BigIntegerField()
    last_revision = models.BigIntegerField()
    last_slip = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "封存"

    def __str__(self) -> str:
        return f"封存 {self.short}"

    @property
    def short(self) -> str:
        """The eight characters that are printed on paper."""
        return self.digest[:8]
