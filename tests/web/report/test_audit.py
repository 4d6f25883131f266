"""核对: any file or text is judged in memory, each number with both sides; a bad file costs one sentence."""

from __future__ import annotations

import os
import random
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from tests.paper.reading.make import docx, zipped
from tests.web.forms import signed_in
from tests.web.report.ledger import busy_year
from youju.accounts.models import User
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role
from youju.store.models import StoredFile

pytestmark = pytest.mark.django_db
CHECK = "/report/check/"
REPORT = (
    "2026年度抓基层党建工作述职报告",
    "我主持召开支委会11次，开展主题党日40次，党课4次。多次走访群众，线上推送12篇。",
    "下一年，计划召开支委会12次。",
    "2026年11月20日",
)


@pytest.fixture
def cast() -> Cast:
    return busy_year()


@pytest.fixture
def bare() -> Cast:
    """No records: quicker where only the door is tried."""
    return standing_cast(groups=1)


def upload(client: Client, data: bytes, name: str = "述职报告.docx", status: int = 200, **more: str) -> str:
    answer = client.post(CHECK, {"file": SimpleUploadedFile(name, data), **more})
    assert answer.status_code == status
    return answer.content.decode()


def pasted(client: Client, text: str, status: int = 200, **more: str) -> str:
    answer = client.post(CHECK, {"text": text, **more})
    assert answer.status_code == status
    return answer.content.decode()


def underlined(text: str) -> dict[str, str]:
    """What is underlined in the text, and how."""
    body = text.split('class="sheet text"')[1].split("</article>")[0]
    return {
        said: line.strip()
        for line, said in re.findall(r'<a class="fig ([a-z ]*?)(?: f)?(?: long)?" id="c[^"]+"[^>]*>([^<]+)</a>', body)
    }


def test_a_word_file_is_judged_number_by_number(cast: Cast) -> None:
    text = upload(signed_in(cast.clerk), docx(*REPORT))
    lines = underlined(text)
    assert lines["11次"] == "ok"
    assert lines["40次"] == "x"
    assert lines["4次"] == "x"
    assert "12次" not in lines  # a plan is not judged
    assert "主题党日写了40次，记录只有11次" in text
    assert "党课写了4次，记录只有1次" in text
    order = [re.sub(r"\d+$", "", name) for name in re.findall(r'id="g-(\w+)"', text)]
    order = list(dict.fromkeys(order))
    wanted = ["differs", "no_records", "vague", "not_checkable", "check", "matches", "not_applicable"]
    assert order == [name for name in wanted if name in order]
    assert {"differs", "matches", "not_applicable"} <= set(order)


def test_each_card_leads_to_its_place_its_records_and_what_to_do(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    text = upload(client, docx(*REPORT))
    number = re.search(r'<a class="fig x" id="c(\d+)" href="#k(\d+)">4次', text)
    assert number and number[1] == number[2]
    card = text.split(f'id="k{number[1]}"')[1].split("</article>")[0]
    assert f'href="#c{number[1]}"' in card
    assert f'href="/ledger/new/?unit={cast.branch.pk}&amp;kinds=party_lecture"' in card
    assert f"/ledger/{cast.branch.pk}/2026-" in card
    more = text.split("党课")[0]
    assert more


def test_there_is_no_score_and_no_blessing(cast: Cast) -> None:
    text = upload(signed_in(cast.clerk), docx(*REPORT))
    assert "合规" not in text
    assert "得分" not in text
    assert "读到 " in text


def test_pasted_text_and_other_formats(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    whole = "\n".join(REPORT)
    assert underlined(pasted(client, whole.replace("\n", "\r\n"))) == underlined(upload(client, docx(*REPORT)))
    assert underlined(upload(client, whole.encode("gb18030"), "报告.txt")) == underlined(pasted(client, whole))


def test_the_year_and_the_day_may_be_said(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert underlined(pasted(client, REPORT[1], as_of="2026-03-31"))["11次"] == "x"  # three by then
    assert underlined(pasted(client, REPORT[1], year="2025"))["11次"] == "x"
    text = pasted(client, REPORT[1])
    assert underlined(text)["11次"] == "ok"
    assert f"{REPORT[1]}</textarea>" in text  # goes with the form that asks again


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("as_of", "31-02", "写成 2026-11-20 这样"),
        ("as_of", "2027-01-01", "不能在今天之后"),
        ("as_of", "0001-01-01", "太早了"),
        ("year", "1066", "年度请重新选择"),
        ("unit", "abc", "组织请重新选择"),
    ],
)
def test_a_wrong_choice_is_said_beside_its_field_and_keeps_the_text(
    bare: Cast, field: str, value: str, sentence: str
) -> None:
    text = pasted(signed_in(bare.clerk), "召开支委会11次。", 422, **{field: value})
    assert sentence in text
    assert "召开支委会11次。" in text
    assert "<title>错误：" in text


def test_nothing_chosen(bare: Cast) -> None:
    for typed in ("", "  \n "):
        assert "请选一个文件，或者在下面粘贴文字" in pasted(signed_in(bare.clerk), typed, 422)


def test_a_text_without_numbers(bare: Cast) -> None:
    text = pasted(signed_in(bare.clerk), "今年工作总体平稳。")
    assert "没有读到数字说法" in text
    assert "没有可核的数字" in text


# -- bad files ---------------------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
BAD = {
    "not a docx": ("报告.docx", "只是文字".encode(), "内容却不是 Word 文档"),
    "an old doc": ("报告.doc", OLE, "另存为 .docx"),
    "encrypted": ("报告.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    "empty": ("报告.docx", b"", "文件是空的"),
    "a picture": ("报告.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "这是图片"),
    "a zip bomb": ("报告.docx", zipped({"word/document.xml": b"\0" * (120 * 1024 * 1024)}), ""),
    "broken": ("报告.docx", docx("一")[:200], ""),
    "no text": ("报告.docx", docx(), ""),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_costs_one_sentence(bare: Cast, what: str) -> None:
    name, data, said = BAD[what]
    text = upload(signed_in(bare.clerk), data, name, 422)
    beside = re.findall(r'class="err" id="id_file-err">.*?<span>([^<]+)</span>', text, re.DOTALL)
    assert len(beside) == 1
    assert said in beside[0]
    assert beside[0].endswith("。")


def files_below(folder: Path) -> set[str]:
    return {str(Path(at) / name) for at, _, names in os.walk(folder) for name in names if "sqlite" not in name}


def test_nothing_is_stored(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before, kept = files_below(Path(settings.DATA)), StoredFile.objects.count()
    client = signed_in(cast.clerk)
    upload(client, docx(*REPORT))
    upload(client, random.Random(1).randbytes(6 * 1024 * 1024), "大.docx", 422)
    assert files_below(Path(settings.DATA)) == before
    assert files_below(tmp_path) == set()
    assert StoredFile.objects.count() == kept


def test_a_hundred_megabytes_are_read_past(bare: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = upload(signed_in(bare.clerk), b"PK\x03\x04" + bytes(100 * 1024 * 1024), "大.docx", 422, as_of="2026-03-31")
    assert "文件约有 100 MB，超过 20 MB 的上限" in text
    assert 'value="2026-03-31"' in text  # what else was typed is kept
    assert files_below(tmp_path) == set()


def test_a_book_is_not_a_report(bare: Cast) -> None:
    long = "支委会开了。" * 10_001
    assert "超过 60000 字" in upload(signed_in(bare.clerk), long.encode(), "书.txt", 422)
    assert "超过 60000 字" in pasted(signed_in(bare.clerk), long, 422)
    assert "粘贴的文字太长" in pasted(signed_in(bare.clerk), "长" * 2_000_000, 422)


def test_words_of_a_file_are_words_and_nothing_else(bare: Cast) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>召开支委会9次</textarea><b>。"
    client = signed_in(bare.clerk)
    for text in (pasted(client, evil), upload(client, evil.encode(), "<script>x</script>.txt")):
        assert "<script>alert" not in text and "<script>x" not in text
        assert "<img src=x" not in text
        assert "</textarea><b>" not in text
        assert "&lt;script&gt;alert(1)" in text


# -- rights ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 200),
        ("secretary", 200),
        ("committee", 200),
        ("member", 403),
        ("superior", 200),
        ("admin", 403),
        ("stranger", 403),
    ],
)
def test_who_may_check(bare: Cast, who: str, status: int) -> None:
    client = signed_in(getattr(bare, who))
    assert client.get(CHECK).status_code == status
    unit = {"unit": str(bare.branch.pk)} if who == "superior" else {}  # he has several
    assert client.post(CHECK, {"text": "召开支委会9次。"} | unit).status_code == status


def test_another_branchs_ledger_answers_nothing(bare: Cast) -> None:
    client = signed_in(bare.clerk)
    pasted(client, "召开支委会9次。", 404, unit=str(bare.other.pk))
    assert client.get(f"{CHECK}?unit={bare.other.pk}").status_code == 404
    pasted(signed_in(bare.member), "召开支委会9次。", 403, unit=str(bare.branch.pk))


def test_who_has_two_branches_chooses(cast: Cast) -> None:
    grant(user=cast.clerk, unit=cast.other, role=Role.CLERK, since=make.LONG_AGO, by=None, at=make.START)
    client = signed_in(User.objects.get(pk=cast.clerk.pk))
    make.activity(cast.other, "committee_meeting", date(2026, 2, 5))
    assert "记录只有1次" in pasted(client, "召开支委会11次。", unit=str(cast.other.pk))
    assert underlined(pasted(client, "召开支委会11次。", unit=str(cast.branch.pk)))["11次"] == "ok"
    text = pasted(client, "", 422, unit=str(cast.other.pk))
    assert f'<option value="{cast.other.pk}" selected>' in text


def test_strangers_and_wrong_methods(bare: Cast) -> None:
    assert Client().get(CHECK)["Location"].startswith("/login/")
    assert Client().post(CHECK, {"text": "支委会9次"}).status_code == 302
    assert signed_in(bare.clerk).put(CHECK).status_code == 405


def test_a_form_from_elsewhere_is_refused(bare: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bare.clerk)
    assert client.post(CHECK, {"text": "支委会9次"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(CHECK).content.decode())
    assert token
    file = SimpleUploadedFile("稿.docx", docx(*REPORT))
    assert client.post(CHECK, {"csrfmiddlewaretoken": token[1], "file": file}).status_code == 200


def test_more_numbers_cost_no_more_queries(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    with CaptureQueriesContext(connection) as few:
        pasted(client, "2026年，召开支委会11次。")
    with CaptureQueriesContext(connection) as many:
        pasted(client, "2026年，召开支委会11次。" + "开展主题党日11次，走访3次。" * 50)
    assert len(many) <= len(few) + 2 <= 80
