"""Changes to projects: set up, corrected, their milestones, links and materials, finished, stopped, taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.rules import TALK_KINDS
from youju.records.activities.values import HAPPENED
from youju.records.numbering import next_number
from youju.records.projects.kinds import PROJECT_KINDS
from youju.records.projects.models import Aim, Milestone, Project, ProjectLink, ProjectMaterial
from youju.records.projects.queries import body_of, whole
from youju.records.projects.values import AimDraft, ProjectDraft
from youju.records.steps.actions import check_file, check_owner, checked, mark_done
from youju.records.steps.values import StepDraft
from youju.store.models import StoredFile

CODE = "项目"
MOST_AIMS = 12


def start_project(
    *, unit: Unit, draft: ProjectDraft, milestones: Sequence[StepDraft] = (), by: Actor | None, at: datetime
) -> Project:
    """立项. Raises Refusal on the field at fault; nothing is written then."""
    keeper = ledger_unit(unit)
    words = _words(draft, unit=keeper, today=local_day(at))
    with transaction.atomic():
        number = next_number(keeper, draft.since.year, CODE)  # locks: the second of two at once sees the first
        same = Project.objects.filter(unit=keeper, kind=draft.kind, title=words["title"], since__year=draft.since.year)
        if there := same.first():
            raise Refusal("title", f"今年已经有这个项目，编号 {there.number}。")
        project = Project.objects.create(
            unit=keeper, number=number, kind=draft.kind, owner_id=draft.owner_id, since=draft.since, until=draft.until,
            entered_at=at, **words,
        )  # fmt: skip
        _write_aims(project, draft.aims)
        for position, step in enumerate(milestones):
            _write_step(project, step, position)
        _note(project, verb="立项", by=by, at=at)
    return project


def change_project(*, project: Project, draft: ProjectDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """更正. ``revision`` is the one the editor saw; a newer one refuses. Raises Refusal on the field at fault."""
    with transaction.atomic():
        project = _still(project, revision)
        words = _words(draft, unit=project.unit, today=local_day(at), kept_owner=project.owner_id)
        before = {project.since.year, *([project.until.year] if project.until else [])}
        if (done := project.done_on) and done < draft.since:
            raise Refusal("since", f"项目{chinese_date(done)}已经完成，立项日期不能晚于那天。")
        for name, value in {**words, "kind": draft.kind, "owner_id": draft.owner_id}.items():
            setattr(project, name, value)
        project.since, project.until = draft.since, draft.until
        project.save()
        _write_aims(project, draft.aims)
        _note(project, verb="更正项目", by=by, at=at, years=before)


def add_milestone(*, project: Project, draft: StepDraft, by: Actor | None, at: datetime) -> Milestone:
    """Raises Refusal on ``text``, ``owner`` or ``due_on``, or when the project is over."""
    with transaction.atomic():
        project = _open(project)
        if project.milestones.filter(text=draft.text.strip(), dropped_on__isnull=True).exists():
            raise Refusal("text", "已经有这个节点。")
        step = _write_step(project, draft, project.milestones.count())
        _note(project, verb="定项目节点", by=by, at=at)
    return step


def change_milestone(*, milestone: Milestone, draft: StepDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """更正节点: what it is, who answers, by when."""
    with transaction.atomic():
        project = _open(milestone.project, revision)
        step = _step(milestone)
        text = checked(draft, unit=project.unit, name="节点", kept_owner=step.owner_id)
        _check_due(project, draft.due_on)
        before = {step.due_on.year} if step.due_on else set()
        step.text, step.owner_id, step.due_on = text, draft.owner_id, draft.due_on
        step.save(update_fields=["text", "owner", "due_on"])
        _note(project, verb="更正项目节点", by=by, at=at, years=before)


def finish_milestone(
    *, milestone: Milestone, proof: str, on: date, file: StoredFile | None = None, revision: int | None = None,
    by: Actor | None, at: datetime,
) -> None:  # fmt: skip
    """填进展: it was reached. Raises Refusal on ``proof``, ``done_on`` or ``file``, or when somebody else was quicker."""
    with transaction.atomic():
        project = _open(milestone.project, revision)
        step = _step(milestone)
        before = {step.done_on.year} if step.done_on else set()
        mark_done(step, proof=proof, on=on, file=file, since=project.since, today=local_day(at))
        _note(project, verb="填节点进展", by=by, at=at, years=before)


def drop_milestone(*, milestone: Milestone, revision: int, by: Actor | None, at: datetime) -> None:
    """撤销节点, not yet reached: what was reached stays."""
    with transaction.atomic():
        project = _open(milestone.project, revision)
        step = _step(milestone)
        if step.done_on:
            raise Refusal("", "这个节点已经完成，不能撤销。")
        step.dropped_on = local_day(at)
        step.save(update_fields=["dropped_on"])
        _note(project, verb="撤销项目节点", by=by, at=at)


def link_session(
    *, project: Project, number: str, what: str = "", aim_id: int | None = None, by: Actor | None, at: datetime
) -> ProjectLink:
    """关联记录 of the unit's own ledger, by its number. Raises Refusal on ``record``, ``what`` or ``aim``."""
    what = worded(what, field="what", name="用处", most=120)
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project.pk)
        rows = Session.objects.filter(ledger=project.unit_id, number=number.strip(), status__in=HAPPENED)
        session = rows.first()
        if session is None:
            raise Refusal("record", "本组织台账里没有这个编号的记录。")
        if set(session.kind_rows.values_list("kind", flat=True)) <= TALK_KINDS:
            raise Refusal("record", "谈话只记谁和谁、在哪天，不作项目的佐证。")
        if aim_id is not None and not project.aims.filter(pk=aim_id).exists():
            raise Refusal("aim", "没有这个分目标，请重新选择。")
        if project.links.filter(session=session).exists():
            raise Refusal("record", f"{session.number} 已经关联。")
        link = ProjectLink.objects.create(project=project, session=session, what=what, aim_id=aim_id)
        _note(project, verb="关联记录", by=by, at=at)
    return link


def unlink_session(*, link: ProjectLink, by: Actor | None, at: datetime) -> None:
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=link.project_id)
        _keep_some_evidence(project, links=1)
        ProjectLink.objects.filter(pk=link.pk).delete()
        _note(project, verb="取消关联记录", by=by, at=at)


def add_material(
    *, project: Project, file: StoredFile, caption: str, by: Actor | None, at: datetime
) -> ProjectMaterial:
    """存材料. Raises Refusal on ``caption`` or ``file``."""
    caption = needed(caption, field="caption", name="说明", most=80)
    check_file(file)
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project.pk)
        if project.materials.filter(file=file).exists():
            raise Refusal("file", "这份材料已经存入。")
        row = ProjectMaterial.objects.create(project=project, file=file, caption=caption)
        _note(project, verb="存项目材料", by=by, at=at)
    return row


def remove_material(*, material: ProjectMaterial, by: Actor | None, at: datetime) -> None:
    """The project no longer rests on it; the stored file stays where else it is used."""
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=material.project_id)
        _keep_some_evidence(project, materials=1)
        ProjectMaterial.objects.filter(pk=material.pk).delete()
        _note(project, verb="取消项目材料", by=by, at=at)


def finish_project(
    *, project: Project, outcome: str, on: date, revision: int | None = None, by: Actor | None, at: datetime
) -> None:
    """办结: the outcome in words, resting on a record or a material. Raises Refusal on ``outcome`` or ``done_on``."""
    outcome = needed(outcome, field="outcome", name="成效", most=2000)
    with transaction.atomic():
        project = _open(project, revision)
        waiting = project.milestones.filter(dropped_on__isnull=True, done_on__isnull=True).count()
        if waiting:
            raise Refusal("", f"还有 {waiting} 个节点没有完成，填完进展（或撤销节点）才能办结。")
        _keep_some_evidence(project, ending=True)
        if not project.since <= on <= local_day(at):
            raise Refusal("done_on", "完成日期不能早于立项日期，也不能在将来。")
        last = project.milestones.filter(dropped_on__isnull=True).order_by("-done_on").first()
        if last and last.done_on and on < last.done_on:
            raise Refusal("done_on", f"最后一个节点{chinese_date(last.done_on)}才完成，完成日期不能早于那天。")
        project.outcome, project.done_on = outcome, on
        project.save(update_fields=["outcome", "done_on"])
        _note(project, verb="项目办结", by=by, at=at)


def stop_project(
    *, project: Project, reason: str, on: date, revision: int | None = None, by: Actor | None, at: datetime
) -> None:
    """中止, with its reason. Raises Refusal on ``reason`` or ``stopped_on``."""
    reason = needed(reason, field="reason", name="中止原因", most=300)
    with transaction.atomic():
        project = _open(project, revision)
        if not project.since <= on <= local_day(at):
            raise Refusal("stopped_on", "中止日期不能早于立项日期，也不能在将来。")
        project.reason, project.stopped_on = reason, on
        project.save(update_fields=["reason", "stopped_on"])
        _note(project, verb="项目中止", by=by, at=at)


def resume_project(*, project: Project, revision: int, by: Actor | None, at: datetime) -> None:
    """重新打开: it was not over after all. The outcome that was written stays to be written on."""
    with transaction.atomic():
        project = _still(project, revision)
        if not project.ended:
            raise Refusal("", "这个项目正在进行。")
        years = {day.year for day in (project.done_on, project.stopped_on) if day}
        project.done_on, project.stopped_on, project.reason = None, None, ""
        project.save(update_fields=["done_on", "stopped_on", "reason"])
        _note(project, verb="重新打开项目", by=by, at=at, years=years)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a project or milestone keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _words(draft: ProjectDraft, *, unit: Unit, today: date, kept_owner: int | None = None) -> dict[str, str]:
    if draft.kind not in PROJECT_KINDS:
        raise Refusal("kind", "请选项目种类。")
    title = needed(draft.title, field="title", name="名称", most=120)
    goal = needed(draft.goal, field="goal", name="目标", most=1000)
    business = worded(draft.business, field="business", name="业务结合点", most=500)
    if draft.since > today:
        raise Refusal("since", "立项日期不能在将来。")
    if draft.until is not None and draft.until < draft.since:
        raise Refusal("until", "完成时限不能早于立项日期。")
    check_owner(draft.owner_id, unit=unit, kept=kept_owner)
    _check_aims(draft.aims)
    return {"title": title, "goal": goal, "business": business}


def _check_aims(aims: Sequence[AimDraft]) -> None:
    if len(aims) > MOST_AIMS:
        raise Refusal("aims", f"分目标最多 {MOST_AIMS} 个。")
    if len({aim.name for aim in aims}) < len(aims):
        raise Refusal("aims", "有两个分目标名称一样，请改成不同的名称。")
    for aim in aims:
        needed(aim.name, field="aims", name="分目标名称", most=30)
        worded(aim.text, field="aims", name="分目标内容", most=200)


def _write_aims(project: Project, aims: Sequence[AimDraft]) -> None:
    """A sub-goal that keeps its name keeps its records; one that is gone leaves them to the project as a whole."""
    standing = {aim.name: aim for aim in project.aims.all()}
    for position, draft in enumerate(aims):
        aim = standing.pop(draft.name, None) or Aim(project=project, name=draft.name)
        aim.position, aim.text = position, draft.text
        aim.save()
    for gone in standing.values():
        gone.delete()


def _write_step(project: Project, draft: StepDraft, position: int) -> Milestone:
    text = checked(draft, unit=project.unit, name="节点")
    _check_due(project, draft.due_on)
    return Milestone.objects.create(
        project=project, position=position, text=text, owner_id=draft.owner_id, due_on=draft.due_on
    )


def _check_due(project: Project, due_on: date | None) -> None:
    if due_on and due_on < project.since:
        raise Refusal("due_on", f"时限不能早于立项日期（{chinese_date(project.since)}）。")


def _keep_some_evidence(project: Project, *, links: int = 0, materials: int = 0, ending: bool = False) -> None:
    """成效 rests on something: a record, a material, or the proof of a milestone."""
    if not ending and project.done_on is None:
        return
    left = project.links.filter(session__status__in=HAPPENED).count() - links + project.materials.count() - materials
    if left + project.milestones.filter(file__isnull=False, dropped_on__isnull=True).count() <= 0:
        raise Refusal(
            "",
            "成效要有佐证：先关联一条记录，或存一份材料，再办结。" if ending else "项目已经办结，要留下至少一份佐证。",
        )


def _step(milestone: Milestone) -> Milestone:
    step = Milestone.objects.get(pk=milestone.pk)
    if step.dropped_on:
        raise Refusal("", "这个节点已经撤销。")
    return step


def _still(project: Project, revision: int | None) -> Project:
    """As it is now, locked; somebody who saw an older one is told."""
    now = Project.objects.select_for_update().get(pk=project.pk)
    now.unit = project.unit
    if revision is not None and now.revision != revision:
        raise Overtaken("这个项目")
    return now


def _open(project: Project, revision: int | None = None) -> Project:
    now = _still(project, revision)
    if now.ended:
        raise Refusal("", "这个项目已经办结或中止，要改先重新打开。")
    return now


def _note(project: Project, *, verb: str, by: Actor | None, at: datetime, years: set[int] | None = None) -> None:
    project = whole(project.pk)
    days = [project.since, project.until, project.done_on, project.stopped_on]
    days += [day for step in project.milestones.all() for day in step.days]
    bump(unit_id=project.unit_id, years={day.year for day in days if day} | (years or set()))
    body, texts = body_of(project)
    owner = Owner("records", "project", project.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    Project.objects.filter(pk=project.pk).update(revision=revision.number)
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="project", object_id=project.pk, unit_id=project.unit_id,
        summary=project.number,
    )  # fmt: skip
