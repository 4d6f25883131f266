"""Projects with their sub-goals, milestones, linked records and materials."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from youju.people.models import Member, Unit
from youju.people.units.values import after_subtree
from youju.records.activities.models import Session
from youju.records.projects.kinds import PROJECT_KINDS
from youju.records.steps.models import Step, has_proof_when_done
from youju.store.models import StoredFile


class ProjectSet(models.QuerySet["Project"]):
    def kept_by(self, unit: Unit) -> ProjectSet:
        return self.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))


class Project(models.Model):
    """项目. ``business`` is the work of the office it serves (业务结合点)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="projects")
    number = models.CharField("编号", max_length=40)
    kind = models.CharField("种类", max_length=20)
    title = models.CharField("名称", max_length=120)
    goal = models.TextField("目标")
    business = models.TextField("业务结合点", blank=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")
    since = models.DateField("立项日期")
    until = models.DateField("完成时限", null=True)
    outcome = models.TextField("成效", blank=True)
    done_on = models.DateField("完成日期", null=True)
    stopped_on = models.DateField("中止日期", null=True)
    reason = models.CharField("中止原因", max_length=300, blank=True)
    entered_at = models.DateTimeField("录入时间")
    revision = models.PositiveIntegerField("修订", default=1)

    objects = ProjectSet.as_manager()

    class Meta:
        verbose_name = "项目"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="project_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(goal=""), name="project_has_a_goal"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="project_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | (Q(stopped_on__isnull=True) & ~Q(outcome="")),
                name="project_done_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True) | ~Q(reason=""), name="project_stopped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def kind_zh(self) -> str:
        known = PROJECT_KINDS.get(self.kind)
        return known.zh if known else self.kind

    @property
    def ended(self) -> bool:
        return self.done_on is not None or self.stopped_on is not None


class Aim(models.Model):
    """分目标 of a programme: 示范, 带动, 导向."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="aims")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("名称", max_length=30)
    text = models.CharField("内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "分目标"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="aim_name_once")]

    def __str__(self) -> str:
        return self.name


class Milestone(Step):
    """节点 with owner, day and proof."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任人")

    class Meta(Step.Meta):
        verbose_name = "项目节点"
        indexes = [models.Index(fields=["due_on"], name="milestone_due")]
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="milestone_position_once"),
            models.CheckConstraint(condition=has_proof_when_done(), name="milestone_done_with_proof"),
        ]


class ProjectLink(models.Model):
    """A session of the unit that the project rests on, with a word what for."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="links")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="project_links")
    aim = models.ForeignKey(Aim, on_delete=models.SET_NULL, null=True, related_name="links", verbose_name="分目标")
    what = models.CharField("用处", max_length=120, blank=True)

    class Meta:
        verbose_name = "关联记录"
        constraints = [models.UniqueConstraint(fields=["project", "session"], name="project_link_once")]

    def __str__(self) -> str:
        return self.what or str(self.session_id)


class ProjectMaterial(models.Model):
    """材料: a stored file that shows what the project came to."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="materials")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("说明", max_length=80)

    class Meta:
        verbose_name = "项目材料"
        constraints = [models.UniqueConstraint(fields=["project", "file"], name="project_material_once")]

    def __str__(self) -> str:
        return self.caption
