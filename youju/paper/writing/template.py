"""A unit's own Word template: looked at when it is handed in, filled with a Paper when a report goes out.

A template holds placeholders such as {{ 标题 }} and nothing else that could be run: no loops, no conditions, no attributes,
no macros, nothing that is fetched from elsewhere. {{ 正文 }} stands alone in a paragraph, whose look the text takes over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from youju.paper.reading.docx import read_docx
from youju.paper.reading.package import DAMAGED, FAULTS, Package
from youju.paper.reading.values import UnreadableFile
from youju.paper.writing.docx import APPENDIX
from youju.paper.writing.markup import FORBIDDEN, Runs, table
from youju.paper.writing.values import Cited, Heading, Paper, Paragraph, Span, Table

BODY, TABLE = "正文", "数据出处表"
#: What a template may name, and what stands there afterwards.
PLACEHOLDERS = {
    "标题": "报告的题目",
    "署名": "题目下面的单位、职务和姓名",
    BODY: "报告全文，含各级标题；单独占一段，字体和行距照这一段",
    "落款": "文末的姓名或单位",
    "日期": "成文日期，如2026年11月20日",
    TABLE: "每个数字的出处；单独占一段，可以不写",
}

MOST_BYTES = 5 * 1024 * 1024
MOST_XML = 2 * 1024 * 1024
MOST_MARKS = 200
_SINGLE = re.compile(r"(?<!\{)\{\s*(\w{1,10})\s*\}(?!\})|[｛]+\s*(\w{1,10})\s*[｝]+")
_MARKS = {name: f"\ue000{name}\ue000" for name in (BODY, TABLE)}
_MARGINS = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
_CELL = (
    '<w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30" w:line="300" w:lineRule="exact"/>'
    '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
)
_HEADING_FONTS = {1: "黑体", 2: "楷体_GB2312"}


class _Sandbox(ImmutableSandboxedEnvironment):
    """Names only: no attribute, no call, no filter, no loop."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False


# -- looked at when handed in ------------------------------------------------------------------------------------------


def template_faults(data: bytes, name: str = "") -> list[str]:
    """A sentence for each fault; none when the template can be used."""
    if len(data) > MOST_BYTES:
        return [
            f"模板有 {len(data) / 1024 / 1024:.1f} MB，超过 {MOST_BYTES // 1024 // 1024} MB，请压缩或删去里面的图片。"
        ]
    if not data.startswith(b"PK\x03\x04"):
        return ["这不是 docx 文件。请用 WPS 或 Word 打开模板，另存为 .docx 再传。"]
    try:
        faults = list(_package_faults(data, name))
        return faults or list(_text_faults(data))
    except UnreadableFile as fault:
        return [fault.sentence]
    except (*FAULTS, etree.XMLSyntaxError, KeyError) as error:
        return [DAMAGED if not isinstance(error, TemplateError) else str(error)]


def _package_faults(data: bytes, name: str) -> Iterator[str]:
    with Package(data) as package:
        package.main_part()
        types = package.part("[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in types or any("vbaProject" in part for part in package.names):
            yield "模板带有宏，不能用。请另存为不带宏的 .docx 再传。"
        elif "wordprocessingml.template.main" in types or name.lower().endswith((".dotx", ".dotm")):
            yield "这是 Word 模板格式（.dotx、.dotm）。请用 WPS 或 Word 打开，另存为 .docx 再传。"
        if any(part.startswith(("word/embeddings/", "word/activeX/")) for part in package.names):
            yield "模板里嵌着别的文件或控件，不能用。请删去嵌入的对象再传。"
        for part in sorted(part for part in package.names if part.endswith(".rels")):
            if b"External" in package.part(part):
                yield "模板里链接了外部的文件或网址（图片、超链接或附加的模板），打开时会去找它。请改成直接插入，或删去链接再传。"
                break
        large = [part for part in package.names if part.endswith(".xml") and len(package.part(part)) > MOST_XML]
        if large:
            yield "模板里的文字和格式太多。请另建一份只留版式和占位符的模板。"


def _text_faults(data: bytes) -> Iterator[str]:
    read_docx(data)  # the reader's own guards: entities, depth, length
    template = DocxTemplate(io.BytesIO(data))
    template.init_docx()
    sources = list(_sources(template))
    if sum(source.count("{{") + source.count("{%") for source in sources) > MOST_MARKS:
        yield f"占位符超过 {MOST_MARKS} 处，请检查模板。"
        return
    named: list[str] = []
    faults: list[str] = []
    for source in sources:
        faults += _names_in(template.patch_xml(source), named)
    text = "\n".join(_words(paragraph) for paragraph in _paragraphs(template.docx))
    faults += [
        f"“{found.group()}”要写成两层半角花括号：{{{{ {found[1] or found[2]} }}}}。"
        for found in _SINGLE.finditer(text)
        if (found[1] or found[2]) in PLACEHOLDERS
    ]
    if not faults:
        faults += _body_faults(template.docx, named)
    yield from dict.fromkeys(faults)


def _sources(template: DocxTemplate) -> Iterator[str]:
    yield template.get_xml()
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield template.get_part_xml(part)


def _names_in(source: str, named: list[str]) -> list[str]:
    """Faults of one part; the names it uses are added to ``named``."""
    try:
        tree = _Sandbox().parse(source)
    except TemplateError as error:
        return [f"占位符没有写完整，或花括号不成对：{_where(source, error)}"]
    faults = []
    allowed = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name):
            if node.name not in PLACEHOLDERS:
                faults.append(f"不认识占位符“{{{{ {node.name} }}}}”，可用的有：{'、'.join(PLACEHOLDERS)}。")
            named.append(node.name)
        elif not isinstance(node, allowed):
            faults.append("模板里只能写占位符，不能写判断、循环、计算或取属性（{% … %}、a.b、a|b）。")
    return faults


def _where(source: str, error: TemplateError) -> str:
    """The words around the broken mark, so that it can be found."""
    at = max((source.rfind(mark) for mark in ("{{", "{%")), default=-1)
    lines = source.splitlines()
    number = getattr(error, "lineno", None)
    line = lines[number - 1] if number and number <= len(lines) else source
    at = max(line.rfind("{{"), line.rfind("{%"), 0)
    words = re.sub(r"<[^>]*>?", "", line[at : at + 400]).strip()[:20]
    return f"“{words}”。" if words else "请检查每一处花括号。"


def _body_faults(document: Document, named: list[str]) -> Iterator[str]:
    if BODY not in named:
        yield "模板里没有 {{ 正文 }}，报告的文字没有地方放。请在要放正文的地方单独写一段 {{ 正文 }}。"
    for name in (BODY, TABLE):
        if named.count(name) > 1:
            yield f"{{{{ {name} }}}} 写了 {named.count(name)} 处，只能写一处。"
        elif name in named and not any(_is_mark(_words(paragraph), name) for paragraph in _paragraphs(document)):
            yield f"{{{{ {name} }}}} 要单独占正文里的一段，前后不能有别的字，也不能放在页眉页脚。"


def _is_mark(words: str, name: str) -> bool:
    return re.fullmatch(rf"\{{\{{\s*{name}\s*\}}\}}", words.strip()) is not None


def _paragraphs(document: Any) -> list[Any]:
    return list(document.element.body.iter(qn("w:p")))


def _words(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


# -- filled ------------------------------------------------------------------------------------------------------------


def fill_template(data: bytes, paper: Paper) -> bytes:
    """The docx in the unit's own layout. The template was looked at when it was handed in."""
    template = DocxTemplate(io.BytesIO(data))
    day = paper.signed_on
    values = {
        "标题": paper.title.replace("\n", ""), "署名": paper.byline.replace("\n", "　"), "落款": paper.signed_by,
        "日期": f"{day.year}年{day.month}月{day.day}日" if day else "",
    }  # fmt: skip
    # Whatever a record's words look like, they are filled in as words: braces of theirs are never read as placeholders.
    safe = {name: FORBIDDEN.sub("", value).replace("{", "｛").replace("}", "｝") for name, value in values.items()}
    template.render({**safe, **_MARKS}, jinja_env=_Sandbox(), autoescape=True)
    document = template.docx
    for paragraph in _paragraphs(document):
        words = _words(paragraph)
        if _MARKS[BODY] in words:
            _replace(paragraph, list(_body(paper, paragraph)))
        elif _MARKS[TABLE] in words:
            _replace(paragraph, list(_table(paper.appendix_table, paragraph, document)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_sample(data: bytes) -> bytes:
    """A document of placeholders laid out as a report is: 落款 and 日期 at the right, the table on a page of its own."""
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        if any(_is_mark(paragraph.text, name) for name in ("落款", "日期")):
            paragraph.style = document.styles["Signature"]
            paragraph.paragraph_format.right_indent = Pt(64)  # 成文日期右空四字
        elif _is_mark(paragraph.text, TABLE):
            paragraph.paragraph_format.page_break_before = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _replace(paragraph: Any, with_these: list[Any]) -> None:
    for element in with_these:
        paragraph.addprevious(element)
    paragraph.getparent().remove(paragraph)


def _body(paper: Paper, like: Any) -> Iterator[Any]:
    """The text in paragraphs like the one of the placeholder; headings in their own fonts."""
    look, run = like.find(qn("w:pPr")), next(like.iter(qn("w:rPr")), None)
    ids = iter(range(900_001, 999_999))
    for block in paper.blocks:
        if isinstance(block, Heading):
            yield _paragraph(look, [_run(block.text, run, _HEADING_FONTS[block.level])], keep=True)
        elif isinstance(block, Paragraph):
            yield _paragraph(look, [_span(span, run, ids) for span in block.spans])


def _paragraph(look: Any, inner: list[Any], *, keep: bool = False) -> Any:
    element = OxmlElement("w:p")
    if look is not None:
        element.append(deepcopy(look))
    if keep:
        properties = element.get_or_add_pPr()
        properties.get_or_add_keepNext()
    for piece in inner:
        element.append(piece)
    return element


def _span(span: Span, run: Any, ids: Iterator[int]) -> Any:
    if not isinstance(span, Cited):
        return _run(span, run)
    control = OxmlElement("w:sdt")
    properties, content = OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    tag, number = OxmlElement("w:tag"), OxmlElement("w:id")
    tag.set(qn("w:val"), span.tag)
    number.set(qn("w:val"), str(next(ids)))
    properties.extend((tag, number))
    content.append(_run(span.text, run))
    control.extend((properties, content))
    return control


def _run(text: str, like: Any, font: str = "") -> Any:
    """A run that looks like the placeholder's, with an East-Asian font, so that “ ” — are set as Chinese signs."""
    element = OxmlElement("w:r")
    properties = deepcopy(like) if like is not None else OxmlElement("w:rPr")
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(1 if properties.find(qn("w:rStyle")) is not None else 0, fonts)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        if font:
            fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    words = OxmlElement("w:t")
    words.text = FORBIDDEN.sub("", text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.extend((properties, words))
    return element


def _table(values: Table | None, like: Any, document: Document) -> Iterator[Any]:
    if values is None:
        return
    section = document.sections[-1]
    given = (section.page_width, section.left_margin, section.right_margin)
    width = (given[0] - given[1] - given[2]) // 635 if all(given) else 8500  # type: ignore[operator]
    title = [_run(values.title or APPENDIX, next(like.iter(qn("w:rPr")), None), "黑体")]
    yield _paragraph(like.find(qn("w:pPr")), title, keep=True)
    markup = table(values, width=width, runs=Runs()).replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)
    element = parse_xml(markup)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    # The styles of our own tables are not in the unit's file: lines, margins and lines of text stand in the table itself.
    # Named all the same they are worse than nothing: LibreOffice then puts the cells' text behind the table.
    properties = element.find(qn("w:tblPr"))
    properties.remove(properties.find(qn("w:tblStyle")))
    properties.find(qn("w:jc")).addnext(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    properties.find(qn("w:tblLayout")).addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{_MARGINS}</w:tblCellMar>"))
    for inside in element.iter(qn("w:pPr")):
        style = inside.find(qn("w:pStyle"))
        side = "left" if style.get(qn("w:val")) == "TableText" else "center"
        inside.remove(style)
        inside.extend(parse_xml(f'<w:p {nsdecls("w")}>{_CELL}<w:jc w:val="{side}"/></w:p>'))
    for run in element.iter(qn("w:rPr")):
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "21")
        run.append(size)
    yield element
    yield OxmlElement("w:p")
