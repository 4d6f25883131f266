"""PDF: the same words and layout as the docx, and a sentence where the machine cannot."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from youju.paper import writing
from youju.paper.writing import pdf
from youju.paper.writing.pdf import NoPdf, families_found

PAPER = writing.Paper(
    title="青禾县供销社机关党支部书记抓基层党建工作述职报告",
    byline="青禾县供销社机关党支部书记　周砚秋",
    blocks=(
        writing.Heading(1, "一、履职情况"),
        writing.Heading(2, "（一）学习"),
        writing.Paragraph(
            ("召开支委会", writing.Cited("12次", "yj1", underline=True), "，学习“#let x = 1”和$y$、<b>。")
        ),
        writing.Table(("编号", "题目"), (("1", "*星号*_下划线_"),), (0.2, 0.8), title="附表"),
        writing.Form(
            "会议记录", ((("时间", "上午"), ("地点", "会议室")), (("议题", "农资"),)), foot="校验 abc", new_page=True
        ),
    ),
    appendix_table=writing.Table(("序号", "指标"), tuple((str(n), "支委会次数") for n in range(80)), (0.3, 0.7)),
    signed_by="周砚秋",
    signed_on=date(2026, 1, 5),
)


def pages(data):
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def test_all_words_stand_in_it_and_none_is_run_as_code():
    text = "".join(pages(writing.write_pdf(PAPER)))
    for words in (
        "召开支委会12次，学习“#letx=1”和$y$、<b>。",
        "*星号*_下划线_",
        "（一）学习",
        "会议记录",
        "校验abc",
        "2026年1月5日",
    ):
        assert words in text
    assert "附：数据出处表" in text


def test_the_pages_are_a4_with_their_numbers():
    reader = PdfReader(io.BytesIO(writing.write_pdf(PAPER)))
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    assert "—1—" in pages(writing.write_pdf(PAPER))[0]


def test_a_full_page_holds_22_lines_of_28_characters():
    body = writing.Paper(title="题", blocks=(writing.Paragraph(("国" * 2000,)),))
    lines = [
        line
        for line in PdfReader(io.BytesIO(writing.write_pdf(body))).pages[1].extract_text().splitlines()
        if "国" in line
    ]
    assert [len(line.strip()) for line in lines] == [28] * 22


def test_the_same_paper_gives_the_same_bytes():
    assert writing.write_pdf(PAPER) == writing.write_pdf(PAPER)


def test_both_layouts_can_be_set():
    branch = writing.Paper(title="题", blocks=(writing.Paragraph(("正文。",)),), preset=writing.BRANCH)
    assert "正文。" in pages(writing.write_pdf(branch))[0]


def test_only_families_of_this_machine_are_named():
    found = families_found()
    assert set(found) == {"body", "kai", "hei", "song", "title"}
    assert all(names for names in found.values())


def test_without_a_chinese_font_it_says_what_to_install(monkeypatch):
    pdf._families.cache_clear()
    monkeypatch.setattr(pdf, "_fonts", lambda: type("None", (), {"families": lambda self: ["DejaVu Sans"]})())
    with pytest.raises(NoPdf) as fault:
        pdf._families()
    assert "请安装仿宋、黑体、宋体" in fault.value.sentence
    pdf._families.cache_clear()
