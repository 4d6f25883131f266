"""Files that lie, harm or are too large: each is refused with one sentence that says what to do."""

from __future__ import annotations

import random
import struct
import zipfile
from pathlib import Path

import pytest

from tests.paper.reading.make import NAMESPACES, body, docx, p, package, r, relations, zipped
from youju.paper.reading import UnreadableFile, read_bytes, read_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MEGABYTE = 1024 * 1024
# Bytes that do not shrink, so that the reader and not the ratio of sizes has to speak.
PADDING: dict[str, str | bytes] = {"word/media/image1.png": random.Random(1).randbytes(MEGABYTE)}


def sentence(data: bytes, name: str = "报告.docx") -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(data, name)
    said = refused.value.sentence
    assert said.endswith("。")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("size", [21, 100])
def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(size * MEGABYTE)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("the file was opened"))
    with pytest.raises(UnreadableFile, match=f"文件有 {size} MB，超过 20 MB"):
        read_document(path)


def test_bytes_in_memory_have_the_same_limit() -> None:
    assert "超过 20 MB" in sentence(b"PK\x03\x04" + b"x" * (20 * MEGABYTE))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "无.docx", "找不到文件"), (tmp_path, "是文件夹")):
        with pytest.raises(UnreadableFile, match=said):
            read_document(path)


def test_something_else_named_docx() -> None:
    assert "内容却不是 Word 文档" in sentence("只是文字".encode())
    assert "内容却不是 PDF" in sentence(b"text", "a.pdf")


def test_an_old_doc_or_wps() -> None:
    for name in ("a.doc", "a.wps", "a.docx"):
        assert "另存为 .docx" in sentence(OLE, name)


def test_an_encrypted_docx() -> None:
    assert "取消密码" in sentence(OLE + "EncryptedPackage".encode("utf-16-le"))


def test_an_encrypted_zip_entry() -> None:
    data = bytearray(docx("甲"))
    at = data.index(b"PK\x01\x02")
    while at >= 0:  # the flag stands in both headers; the central one counts
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert "取消密码" in sentence(bytes(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1 text}", "RTF"),
        (b"\xff\xd8\xff\xe0 jpeg", "图片"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"some text", ".html"),
    ],
)
def test_other_kinds_are_named(data: bytes, said: str) -> None:
    assert said in sentence(data, "a.html")


def test_a_spreadsheet_and_a_plain_zip() -> None:
    sheet = zipped({"_rels/.rels": relations(officeDocument="xl/workbook.xml"), "xl/workbook.xml": "<workbook/>"})
    assert "不是 Word 文档" in sentence(sheet)
    assert "不是 Word 文档" in sentence(zipped({"a.txt": "text"}))


def test_a_cut_docx() -> None:
    data = docx("召开支委会12次")
    for cut in (30, len(data) // 2, len(data) - 10):
        assert "损坏" in sentence(data[:cut])


def test_a_docx_without_text() -> None:
    assert "没有文字" in sentence(package(body(p())))


def test_a_bomb_is_seen_in_the_list_of_entries() -> None:
    data = package(body(p(r("甲"))), extra={"word/media/image1.bin": b"\0" * (40 * MEGABYTE)})
    assert len(data) < MEGABYTE
    assert "大得不正常" in sentence(data)


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.PART_BYTES", 100_000)
    document = body(p(r("甲" * 200_000)))
    data = bytearray(package(document))
    real = struct.pack("<I", len(document.encode()))
    assert data.count(real) >= 1
    assert "大得不正常" in sentence(bytes(data))
    # With the size in the list made small, zipfile stops early and its checksum speaks; nothing large is unpacked.
    assert "损坏" in sentence(bytes(data.replace(real, struct.pack("<I", 1000))))


def test_too_many_entries() -> None:
    assert "大得不正常" in sentence(zipped({f"e{n}": "" for n in range(5_001)}, method=zipfile.ZIP_STORED))


def test_a_list_of_entries_too_long_to_parse() -> None:
    data = docx("甲")
    end = data.rindex(b"PK\x05\x06")
    longer = data[: end + 12] + struct.pack("<I", 3 * MEGABYTE) + data[end + 16 :]
    assert "大得不正常" in sentence(longer)


def test_compression_that_office_programs_do_not_use() -> None:
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": body(p(r("甲"))),
    }
    assert "损坏" in sentence(zipped(parts, method=zipfile.ZIP_LZMA))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d [<!ENTITY % x SYSTEM "http://example.invalid/x.dtd"> %x;]>',
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x "&b;&b;&b;">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_entities_and_dtds(declaration: str) -> None:
    document = f"{declaration}<w:document {NAMESPACES}><w:body>{p(r('&x;'))}</w:body></w:document>"
    assert "DTD" in sentence(package(document))
    assert "DTD" in sentence(package(('<?xml version="1.0" encoding="UTF-16"?>' + document).encode("utf-16")))


def test_a_dtd_in_the_relations() -> None:
    data = package(body(p(r("甲"))), extra={"_rels/.rels": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})
    assert "DTD" in sentence(data)


def test_nesting_without_end() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 50_000
    assert "结构太复杂" in sentence(package(f"<w:document {NAMESPACES}><w:body>{deep}"))


def test_a_million_paragraphs() -> None:
    assert "拆成几份" in sentence(package(body("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000), extra=PADDING))


def test_a_hundred_thousand_paragraphs_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.PARAGRAPHS", 50)
    assert "拆成几份" in sentence(docx(*["甲"] * 51))


@pytest.mark.parametrize("inner", ["<w:p/>", "<w:p><w:r/></w:p>", "<w:del><w:p/></w:del>"])
def test_paragraphs_in_which_nothing_stands_count_as_they_come(monkeypatch: pytest.MonkeyPatch, inner: str) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.PARAGRAPHS", 50)
    # The reading stops at the fifty-first: what follows is not even well-formed.
    assert "拆成几份" in sentence(package(f"<w:document {NAMESPACES}><w:body>{inner * 51}</w:nothing>"))
    assert "拆成几份" in sentence(b"\n" * 60 + "甲".encode(), "a.txt")


def test_a_million_empty_paragraphs() -> None:
    data = package(body("<w:p/>" * 1_000_000 + p(r("召开支委会12次。"))), extra=PADDING)
    assert "超过300万字或10万段" in sentence(data)


def test_elements_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.ELEMENTS", 500)
    assert "结构太复杂" in sentence(package(body("<w:bookmarkEnd/>" * 600)))


def test_text_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.CHARACTERS", 500)
    assert "拆成几份" in sentence(docx("甲" * 501))
    assert "拆成几份" in sentence(("甲" * 501).encode(), "a.txt")


def test_an_unknown_xml_encoding() -> None:
    assert "损坏" in sentence(package('<?xml version="1.0" encoding="x-none"?><a/>'))


def test_relations_that_point_outside_the_package() -> None:
    data = package(body(p(r("甲"))), extra={"_rels/.rels": relations(officeDocument="../../etc/passwd")})
    assert "不是 Word 文档" in sentence(data)
