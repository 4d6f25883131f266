"""Documents (素材): a text, where it came from, and what was cleaned off."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from youju.library.documents.values import ORIGINS_ZH, Origin, Section, Span
from youju.people.models import Unit
from youju.store.models import StoredFile


class Serial(models.Model):
    """One row: the last change of the library. Whoever changes a document holds it until his change is certain, so a
    follower that has read up to a number has missed nothing below it."""

    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "变更序号"

    def __str__(self) -> str:
        return str(self.last)


class DocumentSet(models.QuerySet["Document"]):
    def standing(self) -> DocumentSet:
        """Those that were not taken out."""
        return self.filter(removed_at__isnull=True)

    def changed_since(self, serial: int) -> DocumentSet:
        """Those a follower at ``serial`` has not seen as they are now, those taken out included, oldest change first."""
        return self.filter(changed__gt=serial).order_by("changed")


class Document(models.Model):
    """素材. ``unit`` empty: for the whole site; else for that unit and everything under it."""

    title = models.CharField("标题", max_length=300)
    genre = models.CharField("文种", max_length=30, blank=True)
    year = models.PositiveIntegerField("年度", null=True)
    sector = models.CharField("领域", max_length=30, blank=True)
    origin = models.CharField(
        "来源", max_length=20, choices=[(one.value, zh) for one, zh in ORIGINS_ZH.items()], default=Origin.WEB.value
    )
    dated = models.DateField("成文日期", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents", null=True, verbose_name="范围")
    characters = models.PositiveIntegerField("字数")
    has_restricted = models.BooleanField("有受限段", default=False)
    digest = models.CharField("正文摘要", max_length=64)
    added_at = models.DateTimeField("入库时间")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="入库人"
    )
    changed = models.PositiveBigIntegerField("变更序号", db_index=True)
    removed_at = models.DateTimeField("移出时间", null=True)

    objects = DocumentSet.as_manager()

    class Meta:
        verbose_name = "素材"
        indexes = [models.Index(fields=["added_at"], name="document_added")]
        constraints = [
            # The same words are one document with several sources, within the circle that may read them.
            models.UniqueConstraint(
                fields=["digest", "unit"], condition=Q(removed_at__isnull=True), name="document_text_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(removed_at__isnull=True, unit__isnull=True),
                name="document_text_once_on_the_site",
            ),
            models.CheckConstraint(condition=Q(characters__gt=0), name="document_has_text"),
        ]

    def __str__(self) -> str:
        return self.title


class Text(models.Model):
    """The texts of a document, apart from its row so that listings stay light.

    ``raw`` is as it was read; ``whole`` is cleaned, its restricted spans joined to their sentences. ``restricted`` is a
    list of [start, end] in ``whole``; ``sections`` of [start, end, level, heading].
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="text")
    raw = models.TextField("原文")
    whole = models.TextField("正文")
    restricted = models.JSONField("受限段", default=list)
    sections = models.JSONField("章节", default=list)

    class Meta:
        verbose_name = "素材正文"

    def __str__(self) -> str:
        return f"{self.document_id}"

    @property
    def spans(self) -> list[Span]:
        return [Span(start, end) for start, end in self.restricted]

    @property
    def section_tree(self) -> list[Section]:
        return [Section(*row) for row in self.sections]


class Copy(models.Model):
    """来处: one file that held these words. ``path`` is as it was given at the import; ``digest`` is of the bytes that were
    read, which the store keeps as the original."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="copies")
    path = models.CharField("路径", max_length=1000)
    digest = models.CharField("文件摘要", max_length=64, db_index=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="原件")
    added_at = models.DateTimeField("入库时间")

    class Meta:
        verbose_name = "素材来处"
        constraints = [models.UniqueConstraint(fields=["document", "path", "digest"], name="copy_once")]

    def __str__(self) -> str:
        return self.path


class Removal(models.Model):
    """清除: what cleaning took off. Offsets are in ``Text.raw``."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="removals")
    kind = models.CharField("类别", max_length=30)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    put_back_at = models.DateTimeField("放回时间", null=True)

    class Meta:
        verbose_name = "清除"
        ordering = ["start"]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="removal_has_text")]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"


class Mark(models.Model):
    """标注: what was left in the text and should be looked at. Offsets are in ``Text.whole``."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField("类别", max_length=30)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = "标注"
        ordering = ["start"]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="mark_has_text")]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"
