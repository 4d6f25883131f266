"""Projects in a report: told as things stood on its day, opened from their figure, and taken along in the box."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.people.models import Unit
from youju.records.projects import actions
from youju.records.projects.models import Project
from youju.records.projects.values import AimDraft, ProjectDraft
from youju.records.steps.values import StepDraft
from youju.reports.drafts.resolving import refs
from youju.reports.queries import report_of
from youju.reports.tell import project_words
from youju.store.actions import keep

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


def furnished(unit: Unit) -> Project:
    draft = ProjectDraft("secretary", "先锋岗", "岗位有先锋。", date(2026, 2, 10), aims=(AimDraft("示范"),))
    steps = (StepDraft("摸底", date(2026, 4, 1)), StepDraft("挂牌", date(2026, 11, 30)))
    project = actions.start_project(unit=unit, draft=draft, milestones=steps, by=None, at=AT)
    step = project.milestones.get(position=0)
    actions.finish_milestone(milestone=step, proof="底数已建册。", on=date(2026, 6, 1), by=None, at=AT)
    held = make.activity(unit, "committee_meeting", date(2026, 3, 5), title="研究先锋岗")
    actions.link_session(project=project, number=held.number, by=None, at=AT)
    file = keep(data="实施方案".encode(), by=None, at=AT)
    actions.add_material(project=project, file=file, caption="实施方案", by=None, at=AT)
    return project


def test_a_project_is_told_as_it_stood_and_what_is_missing_is_named() -> None:
    unit = standing_cast().branch
    project = furnished(unit)
    early = project_words(project, as_of=date(2026, 5, 1))
    assert early["progress"] == "尚待完成的是摸底，挂牌" and early["outcome"] == "〔缺：成效〕"
    late = project_words(project, as_of=TODAY)
    assert late["progress"] == "摸底已完成，底数已建册。尚待完成的是挂牌"
    assert (late["goal"], late["business"], late["aims"]) == ("岗位有先锋", "〔缺：业务结合点〕", "示范")
    report = report_of(unit, 2026, as_of=TODAY, outline="project")
    told = "".join(report.paragraphs())
    assert "实施书记项目1个" in told and "“先锋岗”关联的记录有“研究先锋岗”" in told
    (cited,) = [one for one in report.citations if one.answer.figure.id == "书记项目数"]
    (ref,) = refs(cited.answer.rows).values()
    assert (ref.noun, ref.row_id, ref.revision) == ("project", project.pk, 4)


def test_the_box_takes_the_project_along_and_its_figure_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    cast = standing_cast()
    project = furnished(cast.branch)
    client: Client = signed_in(cast.clerk)
    answer = client.get(f"/report/{cast.branch.pk}/2026/box/?outline=project")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as box:  # type: ignore[arg-type]
        names = box.namelist()
    assert f"项目/{project.number} 先锋岗.docx" in names
    assert any(name.startswith(f"佐证/{project.number}/") and "实施方案" in name for name in names)
    page = client.get(f"/report/{cast.branch.pk}/2026/?outline=project&f=2").content.decode()
    assert f"/work/projects/{cast.branch.pk}/" in page
