"""What the columns of a table mean: headings guessed by their synonyms, days and hours however somebody wrote them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from youju.paper.reading import limits
from youju.paper.reading.sheet import FORMULA, Cell, Sheet, SheetRow

EXAMPLE = "示例"
NO_FORMULA = "格子里是公式，不读公式；请改成写好的字或数。"
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
HOUR = re.compile(r"(上午|下午|晚上|晚)?\s*(\d{1,2})\s*[:点时]\s*(?:(\d{1,2})\s*分?|(半))?(?::\d{2})?")
REMARK = re.compile(r"[（(【\[].*?[)）】\]]|[\s*：:、，]")


class CellFault(Exception):
    """What stands in a cell cannot be read as what its column means."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template. ``words`` are other headings by which units call it."""

    id: str
    zh: str
    words: tuple[str, ...] = ()
    kind: Literal["text", "day", "hour"] = "text"
    needed: bool = False
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    width: int = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A row as its columns mean it: cells by the id of their column."""

    number: int
    cells: Mapping[str, Cell] = field(default_factory=dict)
    from_1904: bool = False

    def text(self, column: str) -> str:
        """Raises CellFault for a formula."""
        return _text(self.cells.get(column))

    def day(self, column: str) -> date | None:
        """None where nothing stands. Raises CellFault for what is no day."""
        return _day(self.cells.get(column), from_1904=self.from_1904)

    def hour(self, column: str) -> time | None:
        return _hour(self.cells.get(column))


def heading_row(sheet: Sheet, columns: Sequence[Column], known: Mapping[str, str]) -> int:
    """Where the headings stand: the row near the top in which most of them are recognised."""
    rows = sheet.rows[: limits.SHEET_ROWS_ABOVE]
    found = [sum(bool(id_) for id_ in guess(headings(row), columns, known)) for row in rows]
    best = max(found)
    if best:
        return found.index(best)
    return next((at for at, row in enumerate(rows) if sum(cell is not None for cell in row.cells) > 1), 0)


def headings(row: SheetRow) -> tuple[str, ...]:
    return tuple("" if cell in (None, FORMULA) else _shown(cell) for cell in row.cells)


def guess(given: Sequence[str], columns: Sequence[Column], known: Mapping[str, str]) -> tuple[str, ...]:
    """The id of the column that each heading means, or "". ``known`` are headings this unit has settled before."""
    ids = {column.id for column in columns}
    found = [known.get(heading, "") if known.get(heading, "") in ids | {""} else "" for heading in given]
    exact = {plain(word): column.id for column in columns for word in (*column.words, column.zh)}
    for number, heading in enumerate(given):
        meant = exact.get(plain(heading), "")
        if not found[number] and heading not in known and meant not in found:
            found[number] = meant
    return tuple(id_ if id_ not in found[:number] else "" for number, id_ in enumerate(found))


def plain(heading: str) -> str:
    """A heading without spaces, remarks in brackets and marks of what must be filled in."""
    return REMARK.sub("", unicodedata.normalize("NFKC", heading))


def lines(sheet: Sheet, *, after: int, meant: Sequence[str]) -> list[Line]:
    """The rows below the headings, without the example row of the template and without rows that say nothing."""
    found = []
    for row in sheet.rows[after + 1 :]:
        if any(isinstance(cell, str) and cell.startswith(EXAMPLE) for cell in row.cells[:1]):
            continue
        cells = {id_: cell for id_, cell in zip(meant, row.cells, strict=False) if id_ and cell is not None}
        if cells:
            found.append(Line(row.number, cells, sheet.from_1904))
    return found


def shown(cell: Cell, kind: str, *, from_1904: bool = False) -> str:
    """A cell as the clerk would read it in Excel."""
    try:
        if isinstance(cell, float) and kind == "day" and (day := _day(cell, from_1904=from_1904)):
            return day.isoformat()
        if isinstance(cell, float) and kind == "hour" and (hour := _hour(cell)):
            return f"{hour:%H:%M}"
    except CellFault:
        pass
    return "（公式）" if cell == FORMULA else _shown(cell)


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    return cell or ""


def _text(cell: Cell) -> str:
    if cell == FORMULA:
        raise CellFault(NO_FORMULA)
    return _shown(cell)


def _day(cell: Cell, *, from_1904: bool) -> date | None:
    text = _text(cell)
    if not text:
        return None
    try:
        plain_day = PLAIN_DAY.fullmatch(text)
        if isinstance(cell, float) and not plain_day:
            return (datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)).date() + timedelta(days=int(cell))  # noqa: DTZ001
        found = plain_day or DAY.match(unicodedata.normalize("NFKC", text))
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except (ValueError, OverflowError):
        pass
    raise CellFault(f"“{text[:20]}”不是日期，请写成 2023-03-05 这样。")


def _hour(cell: Cell) -> time | None:
    text = _text(cell)
    if not text:
        return None
    if isinstance(cell, float) and (0 <= cell < 1 or (cell > 1 and not cell.is_integer())):
        minutes = round((cell % 1) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    found = HOUR.search(unicodedata.normalize("NFKC", text))
    if found:
        hour = int(found[2])
        if found[1] in ("下午", "晚上", "晚") and hour < 12:
            hour += 12
        minute = 30 if found[4] else int(found[3] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise CellFault(f"“{text[:20]}”不是时间，请写成 14:30 这样。")
