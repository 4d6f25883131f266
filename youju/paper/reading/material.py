"""The library's way in: what audits read, and html, md and xlsx as text besides, within the same limits."""

from __future__ import annotations

from pathlib import PurePath

from youju.paper.reading import limits
from youju.paper.reading.door import OLE, SAVE_AS, read_bytes
from youju.paper.reading.gathering import Gathering
from youju.paper.reading.html import begins_as_html, read_html
from youju.paper.reading.markdown import read_markdown
from youju.paper.reading.sheet import EMPTY, FORMULA, OLD, Cell, SheetRow, read_sheets
from youju.paper.reading.values import Place, ReadText, UnreadableFile

HTML_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
MD_ENDINGS = (".md", ".markdown")
TABLE_ENDINGS = (".xlsx", ".xlsm")
OLD_TABLE_ENDINGS = (".xls", ".et")
OTHERS = (".doc", ".wps", ".rtf", ".odt", ".ppt", ".dps", ".pptx", ".ofd", ".ods", ".csv", ".mht", ".mhtml", ".epub")
KNOWN = ("", ".docx", ".docm", ".dotx", ".txt", ".text", ".pdf")


def read_material(data: bytes, name: str) -> ReadText:
    """The text of a file for the library. Raises UnreadableFile with a sentence for the person who chose the file."""
    ending = PurePath(name).suffix.lower()
    if ending in OLD_TABLE_ENDINGS and data.startswith(OLE):
        raise UnreadableFile(OLD)
    if data.startswith(b"PK"):
        return _read_table(data) if ending in TABLE_ENDINGS or b"xl/workbook.xml" in data else read_bytes(data, name)
    plain = (
        not data.startswith((OLE, b"{\\rtf", b"%PDF-")) and bool(data.strip(b"\0")) and len(data) <= limits.FILE_BYTES
    )
    if plain and (ending in HTML_ENDINGS or (ending in KNOWN and begins_as_html(data))):
        return read_html(data)
    if plain and ending in MD_ENDINGS:
        return read_markdown(data)
    if ending in TABLE_ENDINGS:
        return _read_table(data)
    if plain and ending not in KNOWN and ending not in (*HTML_ENDINGS, *MD_ENDINGS):
        raise UnreadableFile(
            f"{ending} 格式读不了；{SAVE_AS}" if ending in OTHERS
            else f"不认识 {ending} 文件；素材库收 .docx、.txt、.pdf、.html、.md、.xlsx。"
        )  # fmt: skip
    return read_bytes(data, name)


def _read_table(data: bytes) -> ReadText:
    """Rows as lines, cells parted by tabs, one sheet after the other; what a formula last showed is not read."""
    gathering = Gathering("xlsx")
    for number, sheet in enumerate(read_sheets(data), start=1):
        for row in sheet.rows:
            gathering.begun()
            line = _line(row)
            if line.strip():
                gathering.separate("\n")
                place = Place(f"sheet {number}", row.number, 0, 0)
                gathering.paragraph(gathering.add(line, place), place, in_table=True)
    read = gathering.finish()
    if not read.text:
        raise UnreadableFile(EMPTY)
    return read


def _line(row: SheetRow) -> str:
    return "\t".join(_shown(cell) for cell in row.cells).rstrip("\t")


def _shown(cell: Cell) -> str:
    if cell is None or cell == FORMULA:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return " ".join(cell.split())
