"""A draft that went out and is dropped back: by its tags, by its words, and as nobody's when the reader says so."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY, busy_year
from youju.paper.reading import read_bytes
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft
from youju.reports.drafts.paper import docx_of
from youju.reports.drafts.values import TextDraft

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)
DECLINE = "不是这一份，不比对"


@pytest.fixture
def cast() -> Cast:
    return busy_year()


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)


def untagged(data: bytes, *changes: tuple[str, str]) -> bytes:
    """As WPS leaves it: the words of every control stand without it, some of them changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                text = re.sub(
                    r"<w:sdt><w:sdtPr>.*?</w:sdtPr><w:sdtContent>(.*?)</w:sdtContent></w:sdt>", r"\1", part.decode()
                )
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after, 1)
                part = text.encode()
            new.writestr(name, part)
    return out.getvalue()


def dropped(client: Client, cast: Cast, data: bytes) -> str:
    given = {"file": SimpleUploadedFile("改过.docx", data), "unit": cast.branch.pk}
    answer = client.post("/report/check/", given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_tags_it_is_known_by_its_words_and_the_reader_may_decline(cast: Cast, draft: Draft) -> None:
    clerk = signed_in(cast.clerk)
    data = untagged(docx_of(draft), (">11次<", ">13次<"))
    assert not read_bytes(data, "a.docx").tags
    row = draft.passages.filter(text__contains="〔=党员大会次数〕").get()
    actions.edit_passage(passage=row, draft=TextDraft("后来另写的一段。", 1), by=cast.clerk, at=AT)
    page = dropped(clerk, cast, data)
    said = re.sub(r"<[^>]+>", "", page)
    assert re.search(r"文字和《2026年度抓基层党建工作述职报告》第1版（2026年11月20日）有 (9\d|100)% 相同", said)
    assert "支委会次数：导出时是11次，稿子里改成了13次。" in said and "党员大会次数：" not in said
    assert f'href="/report/draft/{draft.pk}/"' in page
    assert "解决3个实际困难" in said and "“3个”" not in said  # a record's words, without their tag
    form = re.search(rf"<form(?:(?!<form).)*{DECLINE}.*?</form>", page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form[0], re.DOTALL)
    assert text
    fields.pop("csrfmiddlewaretoken", None)
    alone = clerk.post("/report/check/", fields | {"text": unescape(text[1])}).content.decode()
    assert "13次" in alone and "导出时是" not in alone and DECLINE not in alone
    assert 'name="apart" value="1"' in alone  # asking again with another year does not compare it again


def test_with_its_tags_there_is_nothing_to_decline(cast: Cast, draft: Draft) -> None:
    page = dropped(signed_in(cast.clerk), cast, docx_of(draft))
    assert "这是从本系统导出的稿子" in page and "第1版" in page and DECLINE not in page


def test_of_a_draft_nobody_hears_who_does_not_read_it(cast: Cast, draft: Draft) -> None:
    """What a superior or a neighbour drops is read as anybody's, with or without the tags."""
    for data in (docx_of(draft), untagged(docx_of(draft))):
        given = {"file": SimpleUploadedFile("稿.docx", data), "unit": cast.branch.pk}
        above = signed_in(cast.superior).post("/report/check/", given)
        assert "》第1版" not in above.content.decode() and f"/report/draft/{draft.pk}/" not in above.content.decode()
        given = {"file": SimpleUploadedFile("稿.docx", data), "unit": cast.other.pk}
        beside = signed_in(cast.other_clerk).post("/report/check/", given).content.decode()
        assert "》第1版" not in beside and "导出时是" not in beside


def test_a_report_of_others_is_read_as_anybody_s(cast: Cast, draft: Draft) -> None:
    text = "2026年度抓基层党建工作述职报告\n云岭镇中心小学党支部书记　周亦安\n召开支委会11次，党员大会3次。"
    page = signed_in(cast.clerk).post("/report/check/", {"text": text, "unit": cast.branch.pk}).content.decode()
    assert "相同，就照它比对" not in page and "新写的数字" not in page
