"""Plain text in the encodings that offices use."""

from __future__ import annotations

from pathlib import Path

import pytest

from youju.paper.reading import UnreadableFile, read_bytes, read_document

TEXTS = Path(__file__).parents[2] / "texts"
SAID = "召开支委会12次；\n开展主题党日20余次。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_each_encoding_gives_the_same_text(encoding: str) -> None:
    assert read_bytes(SAID.encode(encoding), "报告.txt").text == SAID


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["今年支委会按月举行，学习抓得紧。", "党课讲得好", "走访群众"])
def test_a_line_without_digits_or_breaks_is_known_in_each_encoding(encoding: str, text: str) -> None:
    assert b"\0" not in text.encode(encoding)
    assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_rare_names_survive_gb18030() -> None:
    assert read_bytes("书记赟䶮、㛃喆".encode("gb18030"), "a.txt").text == "书记赟䶮、㛃喆"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\u2028", "\u0085"])
def test_newlines_of_every_kind_become_line_feeds(newline: str) -> None:
    assert read_bytes(f"甲{newline}{newline}乙".encode(), "a.txt").text == "甲\n\n乙"


def test_offsets_are_those_of_the_text_as_it_stands() -> None:
    found = read_bytes("  甲\n\n乙 \n".encode(), "a.txt")
    assert found.text == "  甲\n\n乙 \n"
    assert [(span.start, span.end, span.paragraph) for span in found.paragraphs] == [(0, 3, 0), (5, 7, 2)]
    place = found.place_at(5)
    assert place is not None
    assert (place.paragraph, place.char) == (2, 0)


def test_the_same_report_from_an_old_machine(tmp_path: Path) -> None:
    utf8 = read_document(TEXTS / "paper_report.txt")
    path = tmp_path / "报告.txt"
    path.write_bytes(utf8.text.replace("\n", "\r\n").encode("gb18030"))
    old = read_document(path)
    assert utf8.kind == old.kind == "txt"
    assert utf8.text == old.text
    assert utf8.text.startswith("2026年度党支部书记")


@pytest.mark.parametrize("data", [b"\x01\x02\x03abc", b"\xff" * 40, bytes(range(256)), "甲\0乙".encode()])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="另存为 UTF-8"):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize("data", [b"", b"\0\0\0", b" \n\r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_bytes(data, "a.txt")
