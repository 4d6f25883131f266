"""What is taken along of a stored draft, while it is written on, when it is final, and when the ledger has moved on."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY
from youju.paper.reading import read_bytes
from youju.people.looks.models import Look
from youju.records.activities.actions import remove_activity
from youju.records.models import Session
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft
from youju.reports.drafts.values import TextDraft
from youju.reports.unit_templates.actions import keep_template
from youju.reports.unit_templates.queries import sample_template

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)
EVERY = ("docx", "docx/?preset=unit", "pdf", "sources", "sources/?as=docx", "box")


@pytest.fixture
def draft(cast: Cast) -> Draft:
    """With a passage of the branch's own, which no composed sheet has."""
    draft = actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)
    first = draft.passages.filter(level=0).order_by("position")[0]
    actions.edit_passage(
        passage=first, draft=TextDraft("这一段是自己写的，支委会〔=支委会次数〕。", 1), by=cast.clerk, at=AT
    )
    draft.refresh_from_db()
    return draft


def url(draft: Draft, what: str) -> str:
    return f"/report/draft/{draft.pk}/{what}" + ("" if "?" in what else "/")


def taken(client: Client, draft: Draft, what: str) -> tuple[bytes, str]:
    answer = client.get(url(draft, what))
    assert answer.status_code == 200, answer.content[:300]
    data = b"".join(answer.streaming_content) if isinstance(answer, StreamingHttpResponse) else answer.content  # type: ignore[arg-type]
    return data, unquote(answer["Content-Disposition"])


def unpacked(client: Client, draft: Draft) -> dict[str, bytes]:
    data, _ = taken(client, draft, "box")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def squeezed(data: bytes, name: str) -> str:
    return "".join(read_bytes(data, name).text.split())


def test_each_way_holds_the_words_of_the_draft_and_says_that_it_is_not_final(cast: Cast, draft: Draft) -> None:
    keep_template(unit=cast.branch, data=sample_template(), name="模板.docx", by=cast.clerk, at=AT)
    clerk = signed_in(cast.clerk)
    for what in ("docx", "docx/?preset=branch", "docx/?preset=unit", "pdf"):
        data, name = taken(clerk, draft, what)
        said = squeezed(data, "a.pdf" if what == "pdf" else "a.docx")
        assert "这一段是自己写的，支委会4次。" in said, what
        assert f"未定稿，第{draft.version}版" in said and "附：数据出处表" in said, what
        assert "（未定稿）" in name, what
    assert f"未定稿，第{draft.version}版" in squeezed(taken(clerk, draft, "sources/?as=docx")[0], "a.docx")


def test_a_final_one_bears_its_seal_and_no_word_of_unfinished(cast: Cast, draft: Draft) -> None:
    actions.finalise(draft=draft, base=draft.version, by=cast.secretary, at=AT)
    draft.refresh_from_db()
    clerk = signed_in(cast.clerk)
    for what, name in (("docx", "a.docx"), ("pdf", "a.pdf"), ("sources/?as=docx", "a.docx")):
        data, called = taken(clerk, draft, what)
        said = squeezed(data, name)
        assert f"定稿，封存{draft.seal}" in said and "未定稿" not in said + called, what
    files = unpacked(clerk, draft)
    assert draft.seal in files["清单.txt"].decode() and "未定稿" not in files["清单.txt"].decode()


def test_without_a_template_the_page_says_where_to_put_one(cast: Cast, draft: Draft) -> None:
    answer = signed_in(cast.clerk).get(url(draft, "docx/?preset=unit"))
    assert answer.status_code == 400 and "还没有本单位的模板" in answer.content.decode()
    assert signed_in(cast.clerk).get(url(draft, "docx/?preset=nothing")).status_code == 400


def test_every_hash_of_the_box_holds_and_the_look_is_noted(cast: Cast, draft: Draft) -> None:
    looks = Look.objects.count()
    files = unpacked(signed_in(cast.clerk), draft)
    assert Look.objects.count() > looks
    manifest = json.loads(files["manifest.json"])
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    assert set(files) == {*listed, "manifest.json", "清单.txt"}
    assert {path: hashlib.sha256(files[path]).hexdigest() for path in listed} == listed
    report = next(path for path in files if path.endswith("版）.docx"))
    assert "这一段是自己写的，支委会4次。" in squeezed(files[report], "a.docx")
    assert "研究春耕农资供应" in squeezed(files["记录/2026-支委-01 研究春耕农资供应.docx"], "a.docx")
    assert [path for path in files if path.startswith("问题/2025-问题-01")]
    assert manifest["title"].endswith(f"（未定稿，第{draft.version}版）")


def test_what_was_cited_goes_along_and_what_came_since_does_not(cast: Cast, draft: Draft) -> None:
    """The draft stands on the records of its day; one that was removed since is named as missing."""
    make.activity(cast.branch, "committee_meeting", date(2026, 11, 18), title="补记的一次")
    gone = Session.objects.get(ledger=cast.branch, number="2026-支委-02")
    remove_activity(session=gone, reason="重复", by=cast.clerk, at=AT)
    clerk = signed_in(cast.clerk)
    files = unpacked(clerk, draft)
    assert not [path for path in files if "补记的一次" in path or "2026-支委-02" in path]
    gaps = json.loads(files["manifest.json"])["gaps"]
    assert "有1条引用过的记录已经撤销，装不进来。" in gaps and "报告里写着缺：没有组织生活会记录。" in gaps
    book = load_workbook(io.BytesIO(taken(clerk, draft, "sources")[0]))
    figures = {row[1]: row for row in book["数据出处表"].iter_rows(min_row=2, values_only=True)}
    assert figures["支委会次数"][2] == "4次" and "2026-支委-02" in figures["支委会次数"][6]
    lines = [row[3] for row in book["逐条记录"].iter_rows(min_row=2, values_only=True) if row[1] == "支委会次数"]
    assert set(lines) == {"2026-支委-01", "2026-支委-03", "2026-支委-04"}


def test_of_a_record_the_reader_may_not_open_only_the_number_goes_along(cast: Cast) -> None:
    make.activity(cast.other, "research", date(2026, 3, 30), title="邻居的调研", joining_unit_ids=(cast.branch.pk,))
    draft = actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)
    files = unpacked(signed_in(cast.clerk), draft)
    assert "2026-调研-01由别的组织记录" in files["清单.txt"].decode()
    assert not [path for path in files if "2026-调研-01" in path]
    rows = load_workbook(io.BytesIO(files["数据出处表.xlsx"]))["逐条记录"].iter_rows(values_only=True)
    assert "（无权查看）" in [row[5] for row in rows if row[3] == "2026-调研-01"]


def test_every_way_has_its_button_and_none_is_open_to_others(cast: Cast, draft: Draft) -> None:
    page = signed_in(cast.clerk).get(url(draft, "").rstrip("/") + "/").content.decode()
    for what in EVERY:
        assert f'href="{url(draft, what)}' in page, what
        assert signed_in(cast.superior).get(url(draft, what)).status_code == 403, what
        assert signed_in(cast.other_clerk).get(url(draft, what)).status_code == 404, what
        assert Client().get(url(draft, what)).status_code == 302, what
