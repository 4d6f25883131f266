"""A project on paper: one sheet with its goal, its milestones, what it rests on and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.records.projects.models import Milestone, Project
from youju.records.projects.queries import stage_of

Pair = tuple[str, str]
NOT_SAID = "没有填写"


def project_docx(project: Project, *, on: date, preset: writing.Preset = writing.STANDARD) -> bytes:
    """项目表 of one project, loaded with its parts, as it stands on a day."""
    form = writing.Form(
        title=f"{project.kind_zh}表",
        rows=tuple(_rows(project, on)),
        foot=f"{project.number}　第{project.revision}次修订",
    )
    paper = writing.Paper(title=f"{project.unit.name}\n{project.kind_zh}表", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def _rows(project: Project, on: date) -> Iterator[tuple[Pair, ...]]:
    yield (("编号", project.number), ("状态", stage_of(project, on).zh))
    yield (("名称", project.title),)
    yield (("目标", project.goal),)
    for aim in project.aims.all():
        yield (("分目标", f"{aim.name}：{aim.text}" if aim.text else aim.name),)
    yield (("业务结合点", project.business or NOT_SAID),)
    yield (("责任人", project.owner.name if project.owner else NOT_SAID), ("立项日期", chinese_date(project.since)))
    yield (("完成时限", chinese_date(project.until) if project.until else NOT_SAID), ("节点", _count(project)))
    for number, step in enumerate(project.milestones.all(), 1):
        yield ((f"节点{number}", _step(step)),)
    links = [_link(link.session.number, link.session.head_title, link.what) for link in project.links.all()]
    yield (("关联记录", "；".join(links) or "还没有"),)
    yield (("材料", "；".join(row.caption for row in project.materials.all()) or "还没有"),)
    yield (("成效", project.outcome or "还没有写"),)
    if project.done_on:
        yield (("完成日期", chinese_date(project.done_on)),)
    if project.stopped_on:
        yield (("中止", f"{chinese_date(project.stopped_on)}。{project.reason}"),)


def _count(project: Project) -> str:
    steps = list(project.milestones.all())
    return f"{sum(step.done_on is not None for step in steps)}/{len(steps)}个" if steps else "没有节点"


def _step(step: Milestone) -> str:
    owner = f"，责任人{step.owner.name}" if step.owner else ""
    due = f"，时限{chinese_date(step.due_on)}" if step.due_on else ""
    done = f"{chinese_date(step.done_on)}完成：{step.proof}" if step.done_on else "还没有完成"
    return f"{step.text}{due}{owner}。{done}"


def _link(number: str, title: str, what: str) -> str:
    return f"{number} {title}（{what}）" if what else f"{number} {title}"
