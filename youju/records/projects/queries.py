"""Questions about projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.values import HAPPENED
from youju.records.projects.models import Milestone, Project, ProjectLink, ProjectSet
from youju.records.projects.rules import stage
from youju.records.projects.values import Stage
from youju.records.steps.models import body_of as step_body
from youju.records.steps.rules import pace
from youju.records.steps.values import Pace


def with_parts(rows: ProjectSet) -> ProjectSet:
    """With all a page shows: what was taken out and records that were removed are left out."""
    steps = Milestone.objects.filter(dropped_on__isnull=True).select_related("owner", "file").order_by("position")
    links = (
        ProjectLink.objects.filter(session__status__in=HAPPENED)
        .select_related("session", "aim")
        .prefetch_related("session__kind_rows")
    )
    return rows.select_related("unit", "owner").prefetch_related(
        Prefetch("milestones", queryset=steps),
        Prefetch("links", queryset=links.order_by("session__held_on", "pk")),
        "aims",
        "materials__file",
    )


def projects_of(unit: Unit) -> list[Project]:
    """Of a unit and all under it, oldest first."""
    return list(with_parts(Project.objects.kept_by(unit)).order_by("since", "pk"))


def projects_told(unit: Unit, year: int, *, on: date) -> list[Project]:
    """Begun by a day and running at some time of a year, with what is told of them: not their files, nor who takes a step."""
    over = Q(done_on__year__lt=year) | Q(stopped_on__year__lt=year)
    rows = Project.objects.kept_by(unit).filter(since__year__lte=year, since__lte=on).exclude(over)
    steps = Milestone.objects.filter(dropped_on__isnull=True).order_by("position")
    links = ProjectLink.objects.filter(session__status__in=HAPPENED).select_related("session")
    told = rows.select_related("owner").prefetch_related(
        Prefetch("milestones", queryset=steps),
        Prefetch("links", queryset=links.order_by("session__held_on", "pk")),
        "aims",
    )
    return list(told.order_by("since", "pk"))


def find(unit: Unit, number: str) -> Project | None:
    return with_parts(Project.objects.filter(unit=unit, number=number)).first()


def steps_of(project: Project, on: date) -> Pace:
    """How its milestones stand, the project being loaded with its parts."""
    return pace((step.days for step in project.milestones.all()), on=on)


def stage_of(project: Project, on: date) -> Stage:
    return stage(
        until=project.until, done_on=project.done_on, stopped_on=project.stopped_on, steps=steps_of(project, on), on=on
    )


def whole(pk: int) -> Project:
    """With every part there is, also what was taken out: as a revision keeps it."""
    return Project.objects.prefetch_related("aims", "milestones__file", "links__aim", "materials__file").get(pk=pk)


def body_of(project: Project) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a project holds, all its parts being loaded: plain data and texts by key."""
    texts = {"title": project.title, "goal": project.goal, "business": project.business}
    texts |= {"outcome": project.outcome, "reason": project.reason}
    for aim in project.aims.all():
        texts[f"aim.{aim.position}"] = f"{aim.name}：{aim.text}"
    for step in project.milestones.all():
        texts[f"milestone.{step.position}"], texts[f"proof.{step.position}"] = step.text, step.proof
    links = sorted(project.links.all(), key=lambda link: link.session_id)
    for link in links:
        texts[f"link.{link.session_id}"] = link.what
    materials = sorted(project.materials.all(), key=lambda row: row.pk)
    for row in materials:
        texts[f"material.{row.pk}"] = row.caption
    body = {
        "number": project.number, "unit": project.unit_id, "kind": project.kind, "owner": project.owner_id,
        "since": project.since, "until": project.until, "done_on": project.done_on, "stopped_on": project.stopped_on,
        "milestones": [step_body(step) for step in project.milestones.all()],
        "links": [[link.session_id, link.aim.position if link.aim else None] for link in links],
        "materials": [[row.pk, row.file.sha256] for row in materials],
    }  # fmt: skip
    return body, texts


@rows_once
def _led_by(member: int) -> QuerySet[Project]:
    return Project.objects.filter(owner_id=member).order_by("since", "pk")


@rows_once
def _steps_of(member: int) -> QuerySet[Milestone]:
    return Milestone.objects.filter(owner_id=member, dropped_on__isnull=True).select_related("project").order_by("pk")


def about(member: Member) -> dict[str, object]:
    """Projects and milestones a member answers for."""
    return {
        "负责的项目": [
            {"编号": row.number, "名称": row.title, "立项": row.since, "时限": row.until, "完成": row.done_on}
            for row in _led_by(member.pk)
        ],
        "负责的项目节点": [
            {"编号": row.project.number, "节点": row.text, "时限": row.due_on, "完成": row.done_on}
            for row in _steps_of(member.pk)
        ],
    }
