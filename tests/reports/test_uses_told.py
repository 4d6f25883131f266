"""学以致用 in a report: counted, told as things stood on its day, and its rows known by their revisions."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict
from youju.paper.reading import read_bytes
from youju.records.facets.values import Facets
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.reports.box import box
from youju.reports.boxed import Contents, behind_topics, contents_of
from youju.reports.drafts.resolving import refs
from youju.reports.queries import report_of
from youju.store.actions import keep
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import Use
from youju.study.uses.actions import put_to_use, withdraw_use
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


def packed(contents: Contents, *open_units: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    data = b"".join(box(contents, open_units=open_units, talks_in=open_units, at=AT))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return files, json.loads(files["manifest.json"])


def test_the_box_takes_a_cited_use_and_the_file_that_shows_it() -> None:
    unit = standing_cast().branch
    source = enter_source(unit=unit, draft=SourceDraft("托管规范", parts=("总则",)), by=None, at=AT)
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    project = start_project(unit=unit, draft=draft, by=None, at=AT)
    proof = keep(data=b"the contract itself", by=None, at=AT)
    words = UseDraft(source.pk, "合同按规范签", None, date(2026, 5, 6))
    one = put_to_use(work=project, draft=words, file=proof, by=None, at=AT)
    other = put_to_use(
        work=project, draft=replace(words, part_id=source.parts.get().pk, outcome="服务单上墙"), by=None, at=AT
    )
    contents = contents_of(report_of(unit, 2026, as_of=TODAY, outline="learning"), unit=unit.name, open_units={unit.pk})
    assert set(contents.uses) == {one.pk, other.pk}
    files, manifest = packed(contents, unit.pk)
    sheet = read_bytes(files[f"学以致用/{one.number} 《托管规范》.docx"], "表.docx").text
    assert all(words in sheet for words in ("合同按规范签", "托管到户", project.number, "2026年5月6日"))
    shown = [name for name in files if name.startswith(f"佐证/{one.number}/")]
    assert [files[name] for name in shown] == [b"the contract itself"]
    (record,) = [row for row in manifest["records"] if row["number"] == one.number]
    assert record["open"] and shown[0] in record["files"]
    withdraw_use(use=other, revision=1, reason="记重了", by=None, at=AT)
    files, manifest = packed(contents, unit.pk)
    assert not any(other.number in name for name in files)
    assert f"{other.number}已经撤回，装不进来。" in manifest["gaps"]


def test_of_a_use_the_reader_may_not_open_only_the_number_goes_along() -> None:
    unit = standing_cast().branch
    source = enter_source(unit=unit, draft=SourceDraft("托管规范"), by=None, at=AT)
    walk = make.activity(unit, "visit", date(2026, 5, 6), title="走访河湾村")
    proof = keep(data=b"the contract itself", by=None, at=AT)
    use = put_to_use(work=walk, draft=UseDraft(source.pk, "签了三户"), file=proof, by=None, at=AT)
    contents = contents_of(report_of(unit, 2026, as_of=TODAY, outline="learning"), unit=unit.name, open_units=())
    files, manifest = packed(contents)
    assert {"number": use.number, "open": False, "files": []} in manifest["records"]
    assert b"the contract itself" not in files.values()
    assert not any(name.startswith(("学以致用/", "佐证/")) for name in files)


def test_what_touched_a_cited_topic_goes_along() -> None:
    cast = standing_cast()
    top = add_topic(unit=cast.branch, draft=TopicDraft("红色教育"), parent_id=None, by=None, at=AT)
    other = add_topic(unit=cast.branch, draft=TopicDraft("法律"), parent_id=None, by=None, at=AT)
    held = make.activity(cast.branch, "group_study", date(2026, 3, 5), facets=Facets(topics=("红色教育",)))
    make.activity(cast.branch, "group_study", date(2026, 4, 5), facets=Facets(topics=("法律",)))
    make.activity(cast.branch, "group_study", date(2025, 4, 5), facets=Facets(topics=("红色教育",)))
    assert behind_topics([top.pk], 2026, as_of=TODAY) == {"activity": {held.pk}, "use": set()}
    assert behind_topics([top.pk, other.pk], 2026, as_of=date(2026, 3, 31))["activity"] == {held.pk}


def test_the_learning_report_names_the_texts_and_the_forms_that_records_say() -> None:
    cast = standing_cast()
    bare = "".join(report_of(cast.branch, 2026, as_of=TODAY, outline="learning").paragraphs())
    make.activity(cast.branch, "group_study", date(2026, 3, 5))
    told = "".join(report_of(cast.branch, 2026, as_of=TODAY, outline="learning").paragraphs())
    for words in ("一起学的材料", "座谈讨论3次", "面向青年"):
        assert words not in bare and words not in told
    facets = Facets(forms=("round_table",), topics=("红色教育",))
    for month in (4, 5, 6):
        make.activity(
            cast.branch, "seminar", date(2026, month, 5), facets=facets, studied=(Said("青禾读本", f"第{month}章"),)
        )
    text = "".join(report_of(cast.branch, 2026, as_of=TODAY, outline="learning").paragraphs())
    assert "一起学的材料有《青禾读本》。" in text and "开展座谈讨论3次。" in text and "学习覆盖专题" not in text
    add_topic(unit=cast.branch, draft=TopicDraft("红色教育"), parent_id=None, by=None, at=AT)
    add_topic(unit=cast.branch, draft=TopicDraft("法律"), parent_id=None, by=None, at=AT)
    text = "".join(report_of(cast.branch, 2026, as_of=TODAY, outline="learning").paragraphs())
    assert "学习覆盖专题1个，专题覆盖率50%。" in text
    audit = audit_text(text, unit=cast.branch, today=TODAY, year=2026, as_of=TODAY)
    assert {one.verdict for one in audit.judged} == {Verdict.MATCHES}
