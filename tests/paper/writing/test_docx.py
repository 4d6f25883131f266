"""The docx that is written: layout in figures, the same bytes each time, nothing of the machine in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.paper.writing.make import report
from youju.paper.writing import (
    BRANCH,
    PRESETS,
    STANDARD,
    Cited,
    Form,
    Heading,
    Paper,
    Paragraph,
    Preset,
    Table,
    write_docx,
)
from youju.paper.writing.docx import TITLE_JOINTS


def opened(paper: Paper) -> docx.document.Document:
    return docx.Document(io.BytesIO(write_docx(paper)))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def small(*spans: str | Cited, **more: object) -> Paper:
    return replace(Paper(title="述职报告", blocks=(Paragraph(spans),)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("preset", "margins", "pitch"),
    [(STANDARD, (37, 35, 28, 26), 28.95), (BRANCH, (25.4, 25.4, 31.7, 31.7), 31)],
)
def test_page_and_line_are_those_of_the_preset(preset: Preset, margins: tuple[float, ...], pitch: float) -> None:
    document = opened(report(preset=preset))
    section = document.sections[0]
    found = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(abs(length - Mm(wanted)) < Mm(0.05) for length, wanted in zip(found, margins, strict=True))
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    normal = document.styles["Normal"].paragraph_format
    assert normal.line_spacing == Pt(pitch)
    assert normal.line_spacing_rule == docx.enum.text.WD_LINE_SPACING.EXACTLY


def test_the_standard_page_holds_22_lines_of_28_characters() -> None:
    height = 297 - STANDARD.top_mm - STANDARD.bottom_mm
    assert height / (STANDARD.line / 20 / 72 * 25.4) >= 22
    assert STANDARD.text_width // (320 + STANDARD.letter_spacing) == 28
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in part(write_docx(report()), "word/document.xml")


def test_every_run_names_its_chinese_font() -> None:
    data = write_docx(report())
    document = docx.Document(io.BytesIO(data))
    runs = list(document.element.iter(qn("w:r")))
    assert len(runs) > 200
    for run in runs:
        fonts = run.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体")
        assert fonts.get(qn("w:hint")) == "eastAsia"


def test_styles_are_those_of_an_official_paper() -> None:
    styles = opened(report()).styles
    assert styles["Title"].font.size == Pt(22)
    for name, font in (("Title", "方正小标宋简体"), ("Heading 1", "黑体"), ("Heading 2", "楷体_GB2312")):
        assert styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert styles[name].paragraph_format.keep_with_next
    indent = styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_page_numbers_stand_outside() -> None:
    section = opened(report()).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.text == even.text == "— 1 —"
    assert (odd.style.name, even.style.name) == ("Footer Odd", "Footer Even")
    assert odd.style.paragraph_format.right_indent == even.style.paragraph_format.left_indent == Pt(14)


def test_the_table_has_a_width_on_every_cell_and_repeats_its_head() -> None:
    table = opened(report(rows=3)).tables[0]
    widths = [[cell.width for cell in row.cells] for row in table.rows]
    assert all(row == widths[0] for row in widths)
    assert abs(sum(widths[0]) - Mm(156)) < Mm(0.1)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_narrow_column_still_holds_its_head() -> None:
    table = Table(("序号", "说法"), (("1", "召开支委会12次"),), (1, 99))
    cells = opened(replace(small("文"), appendix_table=table)).tables[0].rows[0].cells
    assert cells[0].width >= Pt(2 * 10.5)
    assert abs(cells[0].width + cells[1].width - Mm(156)) < Mm(0.1)


def test_more_columns_than_room_share_the_width() -> None:
    table = Table(tuple(f"很长表头{n}" for n in range(40)), (), (1,) * 40)
    assert len(opened(replace(small("文"), appendix_table=table)).tables[0].columns) == 40


def test_table_text_leaves_the_grid() -> None:
    for name in ("Table Text", "Table Middle", "Table Head"):
        grid = opened(report()).styles[name].element.pPr.find(qn("w:snapToGrid"))
        assert grid.get(qn("w:val")) == "0"


def test_the_appendix_begins_a_page() -> None:
    document = opened(report())
    title = next(paragraph for paragraph in document.paragraphs if paragraph.text == "附：数据出处表")
    assert title.style.paragraph_format.page_break_before


@pytest.mark.parametrize(
    ("name", "day", "rights"),
    [
        # The date's first character stands two to the right of the name's: 11 − 6.5 = 4.5 from the right.
        ("青禾县供销社机关党支部", date(2026, 12, 5), ("200", "450")),
        ("中共青禾县供销社机关支部委员会", date(2026, 12, 15), ("200", "800")),
        # The date is longer than the name: it keeps the two characters and the name moves in.
        ("周砚秋", date(2026, 1, 5), ("700", "200")),
    ],
)
def test_signature_and_date_stand_as_7_3_5_2_says(name: str, day: date, rights: tuple[str, str]) -> None:
    last = opened(small("文。", signed_by=name, signed_on=day)).paragraphs[-2:]
    assert last[0].text == name
    assert last[1].text == f"{day.year}年{day.month}月{day.day}日"
    assert tuple(paragraph._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) for paragraph in last) == rights


def test_the_signature_takes_the_last_paragraph_with_it() -> None:
    assert opened(small("文。", signed_by="周砚秋")).paragraphs[-2].paragraph_format.keep_with_next
    assert opened(small("文。")).paragraphs[-1].paragraph_format.keep_with_next is None


def test_a_long_title_is_broken_between_words() -> None:
    title = (
        opened(Paper(title="中共青禾县供销社机关支部委员会2026年度抓基层党建工作述职报告", blocks=()))
        .paragraphs[0]
        .text
    )
    assert title == "中共青禾县供销社机关支部委员会\n2026年度抓基层党建工作述职报告"
    assert opened(small("文")).paragraphs[0].text == "述职报告"
    assert TITLE_JOINTS.search("没有可断之处") is None


def test_text_that_looks_like_markup_stays_text() -> None:
    hostile = '<w:p>&amp; "党" \x00\x0b\ud800]]>'
    paper = small(hostile, Cited("5次", 'a"<&>'), title="<题>&", byline="<人>")
    document = opened(paper)
    assert document.paragraphs[2].text.startswith('<w:p>&amp; "党" ]]>')
    assert document.core_properties.title == "<题>&"


def test_a_tag_word_would_drop_is_refused() -> None:
    for tag in ("", "x" * 65):
        with pytest.raises(ValueError, match="64 characters"):
            Cited("5次", tag)


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="same number of columns"):
        Table(("甲", "乙"), (("1",),), (1, 1))
    with pytest.raises(ValueError, match="above 0"):
        Table(("甲",), (), (0,))


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_same_paper_gives_the_same_bytes(preset: Preset) -> None:
    assert write_docx(report(preset=preset)) == write_docx(report(preset=preset))


def test_nothing_of_the_machine_or_the_moment_is_in_the_file() -> None:
    data = write_docx(report())
    core = opened(report()).core_properties
    assert (core.author, core.last_modified_by, core.created) == ("", "", None)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_paper_of_nothing_but_a_table_opens() -> None:
    table = Table(("甲", "乙"), (), (1, 2), title="一览")
    document = opened(Paper(title="清单", blocks=(table, table, Heading(1, "一、甲"))))
    assert len(document.tables) == 2


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_form_is_bordered_and_fills_the_page_width(preset: Preset) -> None:
    rows = ((("时间", "2026年11月5日"), ("地点", "二楼")), (("议题", "一\n二"),))
    paper = Paper(title="记录", blocks=(Form("支委会记录", rows, foot="2026-支委-01", new_page=True),), preset=preset)
    assert write_docx(paper) == write_docx(paper)
    document = opened(paper)
    table = document.tables[0]
    assert table.style.name == "Ledger Table"
    assert [cell.text for cell in table.rows[0].cells] == ["时间", "2026年11月5日", "地点", "二楼"]
    assert [p.text for p in table.rows[1].cells[1].paragraphs] == ["一", "二"]
    for row in table.rows:
        assert sum(int(tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for tc in row._tr.tc_lst) == preset.text_width
    title = next(p for p in document.paragraphs if p.text == "支委会记录")
    assert title.paragraph_format.page_break_before
    assert title.style.paragraph_format.keep_with_next


def test_a_form_with_three_pairs_in_a_row_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="one pair or two"):
        Form("记录", ((("a", "1"), ("b", "2"), ("c", "3")),))
