"""What each page of the projects shows: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.urls import reverse

from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import own_ledger
from youju.records.activities.rules import TALK_KINDS
from youju.records.projects.kinds import PROJECT_KINDS
from youju.records.projects.models import Aim, Project, ProjectLink
from youju.records.projects.queries import projects_of, stage_of, steps_of
from youju.records.projects.values import Stage
from youju.records.steps.values import Pace
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.uses import UsesHere, uses_here
from youju.web.work.project_forms import LinkForm, MaterialForm
from youju.web.work.steps import StepRow, step_row
from youju.web.work.tabs import Frame, frame

MARKS = {Stage.LATE: "late", Stage.GOING: "half", Stage.DONE: "done", Stage.STOPPED: "waived"}
MOST_OFFERED = 200
SOME_DAYS = timedelta(days=31)  # a meeting decides on a project before it is set up


@dataclass(frozen=True)
class Row:
    """One project in the list."""

    project: Project
    stage: Stage
    pace: Pace
    next_due: date | None
    days: int
    url: str

    @property
    def mark(self) -> str:
        return MARKS[self.stage]


@dataclass(frozen=True)
class Group:
    stage: Stage
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    groups: tuple[Group, ...]
    kinds: tuple[tuple[str, str, int], ...]
    kind: str
    whole: int
    total: int
    late: int
    going: int
    may_write: bool


@dataclass(frozen=True)
class Linked:
    link: ProjectLink
    url: str
    remove_url: str


@dataclass(frozen=True)
class Part:
    """A sub-goal with the records that belong to it; without one, those of the project as a whole."""

    aim: Aim | None
    links: tuple[Linked, ...]


@dataclass(frozen=True)
class Material:
    caption: str
    url: str
    remove_url: str
    picture: bool


@dataclass(frozen=True)
class ProjectPage:
    frame: Frame
    project: Project
    row: Row
    steps: tuple[StepRow, ...]
    parts: tuple[Part, ...]
    links: tuple[Linked, ...]
    materials: tuple[Material, ...]
    traces: tuple[Trace, ...]
    link_form: LinkForm
    material_form: MaterialForm
    offered: tuple[Session, ...]
    may_write: bool
    on: date
    uses: UsesHere

    @property
    def aims(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.aim)

    @property
    def faulty(self) -> bool:
        return bool(self.link_form.errors or self.material_form.errors)


@dataclass(frozen=True)
class FormPage:
    """A page that is one form about one project; ``step`` is what it speaks of, if it speaks of one."""

    frame: Frame
    project: Project | None
    form: forms.Form
    heading: str
    verb: str
    back: str
    revision: object = None
    more: Sequence[forms.Form] = ()
    step: Any = None
    drop_url: str = ""


def url_of(project: Project, page: str = "project", *more: int) -> str:
    return reverse(f"work:{page}", args=[project.unit_id, project.number, *more])


def row_of(project: Project, *, on: date) -> Row:
    steps, stage = steps_of(project, on), stage_of(project, on)
    ended = stage in (Stage.DONE, Stage.STOPPED)
    dues = [day for day in (steps.next_due, project.until) if day]
    due = None if ended else min(dues, default=None)
    return Row(project, stage, steps, due, abs((due - on).days) if due else 0, url_of(project))


def rows_of(unit: Unit, *, on: date, kind: str = "") -> list[Row]:
    """The unit's own projects: those of a unit below are opened there, by who acts for it."""
    return [
        row_of(project, on=on)
        for project in projects_of(unit)
        if project.unit_id == unit.pk and kind in ("", project.kind)
    ]


def list_page(*, unit: Unit, rights: frozenset[Right], on: date, kind: str) -> ListPage:
    whole = rows_of(unit, on=on)
    kind = kind if kind in PROJECT_KINDS else ""
    rows = [row for row in whole if kind in ("", row.project.kind)]
    groups = []
    for stage in Stage:
        found = [row for row in rows if row.stage is stage]
        if stage in (Stage.DONE, Stage.STOPPED):
            found.sort(key=lambda row: row.project.done_on or row.project.stopped_on or on, reverse=True)
        else:
            found.sort(key=lambda row: (row.next_due or date.max, row.project.pk))
        if found:
            groups.append(Group(stage, tuple(found)))
    count = {group.stage: len(group.rows) for group in groups}
    kinds = [(one.id, one.zh, sum(row.project.kind == one.id for row in whole)) for one in PROJECT_KINDS.values()]
    return ListPage(
        frame=frame(unit, "work:projects"),
        groups=tuple(groups),
        kinds=tuple(one for one in kinds if one[2]),
        kind=kind,
        whole=len(whole),
        total=len(rows),
        late=count.get(Stage.LATE, 0),
        going=count.get(Stage.GOING, 0),
        may_write=Right.WRITE_RECORDS in rights,
    )


def project_page(
    *, project: Project, rights: frozenset[Right], on: date, link: LinkForm | None = None, material: MaterialForm | None = None
) -> ProjectPage:  # fmt: skip
    links = tuple(
        Linked(
            row, reverse("ledger:record", args=[row.session.ledger_id, row.session.number]),
            url_of(project, "project_unlink", row.pk),
        )
        for row in project.links.all()
    )  # fmt: skip
    parts = [Part(aim, tuple(one for one in links if one.link.aim_id == aim.pk)) for aim in project.aims.all()]
    rest = Part(None, tuple(one for one in links if one.link.aim_id is None))
    return ProjectPage(
        frame=frame(project.unit, "work:projects"),
        project=project,
        row=row_of(project, on=on),
        steps=tuple(_step(project, step, on) for step in project.milestones.all()),
        parts=(*parts, rest) if rest.links else tuple(parts),
        links=links,
        materials=tuple(
            Material(
                row.caption, url_of(project, "project_file", row.file_id),
                url_of(project, "project_material_remove", row.pk), row.file.media_type.startswith("image/"),
            )
            for row in project.materials.all()
        ),
        traces=traces_of("project", project.pk),
        link_form=link or LinkForm(project=project),
        material_form=material or MaterialForm(),
        offered=_offered(project),
        may_write=Right.WRITE_RECORDS in rights,
        on=on,
        uses=uses_here(project, may_write=Right.WRITE_RECORDS in rights),
    )  # fmt: skip


def _step(project: Project, step: Any, on: date) -> StepRow:
    return step_row(
        step, on=on, url=url_of(project, "milestone", step.position),
        change_url=url_of(project, "milestone_change", step.position),
        file_url=url_of(project, "project_file", step.file_id) if step.file_id else "",
    )  # fmt: skip


def _offered(project: Project) -> tuple[Session, ...]:
    """The records of the unit's own ledger around the days of the project, latest first."""
    rows = own_ledger(project.unit).happened().filter(held_on__gte=project.since - SOME_DAYS)
    if project.done_on or project.stopped_on:
        rows = rows.filter(held_on__lte=(project.done_on or project.stopped_on or date.max) + SOME_DAYS)
    rows = rows.exclude(project_links__project=project).prefetch_related("kind_rows").order_by("-held_on", "-pk")
    # A talk is evidence of nothing: who spoke with whom stays in its own record.
    return tuple(one for one in rows[:MOST_OFFERED] if {row.kind for row in one.kind_rows.all()} - TALK_KINDS)
