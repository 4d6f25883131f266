"""A unit's own template: what is refused with which sentence, and how a report stands in it."""

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.shared import Pt

from youju.paper import writing
from youju.paper.reading import read_bytes
from youju.paper.writing.template import MOST_BYTES, as_sample, fill_template, template_faults

PAPER = writing.Paper(
    title="2026年度述职报告",
    byline="青禾县供销社机关党支部书记　周砚秋",
    blocks=(
        writing.Heading(1, "一、履职情况"),
        writing.Paragraph(
            (
                "召开支委会",
                writing.Cited("12次", "yj1-2026-支委会次数-12次-0123456789ab"),
                "，学习“{{ 组织 }}”和{% for %}——<b>。",
            )
        ),
    ),
    appendix_table=writing.Table(("序号", "指标"), (("1", "支委会次数"),), (0.3, 0.7)),
    signed_by="周砚秋 {{ x }}",
    signed_on=date(2026, 1, 5),
)


def template(*paragraphs, header=""):
    document = docx.Document()
    for text in paragraphs:
        run = document.add_paragraph().add_run(text)
        run.font.size = Pt(15)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data, **parts):
    """The package with parts of other content; a name that is new is added."""
    out = io.BytesIO()
    parts = {name.replace("__", "/"): value for name, value in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, value in parts.items():
            new.writestr(name, value)
    return out.getvalue()


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="x/attachedTemplate" Target="file:///c:/a.dotm" TargetMode="External"/></Relationships>'
)
GOOD = template(
    "{{ 标题 }}", "{{署名}}", "{{ 正文 }}", "{{ 落款 }}", "{{ 日期 }}", "{{ 数据出处表 }}", header="{{ 标题 }}"
)


def test_a_good_one_has_no_fault():
    assert template_faults(GOOD, "模板.docx") == []
    assert template_faults(template("{{ 正文 }}")) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (template("{{ 标题 }}"), "模板里没有 {{ 正文 }}"),
        (template("{{ 正文 }}", "{{ 姓名 }}"), "不认识占位符“{{ 姓名 }}”"),
        (template("{{ 正文 }}", header="{{ 电话 }}"), "不认识占位符“{{ 电话 }}”"),
        (template("{{ 正文 }}", "落款：{{ 落款 }"), "花括号不成对：“{{ 落款 }”"),
        (template("{{ 正文 }}", "{% if 标题 %}x"), "占位符没有写完整"),
        (template("{{ 正文 }}", "{% for a in 标题 %}x{% endfor %}"), "不能写判断、循环"),
        (template("{{ 正文 }}", "{{ 标题.__class__ }}"), "不能写判断、循环、计算或取属性"),
        (template("{{ 正文 }}", "{{ 标题|upper }}"), "不能写判断、循环、计算或取属性"),
        (template("{{ 正文 }}", "{{ 9**9**9 }}"), "不能写判断、循环、计算"),
        (template("{{ 正文 }}", "{落款}"), "“{落款}”要写成两层半角花括号"),
        (template("{{ 正文 }}", "｛｛落款｝｝"), "要写成两层半角花括号：{{ 落款 }}"),
        (template("前言：{{ 正文 }}"), "要单独占正文里的一段"),
        (template("x", header="{{ 正文 }}"), "不能放在页眉页脚"),
        (template("{{ 正文 }}", "{{ 正文 }}"), "只能写一处"),
        (template("{{ 正文 }}", *["{{ 标题 }}"] * 300), "占位符超过 200 处"),
        (b"\xd0\xcf\x11\xe0 old word", "这不是 docx 文件"),
        (b"PK\x03\x04 broken", "文件损坏"),
        (GOOD + b"\0" * MOST_BYTES, "超过 5 MB"),
        (changed(GOOD, **{"word/vbaProject.bin": b"x"}), "模板带有宏"),
        (changed(GOOD, **{"word/embeddings/a.bin": b"x"}), "嵌着别的文件"),
        (
            changed(GOOD, **{"word/_rels/settings.xml.rels": OUTSIDE}),
            "链接了外部的文件或网址",
        ),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(data, said):
    faults = template_faults(data, "模板.docx")
    assert any(said in fault for fault in faults) if said else faults == []


@pytest.mark.parametrize("name", ["模板.dotm", "模板.dotx"])
def test_formats_of_templates_are_refused(name):
    assert "另存为 .docx" in template_faults(GOOD, name)[0]


def test_all_faults_are_told_at_once():
    faults = template_faults(template("{{ 姓名 }}", "{{ 电话 }}", "{落款}"))
    assert len(faults) == 3


def test_a_report_stands_in_it_with_its_tags():
    filled = read_bytes(fill_template(GOOD, PAPER), "稿.docx")
    for words in ("2026年度述职报告", "一、履职情况", "召开支委会12次", "2026年1月5日", "附：数据出处表", "支委会次数"):
        assert words in filled.text
    assert [(filled.text[t.start : t.end], t.tag) for t in filled.tags] == [
        ("12次", "yj1-2026-支委会次数-12次-0123456789ab")
    ]


def test_words_of_records_are_never_read_as_placeholders():
    text = read_bytes(fill_template(GOOD, PAPER), "稿.docx").text
    assert "学习“{{ 组织 }}”和{% for %}——<b>。" in text  # the body is put in after the placeholders were read
    assert "周砚秋 ｛｛ x ｝｝" in text


def test_the_text_looks_like_the_placeholder_s_paragraph():
    document = docx.Document(io.BytesIO(fill_template(GOOD, PAPER)))
    body = next(paragraph for paragraph in document.paragraphs if "召开支委会" in paragraph.text)
    assert {run.font.size for run in body.runs} == {Pt(15)}
    fonts = body._p.xpath(".//w:rFonts/@w:hint")
    assert fonts and set(fonts) == {"eastAsia"}
    heading = next(paragraph for paragraph in document.paragraphs if "履职情况" in paragraph.text)
    assert heading._p.xpath(".//w:rFonts/@w:eastAsia") == ["黑体"]


def test_split_placeholders_are_read_as_one():
    """Word often cuts {{ 标题 }} into several runs while it is typed."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ 标", "题 }", "}"):
        paragraph.add_run(piece)
    document.add_paragraph("{{ 正文 }}")
    out = io.BytesIO()
    document.save(out)
    assert template_faults(out.getvalue()) == []
    assert "2026年度述职报告" in read_bytes(fill_template(out.getvalue(), PAPER), "a.docx").text


def test_a_table_stands_in_it_by_itself_whatever_styles_the_unit_has():
    """A style that the file does not know makes LibreOffice put the text of every cell behind the table."""
    data = template("{{ 正文 }}", "{{ 数据出处表 }}")
    filled = docx.Document(io.BytesIO(fill_template(data, PAPER)))
    known = {style.style_id for style in filled.styles}
    used = set(filled.element.body.xpath(".//*[self::w:pStyle or self::w:tblStyle]/@w:val"))
    assert used <= known
    [table] = filled.tables
    assert [cell.text for row in table.rows for cell in row.cells] == ["序号", "指标", "1", "支委会次数"]
    for run in table._element.xpath(".//w:r/w:rPr/w:rFonts"):
        assert {run.get(f"{{{run.nsmap['w']}}}{name}") for name in ("eastAsia", "hint")} & {"宋体", "黑体"}


def test_the_sample_has_no_fault_and_its_signature_stands_at_the_right():
    blocks = tuple(writing.Paragraph((f"{{{{ {name} }}}}",)) for name in ("正文", "落款", "日期", "数据出处表"))
    data = as_sample(writing.write_docx(writing.Paper(title="{{ 标题 }}", blocks=blocks)))
    assert template_faults(data, "样例.docx") == []
    filled = docx.Document(io.BytesIO(fill_template(data, PAPER)))
    signed = [p for p in filled.paragraphs if p.text in ("2026年1月5日", "周砚秋 ｛｛ x ｝｝")]
    assert [p.style.name for p in signed] == ["Signature", "Signature"]
