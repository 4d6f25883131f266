"""Pieces of WordprocessingML as text: runs, content controls, paragraphs, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, count, pairwise

from youju.paper.writing.values import Cited, Form, Span, Table

# What XML 1.0 cannot hold, escaped or not.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("([\n\t])")
BREAK_MARKUP = {"\n": "<w:br/>", "\t": "<w:tab/>"}

# A column whose longest cell has at most this many full-width characters is set in the middle.
CENTRED_UP_TO = 10.0
# A cell's text is 五号; its margins stand in the table style.
CELL_EM = 210
CELL_MARGINS = 190
SHORT_HEADER = 4.0


def escape(text: str) -> str:
    """Text for element content and for attributes in double quotes."""
    text = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def em_width(text: str) -> float:
    """Width in full-width characters: 仿宋 sets digits and Latin letters half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def fonts(name: str) -> str:
    """One font for all scripts, and the hint by which “ ” — … are set as Chinese signs and not as Latin ones."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'


class Runs:
    """Makes runs in one font; numbers content controls through the whole document."""

    def __init__(self) -> None:
        self._ids = count(1)

    def run(self, text: str, font: str, *, underline: bool = False) -> str:
        if not text:
            return ""
        line = '<w:u w:val="single"/>' if underline else ""
        inner = "".join(
            BREAK_MARKUP.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>'
            for piece in BREAKS.split(escape(text))
            if piece
        )
        return f"<w:r><w:rPr>{fonts(font)}{line}</w:rPr>{inner}</w:r>"

    def span(self, span: Span, font: str) -> str:
        if isinstance(span, str):
            return self.run(span, font)
        return self._control(span, font)

    def _control(self, cited: Cited, font: str) -> str:
        # "hidden" keeps Word from drawing a box around the figure; programs that do not know it are told to ignore it.
        return (
            f'<w:sdt><w:sdtPr><w:tag w:val="{escape(cited.tag)}"/><w:id w:val="{next(self._ids)}"/>'
            '<w15:appearance w15:val="hidden"/></w:sdtPr>'
            f"<w:sdtContent>{self.run(cited.text, font, underline=cited.underline)}</w:sdtContent></w:sdt>"
        )


def paragraph(style: str, inner: str, *, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def table(values: Table, *, width: int, runs: Runs) -> str:
    """A table over the whole text width. Widths stand on every cell, since some programs read only those."""
    widths = _shared(values, width)
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in widths)
    head = "".join(_cell(text, share, "TableHead", runs) for text, share in zip(values.header, widths, strict=True))
    rows = "".join(_rows(values, widths, runs))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="LedgerTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _shared(values: Table, width: int) -> list[int]:
    """Whole twips that add up to the width. A narrow column still holds a short header in one line."""
    total = sum(values.widths)
    floors = [CELL_MARGINS + round(CELL_EM * min(em_width(head), SHORT_HEADER)) for head in values.header]
    wished = [width * share / total for share in values.widths]
    missing = sum(max(0.0, floor - wish) for floor, wish in zip(floors, wished, strict=True))
    spare = sum(max(0.0, wish - floor) for floor, wish in zip(floors, wished, strict=True))
    if missing > spare:  # more columns than room: each takes its share, and headers wrap
        floors, missing = [0] * len(floors), 0.0
    kept = 1 - missing / spare if spare else 1.0
    given = [floor + max(0.0, wish - floor) * kept for floor, wish in zip(floors, wished, strict=True)]
    edges = [round(edge) for edge in accumulate(given, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def _rows(values: Table, widths: list[int], runs: Runs) -> Iterator[str]:
    columns = zip(*values.rows, strict=True)
    styles = ["TableMiddle" if max(map(em_width, cells)) <= CENTRED_UP_TO else "TableText" for cells in columns]
    for row in values.rows:
        cells = "".join(_cell(text, share, style, runs) for text, share, style in zip(row, widths, styles, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, style: str, runs: Runs) -> str:
    font = "黑体" if style == "TableHead" else "宋体"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, runs.run(text, font))}</w:tc>"
    )


# Label, value, label, value as shares of the width.
FORM_SHARES = (0.14, 0.31, 0.14, 0.41)
# A value of more characters may run over the page's end; a shorter one moves on as a whole.
SPLITS_FROM = 160
# These first rows are never parted from the title above them.
FORM_HEAD = 3


def form(values: Form, *, width: int, runs: Runs) -> str:
    """The title, the bordered table and its foot. A row of one pair gives the value the rest of the width."""
    edges = [round(width * edge) for edge in accumulate(FORM_SHARES, initial=0.0)]
    widths = [right - left for left, right in pairwise(edges)]
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in widths)
    rows = "".join(_form_row(row, widths, runs, held=number < FORM_HEAD) for number, row in enumerate(values.rows))
    start = "<w:pageBreakBefore/>" if values.new_page else ""
    foot = paragraph("FormFoot", runs.run(values.foot, "宋体")) if values.foot else ""
    return (
        f"{paragraph('FormTitle', runs.run(values.title, '方正小标宋简体'), properties=start)}"
        f'<w:tbl><w:tblPr><w:tblStyle w:val="LedgerTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0400" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{foot}'
    )


def _form_row(pairs: tuple[tuple[str, str], ...], widths: list[int], runs: Runs, *, held: bool) -> str:
    long = any(len(value) > SPLITS_FROM for _, value in pairs)
    whole = "" if long else "<w:cantSplit/>"
    keep = "<w:keepNext/>" if held and not long else ""
    cells = []
    for number, (label, value) in enumerate(pairs):
        last = number + 1 == len(pairs)
        share, span = widths[number * 2 + 1], ""
        if last and len(pairs) == 1:
            share, span = sum(widths[1:]), '<w:gridSpan w:val="3"/>'
        cells.append(_form_cell([label], widths[number * 2], "", ("TableHead", "黑体"), runs, keep=keep))
        cells.append(_form_cell(value.split("\n"), share, span, ("TableText", "宋体"), runs, keep=keep))
    return f'<w:tr><w:trPr>{whole}<w:trHeight w:val="510" w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr>'


def _form_cell(lines: list[str], width: int, span: str, look: tuple[str, str], runs: Runs, *, keep: str) -> str:
    style, font = look
    inner = "".join(paragraph(style, runs.run(line, font), properties=keep) for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
