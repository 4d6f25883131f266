"""学以致用 in a report: counted, told as things stood on its day, and its rows known by their revisions."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.reports.drafts.resolving import refs
from youju.reports.queries import report_of
from youju.study.models import Use
from youju.study.uses.actions import put_to_use
from youju.study.uses.values import UseDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


def test_the_learning_report_counts_and_tells_what_was_put_to_use() -> None:
    unit = standing_cast().branch
    source = enter_source(unit=unit, draft=SourceDraft("托管规范", parts=("总则",)), by=None, at=AT)
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    project = start_project(unit=unit, draft=draft, by=None, at=AT)
    used = {date(2026, 5, 6): "合同按规范签", date(2026, 11, 10): "服务单上墙"}
    for part, (day, outcome) in zip((None, source.parts.get().pk), used.items(), strict=True):
        put_to_use(work=project, draft=UseDraft(source.pk, outcome, part, day), by=None, at=AT)
    report = report_of(unit, 2026, as_of=TODAY, outline="learning")
    told = "".join(report.paragraphs())
    assert (
        "落实学以致用2件" in told
        and "为农服务项目“托管到户”" in told
        and "合同按规范签。" in told
        and "服务单上墙。" in told
    )
    (cited,) = [one for one in report.citations if one.answer.figure.id == "学以致用件数"]
    assert {ref.revision for ref in refs(cited.answer.rows).values()} == {1} and Use.objects.count() == 2
    (row,) = [
        row
        for row in audit_text(told, unit=unit, today=TODAY, year=2026, as_of=TODAY).judged
        if row.claim.text == "2件"
    ]
    assert (row.verdict, row.answer and row.answer.figure.id) == (Verdict.MATCHES, "学以致用件数")
    early = "".join(report_of(unit, 2026, as_of=date(2026, 6, 1), outline="learning").paragraphs())
    assert "落实学以致用1件" in early and "服务单上墙" not in early
