"""Publicity: the text, where it appeared, what it rests on, and the consent of who is written about."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.records.activities.models import Session
from youju.records.projects.models import Project
from youju.records.publicity.kinds import CHANNELS, PERSONS, PUBLICITY_KINDS
from youju.records.publicity.values import Status
from youju.store.models import StoredFile


class Publication(models.Model):
    """宣传材料. The words about a person can be erased; number, kind, day, channel and the id of a member stay."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="publications")
    number = models.CharField("编号", max_length=40)
    kind = models.CharField("种类", max_length=20)
    title = models.CharField("题目", max_length=120, blank=True)
    dated_on = models.DateField("日期")
    status = models.CharField("状态", max_length=10, choices=[(status.value, status.zh) for status in Status])
    channel = models.CharField("渠道类别", max_length=20, blank=True)
    channel_name = models.CharField("渠道名称", max_length=60, blank=True)
    link = models.CharField("链接", max_length=500, blank=True)
    text = models.TextField("正文", blank=True)
    practice = models.TextField("做法", blank=True)
    outcome = models.TextField("成效", blank=True)
    use = models.TextField("适用范围", blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="publications", verbose_name="项目"
    )
    person = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="典型人物")
    outsider = models.CharField("党员以外的人", max_length=60, blank=True)
    consent_on = models.DateField("本人同意日期", null=True)
    consent_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="征求同意的人"
    )
    entered_at = models.DateTimeField("录入时间")
    erased_at = models.DateTimeField("清除时间", null=True)
    revision = models.PositiveIntegerField("修订", default=1)

    class Meta:
        verbose_name = "宣传材料"
        indexes = [models.Index(fields=["unit", "dated_on"], name="publication_in_unit")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="publication_number_once"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(erased_at__isnull=False), name="publication_has_a_title"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED.value) | (~Q(channel="") & ~Q(channel_name="")),
                name="publication_published_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED.value, kind__in=sorted(PERSONS))
                | Q(consent_on__isnull=False, consent_on__lte=F("dated_on")),
                name="publication_with_consent",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.said}"

    @property
    def said(self) -> str:
        return "（内容已清除）" if self.erased_at else self.title

    @property
    def kind_zh(self) -> str:
        known = PUBLICITY_KINDS.get(self.kind)
        return known.zh if known else self.kind

    @property
    def status_zh(self) -> str:
        return Status(self.status).zh

    @property
    def channel_zh(self) -> str:
        known = CHANNELS.get(self.channel)
        return known.zh if known else self.channel

    @property
    def where(self) -> str:
        """报纸《县供销报》: the kind of channel with its name."""
        return " ".join(part for part in (self.channel_zh, self.channel_name) if part)

    @property
    def who(self) -> str:
        """Nobody, once the words about him were erased."""
        if self.erased_at:
            return ""
        return self.person.name if self.person else self.outsider


class PublicationSession(models.Model):
    """A session that the publication tells of."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="told")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="publications")

    class Meta:
        verbose_name = "宣传材料写的记录"
        constraints = [models.UniqueConstraint(fields=["publication", "session"], name="publication_session_once")]

    def __str__(self) -> str:
        return str(self.session_id)


class PublicationFile(models.Model):
    """附件: a picture of the page, the paper as it was printed."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("说明", max_length=80)

    class Meta:
        verbose_name = "宣传附件"
        constraints = [models.UniqueConstraint(fields=["publication", "file"], name="publication_file_once")]

    def __str__(self) -> str:
        return self.caption
