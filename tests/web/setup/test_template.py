"""报告模板: handed in with its faults told, used when a report goes out, and taken away again."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.journal.models import Line
from youju.paper.reading import read_bytes
from youju.paper.writing.template import template_faults
from youju.reports.unit_templates.models import ReportTemplate

pytestmark = pytest.mark.django_db
URL = "/setup/template/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast()
    make.activity(cast.branch, "committee_meeting", date(2026, 3, 5))
    return cast


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def send(client: Client, data: bytes, name: str = "本支部版式.docx", *, status: int = 302) -> str:
    answer = client.post(URL, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == status
    return answer.content.decode()


def test_the_sample_can_be_handed_in_as_it_is(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    sample = client.get(URL + "sample/").content
    assert template_faults(sample) == []
    send(client, sample)
    page = client.get(URL).content.decode()
    assert "本支部版式.docx" in page
    assert "{{ 数据出处表 }}" in page
    assert client.get(URL + "file/").content == sample
    assert Line.objects.filter(verb="存入报告模板", unit_id=cast.branch.pk).count() == 1


def test_each_fault_is_told_and_nothing_kept(cast: Cast) -> None:
    page = send(signed_in(cast.clerk), word("{{ 标题 }}", "{{ 姓名 }}", "{落款}"), status=422)
    assert "不认识占位符“{{ 姓名 }}”" in page
    assert "要写成两层半角花括号" in page
    assert not ReportTemplate.objects.exists()


def test_without_a_file_it_asks_for_one(cast: Cast) -> None:
    answer = signed_in(cast.clerk).post(URL)
    assert answer.status_code == 422
    assert "请选一个 Word 文件。" in answer.content.decode()


def test_a_report_goes_out_in_it_when_chosen(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    send(client, word("青禾供销社机关党支部文件头", "{{ 标题 }}", "{{ 正文 }}", "{{ 落款 }}"))
    report = f"/report/{cast.branch.pk}/2026/docx/"
    own = read_bytes(client.get(report + "?preset=unit").content, "a.docx")
    assert own.text.startswith("青禾供销社机关党支部文件头")
    assert "召开支委会1次" in own.text
    assert own.tags
    assert "文件头" not in read_bytes(client.get(report).content, "a.docx").text


def test_a_new_one_takes_its_place_and_it_can_be_dropped(cast: Cast) -> None:
    client = signed_in(cast.secretary)
    send(client, word("第一份", "{{ 正文 }}"))
    send(client, word("第二份", "{{ 正文 }}"), name="新版式.docx")
    assert [row.name for row in ReportTemplate.objects.all()] == ["新版式.docx"]
    for _ in range(2):
        assert client.post(URL + "drop/").status_code == 302
    assert not ReportTemplate.objects.exists()
    answer = client.get(f"/report/{cast.branch.pk}/2026/docx/?preset=unit")
    assert answer.status_code == 400
    assert "还没有本单位的模板" in answer.content.decode()


def test_another_unit_s_template_is_its_own(cast: Cast) -> None:
    send(signed_in(cast.clerk), word("{{ 正文 }}"))
    assert signed_in(cast.other_clerk).get(URL + "file/").status_code == 404
    assert signed_in(cast.member).get(URL).status_code in (403, 404)
