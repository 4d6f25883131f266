"""The first visible table of an xlsx as rows of plain cells: no formula is read, nothing is fetched, all guards hold.

A cell is a text, a number or empty. A date is the number that Excel keeps (``columns`` knows what a column means);
a formula is ``FORMULA``, since what it shows is only what some program last worked out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from youju.paper.reading import limits
from youju.paper.reading.package import BOMB, FAULTS, Package
from youju.paper.reading.values import UnreadableFile
from youju.paper.reading.xml import NAMESPACE_SEPARATOR, parse_xml

Cell = str | float | None
FORMULA = "\ufffc"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_XLSX = "这不是 Excel 表格（.xlsx）；请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。"
OLD = "这是旧版（.xls、.et）或加了密码的表格，读不了；请用 WPS 或 Excel 打开，取消密码后另存为 .xlsx 再上传。"
DAMAGED = "表格损坏，或不是真正的 .xlsx；请用 WPS 或 Excel 打开，另存为新的 .xlsx 再上传。"
LINKED = "表里有指向别的文件或数据源的链接，为安全起见不打开；请把内容“选择性粘贴为数值”到新表，另存为 .xlsx 再上传。"
MACROS = "表里带有宏，为安全起见不打开；请另存为不带宏的 .xlsx 再上传。"
EMPTY = "表是空的，请确认上传的是填好的那一份。"
TOO_MUCH = "表里的文字太多，请分成几个文件再上传。"

#: Numbers of Excel's own formats of days, Chinese ones included; a format of one's own says y or d.
DAY_FORMATS = frozenset(map(str, (*range(14, 18), 22, *range(27, 32), 36, *range(50, 59))))
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
SHOWS_A_DAY = re.compile("[yYdD]")
FIRST_DAY, FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
MOST_DAYS = 100_000

PLACE = re.compile(r"([A-Z]{1,3})[0-9]+")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``number`` is the row's own number in the file, as the clerk sees it on the left."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows in which anything stands. ``from_1904``: days are counted as old Macintosh programs do."""

    rows: tuple[SheetRow, ...]
    from_1904: bool = False


def read_sheet(data: bytes) -> Sheet:
    """The rows of the first visible sheet. Raises UnreadableFile with a sentence for the person who chose the file."""
    with _opened(data) as package:
        part, from_1904 = _first_sheet(package)
        rows = _rows(package, part, _strings_of(package))
        if not rows:
            raise UnreadableFile(EMPTY)
        return Sheet(rows, from_1904)


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Every visible sheet in which anything stands, one at a time; days are written as 2023-03-05. Raises UnreadableFile."""
    with _opened(data) as package:
        parts, from_1904 = _sheets(package)
        strings = _strings_of(package)
        styles = _day_styles(package.part("xl/styles.xml")) if "xl/styles.xml" in package.names else frozenset()
        # Many tabs may show the same part: each part is read once.
        for part in dict.fromkeys(parts):
            if rows := _rows(package, part, strings, styles, FIRST_DAY_1904 if from_1904 else FIRST_DAY):
                yield Sheet(rows, from_1904)


@contextmanager
def _opened(data: bytes) -> Iterator[Package]:
    """The package of a table, with every guard; what goes wrong while it is open is told in the words of tables."""
    if len(data) > limits.FILE_BYTES:
        raise UnreadableFile(f"文件超过 {limits.FILE_BYTES // limits.MEGABYTE} MB，请分成几个文件再上传。")
    if not data:
        raise UnreadableFile(EMPTY)
    if data.startswith(OLE):
        raise UnreadableFile(OLD)
    if not data.startswith(b"PK"):
        raise UnreadableFile(NOT_XLSX)
    try:
        with Package(data) as package:
            _refuse_harmful(package)
            yield package
    except UnreadableFile as error:
        # The package's own sentences speak of Word; only the one on bombs fits here as it stands.
        own = (NOT_XLSX, LINKED, MACROS, EMPTY, TOO_MUCH, DAMAGED)
        if error.sentence in own or error.sentence.startswith("表"):
            raise
        raise UnreadableFile(_of_table(error)) from error
    except FAULTS as error:
        raise UnreadableFile(DAMAGED) from error


def _of_table(error: UnreadableFile) -> str:
    return BOMB.replace("Word", "Excel").replace(".docx", ".xlsx") if error.sentence == BOMB else DAMAGED


def _refuse_harmful(package: Package) -> None:
    if "xl/workbook.xml" not in package.names:
        raise UnreadableFile(NOT_XLSX)
    if "xl/vbaProject.bin" in package.names:
        raise UnreadableFile(MACROS)
    if any(name.startswith("xl/externalLinks/") or name == "xl/connections.xml" for name in package.names):
        raise UnreadableFile(LINKED)


def _strings_of(package: Package) -> list[str]:
    return _strings(package.part("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in package.names else []


def _rows(
    package: Package,
    part: str,
    strings: list[str],
    days: frozenset[str] = frozenset(),
    first_day: date | None = None,
) -> tuple[SheetRow, ...]:
    reader = _Rows(strings, days, first_day)
    parse_xml(package.part(part), start=reader.start, end=reader.end, text=reader.text)
    return tuple(reader.rows)


def _day_styles(data: bytes) -> frozenset[str]:
    """The numbers of the styles that show a number as a day."""
    formats = set(DAY_FORMATS)
    styles: list[str] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = _local(tag)
        if name == "numFmt" and SHOWS_A_DAY.search(QUOTED.sub("", attributes.get("formatCode", ""))):
            formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", ""))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and _local(tag) != "cellXfs"

    parse_xml(data, start=start, end=end)
    return frozenset(str(number) for number, one in enumerate(styles) if one in formats)


def _first_sheet(package: Package) -> tuple[str, bool]:
    parts, from_1904 = _sheets(package)
    return parts[0], from_1904


def _sheets(package: Package) -> tuple[list[str], bool]:
    """The parts of the visible sheets, in the order of their tabs, and whether days count from 1904."""
    targets: dict[str, str] = {}
    sheets: list[str] = []
    from_1904 = False

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            targets[attributes.get("Id", "")] = target

    def book(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if _local(tag) == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.extend(value for name, value in attributes.items() if _local(name) == "id")
        elif _local(tag) == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")

    parse_xml(package.part("xl/_rels/workbook.xml.rels"), start=relation)
    parse_xml(package.part("xl/workbook.xml"), start=book)
    parts = [targets[sheet] for sheet in sheets if targets.get(sheet) in package.names]
    if not parts:
        raise UnreadableFile(DAMAGED)
    return parts, from_1904


def _strings(data: bytes) -> list[str]:
    found: list[str] = []
    pieces: list[str] = []
    inside = phonetic = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, phonetic
        name = _local(tag)
        inside = name == "t" and not phonetic
        phonetic = phonetic or name == "rPh"

    def end(tag: str) -> None:
        nonlocal inside, phonetic
        name = _local(tag)
        inside = False
        if name == "rPh":
            phonetic = False
        elif name == "si":
            found.append("".join(pieces))
            pieces.clear()

    def text(said: str) -> None:
        if inside:
            pieces.append(said)

    parse_xml(data, start=start, end=end, text=text)
    return found


class _Rows:
    """Listens to a worksheet and keeps the rows in which anything stands, within the limits."""

    def __init__(self, strings: list[str], days: frozenset[str], first_day: date | None) -> None:
        self._days, self._first_day = days, first_day
        self._style = ""
        self.rows: list[SheetRow] = []
        self._strings = strings
        self._number = self._column = self._characters = 0
        self._cells: dict[int, Cell] = {}
        self._type = ""
        self._formula = self._listening = False
        self._said: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            given = attributes.get("r", "")
            self._number = int(given) if given.isdecimal() and len(given) < 9 else self._number + 1
            self._column, self._cells = 0, {}
        elif name == "c":
            place = PLACE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._type, self._formula, self._said = attributes.get("t", "n"), False, []
            self._style = attributes.get("s", "0")
        elif name == "f":
            self._formula = True
        self._listening = name in ("v", "t")

    def text(self, said: str) -> None:
        if self._listening:
            self._said.append(said)

    def end(self, tag: str) -> None:
        name = _local(tag)
        self._listening = False
        if name == "c":
            self._keep(FORMULA if self._formula else self._value("".join(self._said)))
        elif name == "row" and self._cells:
            # One row more than are kept: the headings.
            if len(self.rows) > limits.SHEET_ROWS + limits.SHEET_ROWS_ABOVE:
                raise UnreadableFile(f"表超过 {limits.SHEET_ROWS} 行，请分成几个文件再上传。")
            width = max(self._cells)
            self.rows.append(SheetRow(self._number, tuple(self._cells.get(at) for at in range(1, width + 1))))

    def _value(self, said: str) -> Cell:
        if self._type == "s":
            if not said:
                return None
            if not said.isdecimal():
                raise UnreadableFile(DAMAGED)
            return self._strings[int(said)]
        if self._type in ("inlineStr", "str", "d"):
            return said
        if self._type == "b":
            return "是" if said == "1" else "否"
        if self._type == "e" or not said:
            return None
        number = float(said)
        if self._first_day and self._style in self._days and 1 <= number < MOST_DAYS:
            return (self._first_day + timedelta(days=int(number))).isoformat()
        return number

    def _keep(self, cell: Cell) -> None:
        if isinstance(cell, str):
            cell = cell.strip()
            # One long text named by many cells is short in the file and long in the memory.
            self._characters += len(cell)
            if self._characters > limits.CHARACTERS:
                raise UnreadableFile(TOO_MUCH)
        if cell not in (None, "") and self._column <= limits.SHEET_COLUMNS:
            self._cells[self._column] = cell


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _local(tag: str) -> str:
    return tag.rpartition(NAMESPACE_SEPARATOR)[2]
