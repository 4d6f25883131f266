"""What a docx says, and where each character of it stands."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from tests.paper.reading.make import W, body, docx, p, package, r, relations, sdt
from youju.paper.reading import ReadText, TagSpan, read_bytes


def read(inner: str, **more: str | dict[str, str | bytes]) -> ReadText:
    return read_bytes(package(body(inner), **more), "报告.docx")  # type: ignore[arg-type]


def test_paragraphs_end_with_a_line_feed() -> None:
    assert (
        read_bytes(docx("召开支委会12次。", "开展主题党日10次。"), "a.docx").text
        == "召开支委会12次。\n开展主题党日10次。"
    )


def test_empty_paragraphs_are_left_out() -> None:
    assert read(p() + p(r("甲")) + p() + p(r("　")) + p(r("乙"))).text == "甲\n乙"


def test_cells_are_parted_by_tabs_and_rows_by_line_feeds() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{p(r(cell)) if cell else p()}</w:tc>" for cell in cells) + "</w:tr>"

    found = read(p(r("前")) + f"<w:tbl>{row('支委会', '12次')}{row('', '党课')}</w:tbl>" + p(r("后")))
    assert found.text == "前\n支委会\t12次\n党课\n后"
    assert [span.in_table for span in found.paragraphs] == [False, True, True, True, False]


def test_a_table_inside_a_cell_keeps_its_rows_apart() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p(r('甲'))}</w:tc><w:tc>{p(r('乙'))}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{inner}{p()}</w:tc><w:tc>{p(r('丙'))}</w:tc></w:tr></w:tbl>"
    assert read(outer).text == "甲\t乙\t丙"


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('框里'))}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(p(r("前半"), drawing, r("后半")) + p(r("下段")))
    assert found.text == "前半后半\n框里\n下段"
    # The skipped twin is counted all the same, or the next paragraph would be looked for in the wrong place.
    assert found.paragraphs[-1].paragraph == 3


def test_an_old_text_box_is_read_where_no_new_one_stands_beside_it() -> None:
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(r('旧框'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert read(p(r("正文"), old)).text == "正文\n旧框"


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"
    assert read(p(r("召开"), deleted, f"<w:ins>{r('12')}</w:ins>", r("次，"), moved)).text == "召开12次，新处"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert read(p(r("走访"), mark="<w:del/>") + p(r("86户")) + p(r("完"))).text == "走访86户\n完"


def test_notes_follow_the_body_and_their_rule_does_not() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1">{p(r("线"))}</w:footnote>'
        f'<w:footnote w:id="1">{p(r("含补课2次。"))}</w:footnote></w:footnotes>'
    )
    found = read(p(r("党课4次")), footnotes="footnotes.xml", extra={"word/footnotes.xml": notes})
    assert found.text == "党课4次\n含补课2次。"
    assert found.paragraphs[1].part == "word/footnotes.xml"


def test_tabs_breaks_and_hyphens_are_characters_and_page_breaks_are_not() -> None:
    run = "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:noBreakHyphen/><w:br w:type='page'/></w:r>"
    tabs = "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>" + run + "</w:p>"
    assert read(tabs).text == "一\t二\n三-"


def test_field_codes_and_phonetic_guides_are_not_text() -> None:
    field = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    ruby = f"<w:r><w:ruby><w:rt>{r('hé')}</w:rt><w:rubyBase>{r('禾')}</w:rubyBase></w:ruby></w:r>"
    assert read(p(field, r("青"), ruby)).text == "青禾"


def test_numbers_of_lists_are_not_made_up() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" + r("履职情况") + "</w:p>"
    assert read(numbered).text == "履职情况"


def test_content_controls_come_back_as_spans() -> None:
    inline = p(r("开展主题党日"), sdt("c1", r("20余") + r("次")), r("。"))
    found = read(inline + sdt("c2", p(r("甲")) + p(r("乙"))) + sdt("", p(r("无签"))) + sdt("c3", p()))
    assert found.tags == (TagSpan(6, 10, "c1"), TagSpan(12, 15, "c2"))
    assert found.text[6:10] == "20余次"


@pytest.mark.parametrize("space", [W, "http://purl.oclc.org/ooxml/wordprocessingml/main"])
def test_both_editions_of_the_standard_are_read(space: str) -> None:
    document = f'<x:document xmlns:x="{space}"><x:body><x:p><x:r><x:t>走访</x:t></x:r></x:p></x:body></x:document>'
    assert read_bytes(package(document), "a.docx").text == "走访"


def test_words_of_other_namespaces_are_not_taken_for_text() -> None:
    assert read(p(r("正文"), '<o:t xmlns:o="urn:other">别的</o:t>')).text == "正文"


def test_every_place_leads_back_to_its_character() -> None:
    inner = p(r("一、走访"), sdt("c", r("6个村")), "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", r("86户"))
    data = package(body(inner + f"<w:tbl><w:tr><w:tc>{p(r('甲'))}</w:tc><w:tc>{p(r('乙丙'))}</w:tc></w:tr></w:tbl>"))
    found = read_bytes(data, "a.docx")
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    runs, paragraphs = list(root.iter(f"{{{W}}}r")), list(root.iter(f"{{{W}}}p"))
    for offset, char in enumerate(found.text):
        place = found.place_at(offset)
        if char in "\n\t":
            assert place is None
            continue
        assert place is not None
        assert "".join(t.text or "" for t in runs[place.run].iter(f"{{{W}}}t"))[place.char] == char
        assert runs[place.run] in list(paragraphs[place.paragraph].iter())


def test_a_stretch_over_several_runs_is_given_run_by_run() -> None:
    found = read(p(r("召开支"), r("委会"), r("12次")))
    assert [(place.run, place.char, length) for place, length in found.places(2, 6)] == [
        (0, 2, 1),
        (1, 0, 2),
        (2, 0, 1),
    ]


def test_the_paragraph_of_an_offset() -> None:
    found = read(p(r("甲乙")) + p(r("丙")))
    assert found.paragraph_at(1) == found.paragraphs[0]
    assert found.paragraph_at(2) is None
    assert found.paragraph_at(3) == found.paragraphs[1]


def test_the_body_may_have_any_name() -> None:
    extra: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="/word/document2.xml"),
        "word/document2.xml": body(p(r("正文"))),
    }
    assert read_bytes(package("", extra=extra), "a.docx").text == "正文"


def test_prompts_of_empty_controls_are_not_text() -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:tag w:val='c1'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{r('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    found = read(p(r("党课"), prompt, r("4次")))
    assert (found.text, found.tags) == ("党课4次", ())


def test_hidden_words_are_not_text_unless_the_switch_is_off() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
    assert read(p(r("甲"), hidden, shown, r("乙"))).text == "甲显乙"
    assert read(p(r("甲"), r("乙"), mark="<w:vanish/>")).text == "甲乙"  # a hidden paragraph mark hides no words


def test_headers_footers_and_comments_are_not_text() -> None:
    extra: dict[str, str | bytes] = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{p(r("页眉"))}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{p(r("页脚"))}</w:ftr>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment>{p(r("批注"))}</w:comment></w:comments>',
    }
    data = package(body(p(r("正文"))), extra=extra, header="header1.xml", footer="footer1.xml", comments="comments.xml")
    assert read_bytes(data, "a.docx").text == "正文"


def test_the_result_of_a_field_is_text_and_its_code_is_not() -> None:
    parts = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>' for part in parts)
    field = f"{begin}<w:r><w:instrText> DATE </w:instrText></w:r>{separate}{r('2026年')}{end}"
    simple = f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>'
    assert read(p(field) + p(simple) + p(f"<w:hyperlink>{r('链接')}</w:hyperlink>")).text == "2026年\n3\n链接"


def test_a_deleted_row_is_gone_and_an_inserted_one_stands() -> None:
    deleted = "<w:del><w:r><w:delText>旧行</w:delText></w:r></w:del>"
    rows = (
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(deleted)}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p('<w:ins>' + r('新行') + '</w:ins>')}</w:tc></w:tr>"
    )
    assert read(f"<w:tbl>{rows}</w:tbl>").text == "新行"


def test_controls_round_rows_and_cells() -> None:
    cell = f"<w:tc>{p(r('甲'))}</w:tc>"
    row = f"<w:tr>{sdt('y', cell)}<w:tc>{p(r('乙'))}</w:tc></w:tr>"
    found = read(f"<w:tbl>{sdt('x', row)}</w:tbl>")
    assert found.text == "甲\t乙"
    assert found.tags == (TagSpan(0, 3, "x"), TagSpan(0, 1, "y"))
