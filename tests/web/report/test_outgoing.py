"""What is taken along of a report: PDF, the table of sources, and a box in which every hash holds."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY
from youju.paper.reading import read_bytes
from youju.records.activities.actions import add_evidence
from youju.records.models import Session
from youju.reports.outline import OUTLINES
from youju.store.actions import erase, keep
from youju.store.queries import path_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 proof of a meeting"


def url(cast: Cast, what: str, **given: str) -> str:
    query = "&".join(f"{key}={value}" for key, value in given.items())
    return f"/report/{cast.branch.pk}/2026/{what}/" + (f"?{query}" if query else "")


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return answer.content


def unpacked(cast: Cast) -> tuple[dict[str, bytes], dict[str, object]]:
    data = body(signed_in(cast.clerk), url(cast, "box"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    return files, json.loads(files["manifest.json"])


def with_proof(cast: Cast, number: str, data: bytes) -> None:
    session = Session.objects.get(ledger=cast.branch, number=number)
    at = make.moment(date(2026, 4, 20))
    stored = keep(data=data, by=cast.clerk, at=at)
    add_evidence(session=session, file=stored, caption="签到表", by=cast.clerk, at=at)


@pytest.mark.parametrize("what", ["docx", "pdf", "sources", "box"])
def test_who_may_not_read_drafts_takes_nothing_along(what: str) -> None:
    cast = standing_cast()
    assert signed_in(cast.stranger).get(url(cast, what)).status_code == 404
    assert signed_in(cast.superior).get(url(cast, what)).status_code in (403, 404)
    assert Client().get(url(cast, what)).status_code == 302


def test_the_pdf_holds_the_words_of_the_report(cast: Cast) -> None:
    text = read_bytes(body(signed_in(cast.clerk), url(cast, "pdf")), "a.pdf").text
    joined = "".join(text.split())
    assert "召开支委会4次" in joined
    assert "附：数据出处表" in joined
    assert "2026年11月20日" in joined


@pytest.mark.parametrize("outline", OUTLINES)
def test_each_outline_goes_out_under_its_own_title(cast: Cast, outline: str) -> None:
    answer = signed_in(cast.clerk).get(url(cast, "docx", outline=outline))
    title = OUTLINES[outline].title.format(year=2026)
    assert title in unquote(answer["Content-Disposition"])
    assert read_bytes(answer.content, "a.docx").text.startswith(title[:8])


def test_an_outline_nobody_knows_is_refused(cast: Cast) -> None:
    answer = signed_in(cast.clerk).get(url(cast, "pdf", outline="nothing"))
    assert answer.status_code == 400
    assert "没有“nothing”这份提纲" in answer.content.decode()


def test_the_table_of_sources_names_every_record(cast: Cast) -> None:
    book = load_workbook(io.BytesIO(body(signed_in(cast.clerk), url(cast, "sources"))))
    figures = {row[1]: row for row in book["数据出处表"].iter_rows(min_row=2, values_only=True)}
    assert figures["支委会次数"][2] == "4次"
    assert figures["支委会次数"][6] == "、".join(f"2026-支委-0{n}" for n in range(1, 5))
    lines = [row for row in book["逐条记录"].iter_rows(min_row=2, values_only=True) if row[1] == "支委会次数"]
    assert [row[5] for row in lines] == [
        f"研究{m}" for m in ("春耕农资供应", "党员积分管理", "村级服务站布点", "夏粮收购保障")
    ]
    alone = read_bytes(body(signed_in(cast.clerk), url(cast, "sources", **{"as": "docx"})), "a.docx").text
    assert "2026-支委-04" in alone


def test_every_hash_of_the_box_holds(cast: Cast) -> None:
    with_proof(cast, "2026-支委-01", PDF)
    files, manifest = unpacked(cast)
    listed = {entry["path"]: entry for entry in manifest["files"]}  # type: ignore[attr-defined]
    assert set(files) == {*listed, "manifest.json", "清单.txt"}
    for path, entry in listed.items():
        assert hashlib.sha256(files[path]).hexdigest() == entry["sha256"], path
        assert len(files[path]) == entry["size"], path
    lines = files["清单.txt"].decode().splitlines()
    sums = dict(reversed(line.split("  ", 1)) for line in lines if "  " in line)
    assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items() if path != "清单.txt"} == sums
    assert files["佐证/2026-支委-01/1 签到表.pdf"] == PDF
    assert "研究春耕农资供应" in read_bytes(files["记录/2026-支委-01 研究春耕农资供应.docx"], "a.docx").text
    problem = next(path for path in files if path.startswith("问题/2025-问题-01"))
    assert "各小组按题研讨" in read_bytes(files[problem], "a.docx").text


def test_what_is_missing_is_named(cast: Cast) -> None:
    with_proof(cast, "2026-支委-01", PDF)
    with_proof(cast, "2026-支委-02", PDF + b"2")
    with_proof(cast, "2026-支委-03", PDF + b"3")
    first, second, third = (
        Session.objects.get(ledger=cast.branch, number=f"2026-支委-0{n}").evidence.get().file for n in (1, 2, 3)
    )
    path_of(first.sha256).unlink()
    path_of(third.sha256).write_bytes(b"something else")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("youju.store.actions.transaction.on_commit", lambda do: do())
        erase(row=second, by=cast.clerk, at=make.moment(TODAY))
    _, manifest = unpacked(cast)
    gaps = "\n".join(manifest["gaps"])  # type: ignore[arg-type]
    assert f"2026-支委-01的一份佐证文件找不到了（{first.sha256[:8]}）" in gaps
    assert f"2026-支委-02的一份佐证已按规定清除（{second.sha256[:8]}）" in gaps
    assert "2026-支委-03的佐证“1 签到表.pdf”与存入时不一致，可能损坏。" in gaps
    assert "2026-支委-04没有佐证文件。" in gaps
    assert "报告里写着缺：没有组织生活会记录。" in gaps


def test_of_a_record_the_reader_may_not_open_only_the_number_goes_along(cast: Cast) -> None:
    """A session of another host in which the branch joined counts, but its papers are the host's."""
    make.activity(cast.other, "research", date(2026, 3, 30), title="邻居的调研", joining_unit_ids=(cast.branch.pk,))
    files, manifest = unpacked(cast)
    closed = [record for record in manifest["records"] if not record["open"]]  # type: ignore[attr-defined]
    assert [record["number"] for record in closed] == ["2026-调研-01"]
    assert "邻居的调研" not in files["清单.txt"].decode() + files["manifest.json"].decode()
    assert not [path for path in files if "2026-调研-01" in path]
    book = load_workbook(io.BytesIO(files["数据出处表.xlsx"]))
    assert "邻居的调研" not in str(list(book["逐条记录"].iter_rows(values_only=True)))


def test_one_of_our_own_dropped_back_says_what_was_changed(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    data = body(client, url(cast, "docx"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(">4次<".encode(), ">14次<".encode(), 1)
            new.writestr(name, part)
    answer = client.post("/report/check/", {"file": SimpleUploadedFile("改过.docx", out.getvalue())})
    page = answer.content.decode()
    assert "这是从本系统导出的稿子" in page
    assert "支委会次数：导出时是4次，稿子里改成了14次。" in page
    assert "解决3个实际困难" in page
    assert "“3个”" not in page  # told by a record, it is no claim of a figure


def test_somebody_else_s_file_is_not_taken_for_ours(cast: Cast) -> None:
    answer = signed_in(cast.clerk).post("/report/check/", {"text": "2026年召开支委会4次。"})
    assert "这是从本系统导出的稿子" not in answer.content.decode()
