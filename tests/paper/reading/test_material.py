"""The library's door: html, md and xlsx as text, what audits read besides, and nothing that could tie up the machine."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.paper.reading.make import docx, pdf, zipped
from youju.paper.reading import UnreadableFile, limits, read_bytes, read_material


def text_of(data: bytes, name: str) -> str:
    read = read_material(data, name)
    for span in read.paragraphs:
        assert read.text[span.start : span.end].strip() and "\n" not in read.text[span.start : span.end]
    return read.text


def html(inner: str) -> str:
    return text_of(inner.encode(), "a.html")


def md(inner: str) -> str:
    return text_of(inner.encode(), "a.md")


def refused(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as told:
        read_material(data, name)
    return told.value.sentence


# --- web pages --------------------------------------------------------------------------------------------------------


def test_blocks_are_lines_and_marks_within_a_line_are_none() -> None:
    assert (
        html("<h1>标题</h1><p>第<b>一</b>段<br>换行</p>裸字<div>块<div>中块</div></div>")
        == "标题\n第一段\n换行\n裸字\n块\n中块"
    )


def test_what_nobody_sees_is_not_read() -> None:
    page = (
        "<html><head><title>题</title><style>p{}</style></head><body><script>if(a<b){'</p>'}</script><p>正文</p>"
        "<!-- 注 <p>注</p> --><noscript>无</noscript><p hidden>藏</p><div style='display: none'>藏</div><nav>首页</nav></body></html>"
    )
    assert html(page) == "正文"


def test_entities_and_blanks() -> None:
    assert (
        html("<p>a&lt;b&gt;&amp;&#20013;&#x6587;&nbsp;x   y\n z &bogus; 5 < 6</p>")
        == "a<b>&中文\xa0x y z &bogus; 5 < 6"
    )
    assert html("<p>上一行，\n  下一行</p>") == "上一行，下一行"


def test_cells_of_a_row_are_parted_by_tabs() -> None:
    assert html("<table><tr><th>甲<th>乙</tr><tr><td>1</td><td>2</td></tr></table>") == "甲\t乙\n1\t2"


def test_lines_of_what_is_set_as_it_is_stay() -> None:
    assert html("<pre>一\n二</pre>三") == "一\n二\n三"


def test_a_sign_of_greater_within_an_attribute_closes_no_tag() -> None:
    assert html("<p title=\"a>b\" data-x='c>d'>正文</p>") == "正文"


def test_an_element_left_open_swallows_nothing_but_a_script_does() -> None:
    assert html("<nav><p>正文</p>") == "正文"
    assert html("<p>前</p><script>x()<p>正文</p>") == "前"
    assert html("<p>前</p><!-- 注<p>正文</p>") == "前"


@pytest.mark.parametrize("said", ["gb2312", "GBK", "gb18030", "utf-8", ""])
def test_a_page_is_read_in_the_encoding_it_names(said: str) -> None:
    page = f'<html><head><meta charset="{said}"></head><body><p>党支部述职报告，学习十二次。</p></body></html>'
    assert text_of(page.encode(said or "gb18030"), "a.htm") == "党支部述职报告，学习十二次。"


def test_a_page_that_names_another_encoding_than_its_own_is_read_all_the_same() -> None:
    page = '<html><head><meta charset="utf-8"></head><body><p>党支部述职报告，学习十二次。</p></body></html>'
    assert text_of(page.encode("gb18030"), "a.htm") == "党支部述职报告，学习十二次。"
    assert text_of(b"\xff\xfe" + page.encode("utf-16-le"), "a.htm") == "党支部述职报告，学习十二次。"


def test_a_page_called_text_is_known_by_its_beginning() -> None:
    assert text_of("<!DOCTYPE html><html><p>正文</p>".encode(), "a.txt") == "正文"
    assert text_of("正文<p>一".encode(), "a.txt") == "正文<p>一"


def test_a_page_without_words_is_refused() -> None:
    assert "没有文字" in refused(b"<html><script>x</script></html>", "a.html")


# --- markdown ---------------------------------------------------------------------------------------------------------


def test_signs_that_set_off_go_and_words_stay() -> None:
    source = (
        "---\ntitle: 题\ndate: 2023-01-01\n---\n# 标题 #\n\n**一、** 做`事`，[见此](http://a.b/c)，![图](x.png)~~旧~~*斜*\n\n- 甲\n"
        "* 乙\n> 引\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n***\n```\n# 码\n```\n<!-- 注\n释 -->尾"
    )
    assert md(source).split() == [
        "标题",
        "一、",
        "做事，见此，图旧斜",
        "甲",
        "乙",
        "引",
        "a",
        "b",
        "1",
        "2",
        "#",
        "码",
        "尾",
    ]


def test_what_only_looks_like_a_sign_stays() -> None:
    source = "##paidbegin##乙##paidend##\n____次，共***人，3*4*5\n#党建# 话题\n-5度\n1. 第一\n（一）〔2023〕12号"
    assert md(source) == source


def test_a_rule_at_the_head_is_no_front_matter() -> None:
    assert md("---\n正文在此。\n---\n后文。") == "正文在此。\n后文。"


# --- tables -----------------------------------------------------------------------------------------------------------


def book(**sheets: list[list[object]]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    assert made.active is not None
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def test_every_visible_sheet_is_read_row_by_row() -> None:
    data = book(
        甲=[["姓名", "日期", "次数"], ["甲乙", date(2023, 3, 5), 12], [None, "=1+1", 1.5]], 空=[], 乙=[["第二张\n表"]]
    )
    assert text_of(data, "a.xlsx") == "姓名\t日期\t次数\n甲乙\t2023-03-05\t12\n\t\t1.5\n第二张 表"


def test_a_hidden_sheet_is_not_read() -> None:
    made, out = Workbook(), io.BytesIO()
    assert made.active is not None
    made.active.append(["看得见"])
    hidden = made.create_sheet("藏")
    hidden.append(["藏着的"])
    hidden.sheet_state = "hidden"
    made.save(out)
    assert text_of(out.getvalue(), "b.xlsx") == "看得见"


def test_tables_that_could_harm_are_refused() -> None:
    data = book(甲=[["字"]])
    parts = {one: zipfile.ZipFile(io.BytesIO(data)).read(one) for one in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    assert "宏" in refused(zipped({**parts, "xl/vbaProject.bin": b"x"}), "a.xlsm")
    assert "链接" in refused(zipped({**parts, "xl/connections.xml": b"<x/>"}), "a.xlsx")
    bomb = b"<worksheet>" + b"<row/>" * 9_000_000
    assert "大得不正常" in refused(zipped({**parts, "xl/worksheets/sheet1.xml": bomb}), "a.xlsx")
    entity = b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"
    assert "表格损坏" in refused(zipped({**parts, "xl/worksheets/sheet1.xml": entity}), "a.xlsx")
    assert "损坏" in refused(data[: len(data) // 2], "a.xlsx")
    assert "空的" in refused(book(甲=[]), "a.xlsx")
    assert "5000 行" in refused(book(甲=[["字"]] * 5_020), "a.xlsx")


# --- all the rest -----------------------------------------------------------------------------------------------------


def test_what_audits_read_the_library_reads_alike() -> None:
    for data, name in (
        (docx("一", "二"), "a.docx"),
        (pdf(["line one"]), "a.pdf"),
        ("正文。".encode("gb18030"), "a.txt"),
    ):
        assert read_material(data, name) == read_bytes(data, name)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.doc", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.wps", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xls", "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.html", "旧版格式"),
        (b"{\\rtf1 x", "a.rtf", "RTF"),
        (b"text", "a.wps", "另存为 .docx"),
        (b"text", "a.exe", ".html、.md、.xlsx"),
        (b"text", "a.xlsx", "不是 Excel"),
        (b"text", "a.docx", "不是 Word"),
        (b"%PDF-1.4 x", "a.md", "PDF"),
        (b"", "a.html", "空的"),
        (b"\0\0", "a.md", "空的"),
        (b"PK\x03\x04xl/workbook.xml", "a.txt", "表格"),
        (b"Rar!xxxx", "a.rar", ".html、.md、.xlsx"),
        (b"<p>" + b"x" * (20 * 1024 * 1024), "a.html", "20 MB"),
    ],
)
def test_what_is_not_read_says_what_to_do(data: bytes, name: str, said: str) -> None:
    assert said in refused(data, name)


def test_audits_read_no_more_than_before() -> None:
    with pytest.raises(UnreadableFile):
        read_bytes("<p>正文</p>".encode(), "a.html")
    with pytest.raises(UnreadableFile):
        read_bytes(book(甲=[["字"]]), "a.xlsx")


@pytest.mark.parametrize(
    "unit",
    ["<", "<!--", "<a ", "<nav>", "<p hidden>", "<script>", "</", "<a '", '<a "', '<a b="', "&", "&#", "<p>x", "<![CDATA[", "<!",
     "<pre>\n", "中\n", " ", "<td>"],
)  # fmt: skip
def test_a_hostile_page_takes_time_by_its_length(unit: str) -> None:
    assert_linear(unit, "a.html")


@pytest.mark.parametrize(
    "unit",
    [
        "*",
        "**",
        "**a",
        "_",
        "[",
        "[a](",
        "![",
        "|",
        "| -",
        "-",
        "- ",
        "---",
        "--- ",
        "`",
        "#",
        "# ",
        ">",
        "<!--",
        "~",
        " ",
    ],
)
def test_a_hostile_markdown_takes_time_by_its_length(unit: str) -> None:
    assert_linear(unit, "a.md")


def assert_linear(unit: str, name: str) -> None:
    def cost(size: int) -> float:
        data = ("文" + unit * (size // len(unit))).encode()
        began = time.process_time()
        with contextlib.suppress(UnreadableFile):
            read_material(data, name)
        return time.process_time() - began

    small, large = cost(40_000), cost(640_000)
    assert large < 64 * small + 1.0, (small, large)  # 16 times the text; what grows with its square takes 256 times


def test_a_page_of_a_million_blocks_is_refused() -> None:
    assert "太多" in refused(b"<p>x" * (limits.PARAGRAPHS + 2), "a.html")


MARKS = st.sampled_from(
    [
        "<",
        ">",
        "<p>",
        "</p>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "'",
        '"',
        "&amp;",
        "文",
        "\n",
        " ",
        "<td>",
        "<pre>",
        "*",
        "|",
        "#",
        "`",
        "---\n",
    ]
)


@given(st.lists(MARKS, max_size=40).map("".join), st.sampled_from(["a.html", "a.md"]))
def test_whatever_stands_there_is_text_or_a_sentence(source: str, name: str) -> None:
    try:
        assert text_of(f"文{source}".encode(), name).strip()
    except UnreadableFile as told:
        assert told.sentence.endswith("。")
