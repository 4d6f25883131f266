"""A Paper as the bytes of a docx. The same paper gives the same bytes, on every machine and day."""

from __future__ import annotations

import io
import re
import zipfile

from youju.paper.writing.markup import Runs, em_width, escape, form, paragraph, table
from youju.paper.writing.skeleton import DOCUMENT_END, DOCUMENT_START, core_properties, fixed_parts, section
from youju.paper.writing.values import Block, Form, Heading, Paper, Paragraph

APPENDIX = "附：数据出处表"
# The first moment a zip can hold; a real one would make two exports of one report differ.
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
EM = 320  # one character of 三号 in twips

TITLE_EM = 440
# Where a long title may be broken so that its words stay whole.
TITLE_JOINTS = re.compile(r"(?<=委员会)|(?<=支部)|(?<=总支)|(?<=年度)|(?<=关于)|(?<=工作)|(?=\d{4}年)|(?=抓)|(?=述职)")

BODY_FONT = "仿宋_GB2312"
HEADING_FONTS = {1: "黑体", 2: "楷体_GB2312"}
# A table that ends the document or meets another needs a paragraph after it; this one takes no room.
AFTER_TABLE = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'


def write_docx(paper: Paper) -> bytes:
    """The docx. What the paper holds is written as given, numbers of headings included."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in fixed_parts(paper.preset).items():
            _put(package, name, text)
        _put(package, "docProps/core.xml", core_properties(title=escape(paper.title.replace("\n", ""))))
        _put(package, "word/document.xml", _document(paper))
    return buffer.getvalue()


def _put(package: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, ENTRY_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # otherwise the making machine's system is noted
    package.writestr(entry, text.encode("utf-8"))


def _document(paper: Paper) -> str:
    runs = Runs()
    width = paper.preset.text_width
    title = broken(paper.title, capacity=width // TITLE_EM)
    parts = [DOCUMENT_START, paragraph("Title", runs.run(title, "方正小标宋简体"))]
    if paper.byline:
        parts.append(paragraph("Subtitle", runs.run(paper.byline, "楷体_GB2312")))
    signed = bool(paper.signed_by) or paper.signed_on is not None
    for number, block in enumerate(paper.blocks, start=1):
        # The signature never stands alone on a page: the last paragraph goes with it.
        parts.append(_block(block, runs, width, keep=signed and number == len(paper.blocks)))
    parts.append(_signature(paper, runs))
    if paper.appendix_table is not None:
        parts.append(paragraph("AppendixTitle", runs.run(paper.appendix_table.title or APPENDIX, "黑体")))
        parts.append(table(paper.appendix_table, width=width, runs=runs) + AFTER_TABLE)
    parts += [section(paper.preset), DOCUMENT_END]
    return "".join(parts)


def _block(block: Block, runs: Runs, width: int, *, keep: bool) -> str:
    if isinstance(block, Heading):
        return paragraph(f"Heading{block.level}", runs.run(block.text, HEADING_FONTS[block.level]))
    if isinstance(block, Paragraph):
        inner = "".join(runs.span(span, BODY_FONT) for span in block.spans)
        return paragraph("BodyText", inner, properties="<w:keepNext/>" if keep else "")
    if isinstance(block, Form):
        return form(block, width=width, runs=runs) + AFTER_TABLE
    title = paragraph("TableTitle", runs.run(block.title, "黑体")) if block.title else ""
    return title + table(block, width=width, runs=runs) + AFTER_TABLE


def _signature(paper: Paper, runs: Runs) -> str:
    """署名 and 成文日期 without a seal: the date's first character two to the right of the name's first (7.3.5.2)."""
    line, lines = paper.preset.line, signature_lines(paper)
    parts = []
    for number, (text, right) in enumerate(lines):
        properties = "<w:keepNext/>" if number + 1 < len(lines) else ""
        # One empty line stands between the text and the signature.
        above = f'w:beforeLines="100" w:before="{line}"' if number == 0 else 'w:before="0"'
        properties += f'<w:spacing {above} w:after="0" w:line="{line}" w:lineRule="exact"/>'
        properties += f'<w:ind w:rightChars="{round(right * 100)}" w:right="{round(right * EM)}"/>'
        parts.append(paragraph("Signature", runs.run(text, BODY_FONT), properties=properties))
    return "".join(parts)


def signature_lines(paper: Paper) -> list[tuple[str, float]]:
    """署名 and 成文日期, each with how many characters it stands from the right edge."""
    name, day = paper.signed_by, paper.signed_on
    shown = f"{day.year}年{day.month}月{day.day}日" if day else ""  # 月日不编虚位
    name_right = date_right = 2.0
    if name and shown:
        longer = em_width(name) - em_width(shown)
        if longer < 0:
            name_right = 4.0 - longer
        else:
            date_right = longer
    return [(text, right) for text, right in ((name, name_right), (shown, date_right)) if text]


def broken(title: str, *, capacity: int) -> str:
    """A title that fills its line, broken near the middle where a word ends, so that no single character is left over.

    It may come within two characters of the full line and no nearer: fonts differ in how wide they set digits.
    """
    if "\n" in title or em_width(title) <= capacity - 2:
        return title
    middle = len(title) / 2
    joints = [match.start() for match in TITLE_JOINTS.finditer(title)]
    fitting = [at for at in joints if max(em_width(title[:at]), em_width(title[at:])) <= capacity and at > 0]
    if not fitting:
        return title
    at = min(fitting, key=lambda joint: abs(joint - middle))
    return f"{title[:at]}\n{title[at:]}"
