"""Pages of the projects: the list, one project on one page, and each step from its goal to its outcome."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.projects import actions
from youju.records.projects.kinds import PROJECT_KINDS
from youju.records.projects.models import Milestone, Project
from youju.records.projects.onpaper import project_docx
from youju.records.projects.queries import find
from youju.store.rules import DOCX
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import kept_file, sent_file
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import filled, pressed
from youju.web.shared.sheets import Cell, table_response
from youju.web.work.project_forms import FinishForm, LinkForm, MaterialForm, ProjectForm, StopForm, likely
from youju.web.work.project_pages import FormPage, list_page, project_page, rows_of, url_of
from youju.web.work.steps import ProgressForm, StepForm
from youju.web.work.tabs import frame

FIRST_STEPS = 4
reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def project_for(request: HttpRequest, unit_id: int, number: str, right: Right = Right.WRITE_RECORDS) -> Project:
    """The project of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这个项目。")


def step_for(project: Project, position: int) -> Milestone:
    step = next((row for row in project.milestones.all() if row.position == position), None)
    if step is None:
        raise NotYours("没有这个节点。")
    return step


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    kind = request.GET.get("kind", "")
    page = list_page(unit=unit, rights=held(request).rights_in(unit), on=clock.today(), kind=kind)
    return render(request, "work/projects/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    rows: list[list[Cell]] = []
    for row in rows_of(unit, on=clock.today(), kind=request.GET.get("kind", "")):
        one = row.project
        steps = [f"{s.text}（{'已完成' if s.done_on else '未完成'}）" for s in one.milestones.all()]
        rows.append([
            one.number, one.kind_zh, one.title, one.goal, one.business, one.owner.name if one.owner else "", one.since,
            one.until, row.stage.zh, f"{row.pace.done}/{row.pace.total}", "\n".join(steps),
            "\n".join(f"{link.session.number} {link.what}".strip() for link in one.links.all()),
            one.outcome, one.done_on, one.reason,
        ])  # fmt: skip
    headings = (
        "编号 种类 名称 目标 业务结合点 责任人 立项日期 完成时限 状态 节点 节点情况 关联记录 成效 完成日期 中止原因"
    )
    widths = (16, 12, 30, 36, 28, 12, 12, 12, 10, 8, 36, 30, 36, 12, 20)
    return table_response(name=f"{unit.short_name}项目清单", headings=headings.split(), rows=rows, widths=widths)


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """立项, with its first milestones. ``?kind=`` says where the form starts."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    day, sent = clock.today(), typed(request)
    people = chairs_for(unit, day)
    kind = request.GET.get("kind", "")
    form = ProjectForm(
        sent, people=people, initial={"since": day, "kind": kind if kind in PROJECT_KINDS else "secretary"}
    )
    steps = [StepForm(sent, prefix=f"step{n}", people=people, wanted=False) for n in range(FIRST_STEPS)]
    if sent is not None and all([form.is_valid(), *(step.is_valid() for step in steps)]):
        drafts = [step.draft() for step in steps if step.cleaned_data.get("text")]
        try:
            project = actions.start_project(
                unit=unit, draft=form.draft(), milestones=drafts, by=request.user, at=clock.now()
            )
            messages.success(request, f"已立项，编号 {project.number}。")
            return redirect(url_of(project))
        except Refusal as refusal:
            put_in(form, refusal)
    back = frame(unit, "work:projects").url
    page = FormPage(frame(unit, "work:projects"), None, form, "建项目", "立项", back, more=steps)
    wrong = form.errors or any(step.errors for step in steps)
    return render(request, "work/projects/form.html", {"page": page, "form": form}, status=422 if wrong else 200)


@require_safe
def project(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    return _show(request, project_for(request, unit_id, number, Right.READ_RECORDS))


def _show(request: HttpRequest, project: Project, **filled: Any) -> HttpResponse:
    rights = held(request).rights_in(project.unit)
    page = project_page(project=project, rights=rights, on=clock.today(), **filled)
    return render(request, "work/projects/project.html", {"page": page}, status=422 if page.faulty else 200)


@require_safe
def printed(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    project = project_for(request, unit_id, number, Right.READ_RECORDS)
    rights = held(request).rights_in(project.unit)
    page = project_page(project=project, rights=rights, on=clock.today())
    return render(request, "work/projects/print.html", {"page": page})


@require_safe
def as_docx(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    project = project_for(request, unit_id, number, Right.READ_RECORDS)
    response = HttpResponse(project_docx(project, on=clock.today()), content_type=DOCX)
    name = quote(f"{project.number} {project.title}", safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.docx"
    return response


@reads_and_posts
def change(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """更正."""
    project = project_for(request, unit_id, number)
    form = ProjectForm(typed(request), people=_people(project, project.owner), initial=likely(project))
    page = FormPage(
        frame(project.unit, "work:projects"), project, form, "更正项目", "保存更正", url_of(project), project.revision
    )

    def save(data: dict[str, Any]) -> str:
        actions.change_project(project=project, draft=form.draft(), revision=_seen(data, project), **_by(request))
        return "更正已保存。"

    return _filled(request, page, save)


@reads_and_posts
def milestone_new(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    project = project_for(request, unit_id, number)
    form = StepForm(typed(request), people=_people(project))
    page = FormPage(frame(project.unit, "work:projects"), project, form, "加节点", "保存节点", url_of(project))

    def save(data: dict[str, Any]) -> str:
        actions.add_milestone(project=project, draft=form.draft(), **_by(request))
        return "已加节点。"

    return _filled(request, page, save)


@reads_and_posts
def milestone(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    """填进展 of one milestone."""
    project = project_for(request, unit_id, number)
    step = step_for(project, position)
    start = {"proof": step.proof, "done_on": step.done_on or clock.today(), "revision": project.revision}
    form = ProgressForm(typed(request), request.FILES or None, initial=start)
    page = FormPage(
        frame(project.unit, "work:projects"), project, form, "填进展", "保存进展", url_of(project), project.revision,
        step=step,
    )  # fmt: skip

    def save(data: dict[str, Any]) -> str:
        actions.finish_milestone(
            milestone=step, proof=data["proof"], on=data["done_on"], file=kept_file(request, data["file"]),
            revision=_seen(data, project), **_by(request),
        )  # fmt: skip
        return "进展已记下。"

    return _filled(request, page, save)


@reads_and_posts
def milestone_change(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    project = project_for(request, unit_id, number)
    step = step_for(project, position)
    start = {"text": step.text, "owner": step.owner_id, "due_on": step.due_on}
    form = StepForm(typed(request), people=_people(project, step.owner), initial=start)
    page = FormPage(
        frame(project.unit, "work:projects"), project, form, "更正节点", "保存更正", url_of(project), project.revision,
        drop_url="" if step.done_on else url_of(project, "milestone_drop", position),
    )  # fmt: skip

    def save(data: dict[str, Any]) -> str:
        actions.change_milestone(milestone=step, draft=form.draft(), revision=_seen(data, project), **_by(request))
        return "节点已更正。"

    return _filled(request, page, save)


@require_POST
def milestone_drop(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    project = project_for(request, unit_id, number)
    step = step_for(project, position)
    return _done(
        request, project, "节点已撤销。",
        lambda: actions.drop_milestone(milestone=step, revision=_posted(request, project), **_by(request)),
    )  # fmt: skip


@require_POST
def link(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """关联记录."""
    project = project_for(request, unit_id, number)
    form = LinkForm(request.POST, project=project)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.link_session(
                project=project, number=data["record"], what=data["what"], aim_id=data["aim"], **_by(request)
            )
            messages.success(request, "记录已关联。")
            return redirect(url_of(project) + "#records")
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, project, link=form)


@require_POST
def unlink(request: HttpRequest, unit_id: int, number: str, pk: int) -> HttpResponse:
    project = project_for(request, unit_id, number)
    row = project.links.filter(pk=pk).first()
    if row is None:
        raise NotYours("没有这条关联。")
    return _done(
        request, project, "已取消关联，记录还在台账里。", lambda: actions.unlink_session(link=row, **_by(request))
    )


@require_POST
def material(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """存材料."""
    project = project_for(request, unit_id, number)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = kept_file(request, form.cleaned_data["file"])
            assert file is not None  # the form wants one
            actions.add_material(project=project, file=file, caption=form.cleaned_data["caption"], **_by(request))
            messages.success(request, "材料已存入。")
            return redirect(url_of(project) + "#materials")
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, project, material=form)


@require_POST
def material_remove(request: HttpRequest, unit_id: int, number: str, pk: int) -> HttpResponse:
    project = project_for(request, unit_id, number)
    row = project.materials.filter(pk=pk).first()
    if row is None:
        raise NotYours("没有这份材料。")
    return _done(request, project, "材料已从项目取消。", lambda: actions.remove_material(material=row, **_by(request)))


@require_safe
def file(request: HttpRequest, unit_id: int, number: str, file_id: int) -> FileResponse:
    """A material of the project, or the proof of one of its milestones."""
    project = project_for(request, unit_id, number, Right.READ_RECORDS)
    named = {row.file_id: (row.caption, row.file) for row in project.materials.all()}
    named |= {row.file_id: (row.text, row.file) for row in project.milestones.all() if row.file_id and row.file}
    caption, stored = named.get(file_id, ("", None))
    return sent_file(stored, name=f"{project.number}-{caption}")


@reads_and_posts
def finish(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """办结."""
    project = project_for(request, unit_id, number)
    start = {"outcome": project.outcome, "done_on": clock.today()}
    form = FinishForm(typed(request), initial=start)
    page = FormPage(
        frame(project.unit, "work:projects"), project, form, "办结项目", "办结", url_of(project), project.revision
    )

    def save(data: dict[str, Any]) -> str:
        actions.finish_project(
            project=project, outcome=data["outcome"], on=data["done_on"], revision=_seen(data, project), **_by(request)
        )
        return f"{project.number} 已办结。"

    return _filled(request, page, save)


@reads_and_posts
def stop(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """中止."""
    project = project_for(request, unit_id, number)
    form = StopForm(typed(request), initial={"stopped_on": clock.today()})
    page = FormPage(
        frame(project.unit, "work:projects"), project, form, "中止项目", "中止", url_of(project), project.revision
    )

    def save(data: dict[str, Any]) -> str:
        actions.stop_project(
            project=project, reason=data["reason"], on=data["stopped_on"], revision=_seen(data, project), **_by(request)
        )
        return f"{project.number} 已中止。"

    return _filled(request, page, save)


@require_POST
def resume(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    project = project_for(request, unit_id, number)
    return _done(
        request, project, "项目已重新打开。",
        lambda: actions.resume_project(project=project, revision=_posted(request, project), **_by(request)),
    )  # fmt: skip


# -- parts ------------------------------------------------------------------------------------------------------------


def _people(project: Project, owner: Member | None = None) -> list[Member]:
    """Who may answer for it; who has left stays what he was."""
    people = chairs_for(project.unit, clock.today())
    return [*people, owner] if owner and owner not in people else people


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


def _seen(data: dict[str, Any], project: Project) -> int:
    """The revision the editor saw: a form that does not say saw the one that stands."""
    return int(data.get("revision") or project.revision)


def _posted(request: HttpRequest, project: Project) -> int:
    return number_in(request.POST.get("revision"), otherwise=project.revision, most=10**9)


def _filled(request: HttpRequest, page: FormPage, save: Any) -> HttpResponse:
    return filled(request, page, save, template="work/projects/form.html")


def _done(request: HttpRequest, project: Project, said: str, do: Any) -> HttpResponse:
    return pressed(request, said, do, back=url_of(project))


ONE = "projects/<int:unit_id>/<str:number>/"
URLS = [
    path("projects/", index, name="projects"),
    path("projects/export.xlsx", export, name="projects_export"),
    path("projects/new/", new, name="project_new"),
    path(ONE, project, name="project"),
    path(ONE + "print/", printed, name="project_print"),
    path(ONE + "project.docx", as_docx, name="project_docx"),
    path(ONE + "change/", change, name="project_change"),
    path(ONE + "milestones/new/", milestone_new, name="milestone_new"),
    path(ONE + "milestones/<int:position>/", milestone, name="milestone"),
    path(ONE + "milestones/<int:position>/change/", milestone_change, name="milestone_change"),
    path(ONE + "milestones/<int:position>/drop/", milestone_drop, name="milestone_drop"),
    path(ONE + "records/", link, name="project_link"),
    path(ONE + "records/<int:pk>/remove/", unlink, name="project_unlink"),
    path(ONE + "materials/", material, name="project_material"),
    path(ONE + "materials/<int:pk>/remove/", material_remove, name="project_material_remove"),
    path(ONE + "files/<int:file_id>/", file, name="project_file"),
    path(ONE + "finish/", finish, name="project_finish"),
    path(ONE + "stop/", stop, name="project_stop"),
    path(ONE + "resume/", resume, name="project_resume"),
]
